/// MIME types and the extensions of file names that belong to them.
///
/// Extensions have their dot, so that they can be appended as they are: `"photo" + ".jpg"`.
public enum MediaTypes {
    /// The usual extension of files of a type, like `.png`; empty when the type is not known, and for
    /// `application/octet-stream`, which says nothing. Case and parameters (`; charset=...`) are ignored.
    public static func fileExtension(of mimeType: String) -> String {
        let name = LinkText.trimmed(String(mimeType.prefix { $0 != ";" })).lowercased()
        return extensions[name] ?? ""
    }

    /// The type of files by the extension of their name, with or without dot, in any case: `image/png`; `nil` when it
    /// is not known.
    public static func mimeType(ofFileExtension fileExtension: String) -> String? {
        let name = fileExtension.lowercased()
        return mimeTypes[name.hasPrefix(".") ? name : ".\(name)"]
    }

    /// The type of a file by its name or path: `nil` when there is no extension, or an unknown one.
    public static func mimeType(ofFileName name: String) -> String? {
        let last = name.split(separator: "/").last ?? ""
        guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return nil }
        return mimeType(ofFileExtension: String(last[dot...]))
    }

    /// Type, extension. Where a type has several extensions, and an extension several types, the first is the usual
    /// one.
    private static let table: [(type: String, fileExtension: String)] = [
        ("image/png", ".png"), ("image/jpeg", ".jpg"), ("image/jpeg", ".jpeg"), ("image/jpeg", ".jpe"),
        ("image/webp", ".webp"), ("image/gif", ".gif"), ("image/bmp", ".bmp"), ("image/x-ms-bmp", ".bmp"),
        ("image/x-tga", ".tga"), ("image/tiff", ".tiff"), ("image/tiff", ".tif"), ("image/vnd.adobe.photoshop", ".psd"),
        ("image/x-photoshop", ".psd"), ("image/heic", ".heic"), ("image/heif", ".heif"), ("image/avif", ".avif"),
        ("image/svg+xml", ".svg"), ("image/x-icon", ".ico"), ("image/vnd.microsoft.icon", ".ico"),
        ("image/jxl", ".jxl"),
        ("video/mp4", ".mp4"), ("video/mp4", ".m4v"), ("video/x-m4v", ".m4v"), ("video/quicktime", ".mov"),
        ("video/avi", ".avi"), ("video/x-msvideo", ".avi"), ("video/webm", ".webm"), ("video/x-matroska", ".mkv"),
        ("video/mpeg", ".mpeg"), ("video/mpeg", ".mpg"), ("video/3gpp", ".3gp"), ("video/x-flv", ".flv"),
        ("video/x-ms-wmv", ".wmv"), ("video/mp2t", ".ts"), ("video/ogg", ".ogv"),
        ("audio/mpeg", ".mp3"), ("audio/mp3", ".mp3"), ("audio/m4a", ".m4a"), ("audio/mp4", ".m4a"),
        ("audio/x-m4a", ".m4a"), ("audio/aac", ".aac"), ("audio/ogg", ".ogg"), ("audio/ogg", ".oga"),
        ("audio/opus", ".opus"), ("audio/flac", ".flac"), ("audio/x-flac", ".flac"), ("audio/wav", ".wav"),
        ("audio/x-wav", ".wav"), ("audio/midi", ".mid"), ("audio/amr", ".amr"), ("audio/x-ms-wma", ".wma"),
        ("audio/aiff", ".aiff"), ("audio/x-aiff", ".aiff"),
        ("application/x-tgsticker", ".tgs"), ("application/pdf", ".pdf"), ("application/zip", ".zip"),
        ("application/x-zip-compressed", ".zip"), ("application/gzip", ".gz"), ("application/x-gzip", ".gz"),
        ("application/x-tar", ".tar"), ("application/x-bzip2", ".bz2"), ("application/x-xz", ".xz"),
        ("application/zstd", ".zst"), ("application/x-7z-compressed", ".7z"), ("application/vnd.rar", ".rar"),
        ("application/x-rar-compressed", ".rar"), ("application/json", ".json"), ("application/xml", ".xml"),
        ("application/rtf", ".rtf"), ("application/epub+zip", ".epub"), ("application/x-fictionbook+xml", ".fb2"),
        ("application/x-mobipocket-ebook", ".mobi"), ("application/msword", ".doc"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        ("application/vnd.ms-excel", ".xls"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        ("application/vnd.ms-powerpoint", ".ppt"),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
        ("application/vnd.oasis.opendocument.text", ".odt"), ("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
        ("application/vnd.android.package-archive", ".apk"), ("application/x-apple-diskimage", ".dmg"),
        ("application/x-iso9660-image", ".iso"), ("application/x-bittorrent", ".torrent"),
        ("application/vnd.sqlite3", ".sqlite"), ("application/x-sh", ".sh"), ("application/wasm", ".wasm"),
        ("text/plain", ".txt"), ("text/plain", ".log"), ("text/html", ".html"), ("text/html", ".htm"),
        ("text/css", ".css"), ("text/csv", ".csv"), ("text/markdown", ".md"), ("text/xml", ".xml"),
        ("text/javascript", ".js"), ("text/calendar", ".ics"), ("text/vcard", ".vcf"), ("text/x-python", ".py"),
        ("text/x-swift", ".swift"), ("font/ttf", ".ttf"), ("font/otf", ".otf"), ("font/woff2", ".woff2"),
    ]

    private static let extensions = Dictionary(table.map { ($0.type, $0.fileExtension) }) { first, _ in first }
    private static let mimeTypes = Dictionary(table.map { ($0.fileExtension, $0.type) }) { first, _ in first }
}

import Telegram
import TelegramAPI
import Testing

@Suite struct MediaTypesTests {
    @Test(
        arguments: [
            ("image/png", ".png"), ("image/jpeg", ".jpg"), ("image/webp", ".webp"), ("image/gif", ".gif"),
            ("image/bmp", ".bmp"),
            ("image/x-tga", ".tga"), ("image/tiff", ".tiff"), ("image/vnd.adobe.photoshop", ".psd"),
            ("video/mp4", ".mp4"),
            ("video/quicktime", ".mov"), ("video/avi", ".avi"), ("audio/mpeg", ".mp3"), ("audio/m4a", ".m4a"),
            ("audio/aac", ".aac"), ("audio/ogg", ".ogg"), ("audio/flac", ".flac"), ("application/x-tgsticker", ".tgs"),
        ]
    )
    func whatTelegramSendsIsKnownBothWays(type: String, fileExtension: String) {
        #expect(MediaTypes.fileExtension(of: type) == fileExtension)
        #expect(MediaTypes.mimeType(ofFileExtension: fileExtension) == type)
    }

    @Test func spellingDoesNotMatter() {
        #expect(MediaTypes.fileExtension(of: " Text/HTML; charset=utf-8") == ".html")
        #expect(MediaTypes.mimeType(ofFileExtension: "JPEG") == "image/jpeg")
        #expect(MediaTypes.mimeType(ofFileName: "/a.b/photo.of.me.JPG") == "image/jpeg")
    }

    @Test func unknownThingsHaveNone() {
        #expect(MediaTypes.fileExtension(of: "application/octet-stream").isEmpty)
        #expect(MediaTypes.fileExtension(of: "").isEmpty)
        #expect(MediaTypes.mimeType(ofFileExtension: "") == nil)
        for name in ["", "a", ".png", "a.", "a.png/b", "png"] { #expect(MediaTypes.mimeType(ofFileName: name) == nil) }
    }

    @Test func mediaKnowTheirs() {
        let document = TL.Document.document(
            id: 1,
            accessHash: 2,
            fileReference: [],
            date: 0,
            mimeType: "video/mp4",
            size: 1,
            dcID: 4,
            attributes: []
        )
        let photo = TL.Photo.photo(id: 1, accessHash: 2, fileReference: [], date: 0, sizes: [], dcID: 4)
        #expect(document.fileExtension == ".mp4")
        #expect(TL.Document.documentEmpty(id: 1).fileExtension.isEmpty)
        #expect(TL.MessageMedia.messageMediaDocument(document: document).fileExtension == ".mp4")
        #expect(TL.MessageMedia.messageMediaPhoto(photo: photo).fileExtension == ".jpg")
        #expect(TL.MessageMedia.messageMediaPhoto().fileExtension.isEmpty)
        #expect(TL.MessageMedia.messageMediaEmpty.fileExtension.isEmpty)
        #expect(TL.UserProfilePhoto.userProfilePhotoEmpty.fileExtension.isEmpty)
        #expect(TL.ChatPhoto.chatPhoto(photoID: 1, dcID: 1).fileExtension == ".jpg")
    }
}

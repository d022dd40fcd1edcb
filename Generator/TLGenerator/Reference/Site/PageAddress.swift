/// A file of the site, and perhaps a place within it. The site has one level of folders.
struct PageAddress: Hashable {
    /// Empty for the files at the top.
    var folder: String
    /// With its extension.
    var file: String
    /// The identifier of an element.
    var fragment: String?

    /// Kinds of things that have pages, each with its folder.
    enum Kind: String, CaseIterable {
        case method = "methods"
        case constructor = "constructors"
        case type = "types"
        case namespace = "namespaces"
        case error = "errors"
        case family = "families"
        case layer = "layers"
    }

    /// The way from the top of the site, without the fragment.
    var path: String { folder.isEmpty ? file : "\(folder)/\(file)" }

    /// A place on this page.
    func at(_ fragment: String) -> PageAddress { PageAddress(folder: folder, file: file, fragment: fragment) }

    static let start = PageAddress(folder: "", file: "index.html")
    static let friendly = PageAddress(folder: "", file: "friendly.html")
    static let builtIn = PageAddress(folder: Kind.type.rawValue, file: "built-in.html")
    static let styleSheet = PageAddress(folder: "", file: "site.css")
    static let script = PageAddress(folder: "", file: "site.js")
    static let searchIndex = PageAddress(folder: "", file: "search.js")
    static let icon = PageAddress(folder: "", file: "icon.svg")
    static let siteMap = PageAddress(folder: "", file: "sitemap.txt")

    /// The first page of the index of a kind.
    static func index(of kind: Kind, page: Int = 1) -> PageAddress {
        PageAddress(folder: kind.rawValue, file: page == 1 ? "index.html" : "index-\(page).html")
    }
}

/// Appends HTML. Names of elements and attributes are literals of this program, and all else goes through the escape,
/// so no text of the tables can become markup.
///
/// End tags that HTML lets one leave out are left out: they would be a tenth of the site.
struct HTMLWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// `<name>`
    mutating func open(_ name: StaticString) {
        bytes.append(0x3C)
        raw(name)
        bytes.append(0x3E)
    }

    /// `<name attribute="value">`
    mutating func open(_ name: StaticString, _ attribute: StaticString, _ value: String) {
        start(name, attribute)
        escape(value)
        endAttribute()
        bytes.append(0x3E)
    }

    /// `<a href="...">` with the address as it has to be written on another page.
    mutating func openLink(to address: PageAddress, from page: PageAddress) {
        start("a", "href")
        appendPath(of: address, from: page)
        endAttribute()
        bytes.append(0x3E)
    }

    /// `<name attribute="path">`, for what is no link but names a file.
    mutating func open(_ name: StaticString, _ attribute: StaticString, file: PageAddress, from page: PageAddress) {
        start(name, attribute)
        appendPath(of: file, from: page)
        endAttribute()
        bytes.append(0x3E)
    }

    /// `</name>`
    mutating func close(_ name: StaticString) {
        bytes.append(0x3C)
        bytes.append(0x2F)
        raw(name)
        bytes.append(0x3E)
    }

    /// Text between tags.
    mutating func text(_ text: String) { escape(text) }

    /// Markup that was written as such in this program.
    mutating func raw(_ markup: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
    }

    private mutating func start(_ name: StaticString, _ attribute: StaticString) {
        bytes.append(0x3C)
        raw(name)
        bytes.append(0x20)
        raw(attribute)
        raw("=\"")
    }

    private mutating func endAttribute() { bytes.append(0x22) }

    private mutating func appendPath(of address: PageAddress, from page: PageAddress) {
        if address.folder != page.folder {
            if !page.folder.isEmpty { raw("../") }
            if !address.folder.isEmpty {
                escape(address.folder)
                bytes.append(0x2F)
            }
        }
        if address.folder != page.folder || address.file != page.file || address.fragment == nil {
            escape(address.file)
        }
        guard let fragment = address.fragment else { return }
        bytes.append(0x23)
        escape(fragment)
    }

    private mutating func escape(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case 0x26: raw("&amp;")
            case 0x3C: raw("&lt;")
            case 0x3E: raw("&gt;")
            case 0x22: raw("&quot;")
            // HTML has no way to write control characters.
            case 0..<0x20 where byte != 0x0A, 0x7F: bytes.append(0x20)
            default: bytes.append(byte)
            }
        }
    }
}

/// Pages to HTML.
struct PageRenderer {
    /// The schema's layer, for the line on top.
    let layer: Int?
    /// Where the site will be found, if that is known; without a slash at its end.
    let baseURL: String?

    /// The whole file as UTF-8.
    func render(_ page: Page) -> [UInt8] {
        var writer = HTMLWriter(capacity: 8 * 1024)
        head(page, &writer)
        banner(page, &writer)
        writer.raw("<main id=\"main\">\n")
        trail(page, &writer)
        writer.open("h1")
        breakable(page.title, &writer)
        writer.raw(" <small>")
        writer.text(page.kind)
        writer.raw("</small></h1>\n")
        if !page.facts.isEmpty {
            writer.raw("<p class=\"facts\">")
            for fact in page.facts {
                inline(fact, page, &writer)
                writer.raw(" ")
            }
            writer.raw("\n")
        }
        if !page.summary.isEmpty {
            writer.raw("<p class=\"lead\">")
            inlines(page.summary, page, &writer)
            writer.raw("\n")
        }
        for block in page.blocks { self.block(block, page, &writer) }
        writer.raw("</main>\n")
        return writer.bytes
    }

    // MARK: - Frame

    private func head(_ page: Page, _ writer: inout HTMLWriter) {
        writer.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        writer.text(page.title)
        writer.raw(" \u{B7} Telegram API</title>")
        writer.raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        writer.open("link rel=\"stylesheet\"", "href", file: .styleSheet, from: page.address)
        writer.open("link rel=\"icon\"", "href", file: .icon, from: page.address)
        writer.open("script defer", "src", file: .script, from: page.address)
        writer.raw("</script>")
        if let baseURL {
            writer.open("link rel=\"canonical\"", "href", "\(baseURL)/\(page.address.path)")
            let words = page.summary.map(\.plainText).joined()
            if !words.isEmpty { writer.open("meta name=\"description\"", "content", words) }
        }
        writer.raw("</head>\n")
    }

    private func banner(_ page: Page, _ writer: inout HTMLWriter) {
        writer.raw("<body><a class=\"skip\" href=\"#main\">Skip to content</a><header>")
        writer.openLink(to: .start, from: page.address)
        writer.raw("<b>Telegram API</b>")
        if let layer { writer.text(" layer \(layer)") }
        writer.raw("</a><nav aria-label=\"Indexes\">")
        let links: [(StaticString, PageAddress, Page.Part)] = [
            ("Methods", .index(of: .method), .methods), ("Constructors", .index(of: .constructor), .constructors),
            ("Types", .index(of: .type), .types), ("Errors", .index(of: .error), .errors),
            ("Changes", .index(of: .layer), .layers),
        ]
        for (title, address, part) in links {
            if part == page.part {
                writer.open("a aria-current=\"true\"", "href", file: address, from: page.address)
            } else {
                writer.openLink(to: address, from: page.address)
            }
            writer.raw(title)
            writer.raw("</a>")
        }
        writer.raw("</nav></header>\n")
    }

    private func trail(_ page: Page, _ writer: inout HTMLWriter) {
        guard !page.trail.isEmpty else { return }
        writer.raw("<nav class=\"trail\" aria-label=\"Path\">")
        for (index, step) in page.trail.enumerated() {
            if index > 0 { writer.raw(" / ") }
            inline(.link(step.title, step.address), page, &writer)
        }
        writer.raw("</nav>\n")
    }

    /// A name that may be wider than a phone, with places to break it.
    private func breakable(_ name: String, _ writer: inout HTMLWriter) {
        var rest = name.utf8[...]
        while let end = rest.firstIndex(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }) {
            writer.text(String(Substring(rest[...end])))
            writer.raw("<wbr>")
            rest = rest[rest.index(after: end)...]
        }
        writer.text(String(Substring(rest)))
    }

    // MARK: - Blocks

    private func block(_ block: Block, _ page: Page, _ writer: inout HTMLWriter) {
        switch block {
        case .heading(let title):
            writer.open("h2", "id", Self.identifier(title))
            writer.text(title)
            writer.close("h2")
        case .subheading(let title, let id):
            writer.open("h3", "id", id)
            writer.text(title)
            writer.close("h3")
        case .paragraph(let content):
            writer.open("p")
            inlines(content, page, &writer)
        case .code(let code, let language):
            switch language {
            // Wide code is scrolled, so the keyboard has to get there.
            case .swift: writer.raw("<pre class=\"swift\" tabindex=\"0\"><code>")
            case .tl: writer.raw("<pre class=\"tl\"><code>")
            case .wire: writer.raw("<pre tabindex=\"0\"><code>")
            }
            writer.text(code)
            writer.raw("</code></pre>")
        case .names(let names):
            writer.raw("<ul class=\"names\">")
            self.names(names, page, &writer)
        case .jumps(let jumps):
            writer.raw("<ul class=\"jumps\">")
            items(jumps.map { [$0] }, page, &writer)
        case .list(let list):
            writer.open("ul")
            items(list, page, &writer)
        case .terms(let terms): self.terms(terms, page, &writer)
        case .table(let titles, let rows): table(titles, rows, page, &writer)
        }
        writer.raw("\n")
    }

    /// The style sheet sets them as code: with thousands of names, an element more for each would weigh.
    private func names(_ names: [Inline], _ page: Page, _ writer: inout HTMLWriter) {
        for name in names {
            writer.open("li")
            if case .codeLink(let name, let address?) = name {
                inline(.link(name, address), page, &writer)
            } else {
                inline(name, page, &writer)
            }
        }
        writer.close("ul")
    }

    private func items(_ items: [[Inline]], _ page: Page, _ writer: inout HTMLWriter) {
        for item in items {
            writer.open("li")
            inlines(item, page, &writer)
        }
        writer.close("ul")
    }

    private func terms(_ terms: [Block.Term], _ page: Page, _ writer: inout HTMLWriter) {
        writer.open("dl")
        for term in terms {
            if let id = term.id { writer.open("dt", "id", id) } else { writer.open("dt") }
            inlines(term.head, page, &writer)
            writer.open("dd")
            inlines(term.words, page, &writer)
            writer.raw("\n")
        }
        writer.close("dl")
    }

    private func table(_ titles: [String], _ rows: [[[Inline]]], _ page: Page, _ writer: inout HTMLWriter) {
        writer.raw("<table><thead><tr>")
        for title in titles {
            writer.open("th")
            writer.text(title)
        }
        writer.open("tbody")
        for row in rows {
            writer.open("tr")
            for cell in row {
                writer.open("td")
                inlines(cell, page, &writer)
            }
        }
        writer.close("table")
    }

    /// `See also` -> `see-also`
    static func identifier(_ title: String) -> String {
        String(decoding: title.lowercased().utf8.map { $0 == 0x20 ? 0x2D : $0 }, as: UTF8.self)
    }

    // MARK: - Lines

    private func inlines(_ content: [Inline], _ page: Page, _ writer: inout HTMLWriter) {
        for piece in content { inline(piece, page, &writer) }
    }

    private func inline(_ piece: Inline, _ page: Page, _ writer: inout HTMLWriter) {
        switch piece {
        case .text(let text):
            writer.text(text)
        case .code(let code), .codeLink(let code, nil):
            writer.open("code")
            writer.text(code)
            writer.close("code")
        case .codeLink(let code, let address?):
            // The style sheet sets links within the text of a page apart from code by themselves.
            writer.openLink(to: address, from: page.address)
            writer.open("code")
            writer.text(code)
            writer.raw("</code></a>")
        case .link(let text, let address):
            writer.openLink(to: address, from: page.address)
            writer.text(text)
            writer.close("a")
        case .external(let text, let url):
            writer.open("a", "href", url)
            writer.text(text)
            writer.close("a")
        case .mark(let text):
            writer.open("i")
            writer.text(text)
            writer.close("i")
        }
    }
}

extension Inline {
    /// Without markup.
    var plainText: String {
        switch self {
        case .text(let text), .code(let text), .codeLink(let text, _), .link(let text, _), .external(let text, _),
            .mark(let text):
            text
        }
    }
}

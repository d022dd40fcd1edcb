import TelegramAPI
import TelegramTesting

/// Ways to nest values without end, as many times as one likes.
enum Nesting: String, CaseIterable, Sendable {
    case richText, richTextVector, pageBlock, pageBlockVector, jsonArray, jsonObject, inputMedia, wrapper

    /// So many steps fit into `levels` levels. The types that can contain themselves count, and functions that wrap
    /// others.
    func steps(within levels: Int) -> Int {
        switch self {
        case .jsonObject: (levels - 1) / 2
        case .wrapper: levels
        case .richText, .richTextVector, .pageBlock, .pageBlockVector, .jsonArray, .inputMedia: levels - 1
        }
    }

    /// The bytes of a value inside of `steps` others, made without recursion.
    func bytes(steps: Int) throws -> [UInt8] {
        let (head, tail) = try step()
        return head * steps + (try innermost()) + tail * steps
    }

    /// Decodes the bytes, encodes and prints the value, and lets go of it.
    func exercise(_ bytes: [UInt8]) throws -> (encoded: [UInt8], text: String) {
        if self == .wrapper {
            let function = try TL.function(decoding: bytes)
            return (try function.encoded(), "\(function)")
        }
        let value = try TL.object(decoding: bytes)
        return (try value.encoded(), "\(value)")
    }

    private func innermost() throws -> [UInt8] {
        switch self {
        case .richText, .richTextVector: try TL.RichText.textEmpty.encoded()
        case .pageBlock, .pageBlockVector: try TL.PageBlock.pageBlockDivider.encoded()
        case .jsonArray, .jsonObject: try TL.JSONValue.jsonNull.encoded()
        case .inputMedia: try TL.InputMedia.inputMediaEmpty.encoded()
        case .wrapper: try TL.help.GetConfig().encoded()
        }
    }

    /// What stands before and behind the value inside, found by taking it out of a value with one step.
    private func step() throws -> (head: [UInt8], tail: [UInt8]) {
        let inner = try innermost()
        let outer: [UInt8]
        switch self {
        case .richText: outer = try TL.RichText.textBold(text: .textEmpty).encoded()
        case .richTextVector: outer = try TL.RichText.textConcat(texts: [.textEmpty]).encoded()
        case .pageBlock: outer = try TL.PageBlock.pageBlockCover(cover: .pageBlockDivider).encoded()
        case .pageBlockVector:
            outer = try TL.PageBlock.pageBlockDetails(blocks: [.pageBlockDivider], title: .textEmpty).encoded()
        case .jsonArray: outer = try TL.JSONValue.jsonArray(value: [.jsonNull]).encoded()
        case .jsonObject:
            outer = try TL.JSONValue.jsonObject(value: [TL.JSONObjectValue(key: "key", value: .jsonNull)]).encoded()
        case .inputMedia:
            outer = try TL.InputMedia.inputMediaPaidMedia(starsAmount: 1, extendedMedia: [.inputMediaEmpty]).encoded()
        case .wrapper: outer = try TL.InvokeWithoutUpdates(query: TL.help.GetConfig()).encoded()
        }
        let start = outer.indices.first { outer[$0...].starts(with: inner) } ?? outer.endIndex
        return (Array(outer[..<start]), Array(outer[start...].dropFirst(inner.count)))
    }
}

/// The bytes, so many times.
private func * (bytes: [UInt8], count: Int) -> [UInt8] {
    Array(repeatElement(bytes, count: count).joined())
}

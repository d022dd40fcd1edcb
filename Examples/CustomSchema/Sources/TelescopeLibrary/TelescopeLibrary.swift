import TLRuntime

/// What a client and a server of the library would do, without the network between them.
@main
struct TelescopeLibrary {
    static func main() throws {
        try sendRequest()
        try sendValue()
        do {
            try borrow(telescope: 7)
        } catch let error as RPCError.TelescopeLent {
            print("\nlent for \(error.days) more days: \(error)")
        }
    }

    /// A request is a struct; what it is answered with is part of its type.
    private static func sendRequest() throws {
        typealias Borrow = Library.loans.Borrow
        let request = Borrow(telescopeID: 7, days: 14)
        let bytes = try request.encoded()
        print("\(Borrow.name) takes \(bytes.count) bytes, the answer is a \(Borrow.Response.self)")
        print(request)
    }

    /// Encodes a value, decodes it again and looks into it.
    private static func sendValue() throws {
        let telescope = Library.Telescope(
            computerised: true,
            id: 7,
            name: "Cat's Eye",
            optics: .reflector(apertureMm: 200, focalLengthMm: 1_200, mirrors: 2),
            accessories: ["finder", "moon filter"]
        )
        let bytes = try telescope.encoded()
        let copy = try Library.Telescope(decoding: bytes)
        print("\na telescope takes \(bytes.count) bytes")
        print(copy)
        switch copy.optics {
        case .refractor: print("\(copy.name) has a lens")
        case .reflector(let reflector): print("\(copy.name) has \(reflector.mirrors) mirrors")
        }
        print(copy.due == nil ? "\(copy.name) can be borrowed" : "\(copy.name) is lent")
    }

    /// Ends as a client does whose server answers with an error: code and name become the class for that name.
    private static func borrow(telescope: Int64) throws {
        _ = try Library.loans.Borrow(telescopeID: telescope, days: 14).encoded()
        throw Library.errorCatalog.error(code: 400, name: "TELESCOPE_LENT_3", path: Library.loans.Borrow.path)
    }
}

package import TLRuntime

/// `P_Q_inner_data` in all forms that clients send: with and without the number of the data centre, for permanent and
/// for temporary keys.
package struct KeyExchangeProof: TLCodable, Hashable {
    package var pq: [UInt8]
    package var p: [UInt8]
    package var q: [UInt8]
    package var nonce: TLInt128
    package var serverNonce: TLInt128
    package var newNonce: TLInt256
    /// `nil` in the older forms.
    package var dataCenter: Int32?
    /// In seconds; `nil` for a permanent key.
    package var expiresIn: Int32?

    package init(
        pq: [UInt8],
        p: [UInt8],
        q: [UInt8],
        nonce: TLInt128,
        serverNonce: TLInt128,
        newNonce: TLInt256,
        dataCenter: Int32? = nil,
        expiresIn: Int32? = nil
    ) {
        self.pq = pq
        self.p = p
        self.q = q
        self.nonce = nonce
        self.serverNonce = serverNonce
        self.newNonce = newNonce
        self.dataCenter = dataCenter
        self.expiresIn = expiresIn
    }

    /// The numbers of the four constructors.
    private enum Form {
        static let plain: UInt32 = 0x83c9_5aec
        static let temporary: UInt32 = 0x3c6a_84d4
        static let withDataCenter: UInt32 = 0xa9f5_5f95
        static let temporaryWithDataCenter: UInt32 = 0x56fd_df88
    }

    package init(from reader: inout TLReader) {
        let form = reader.word()
        let hasDataCenter = form == Form.withDataCenter || form == Form.temporaryWithDataCenter
        let isTemporary = form == Form.temporary || form == Form.temporaryWithDataCenter
        if !hasDataCenter && !isTemporary && form != Form.plain {
            reader.failUnknownConstructor(expected: "P_Q_inner_data")
        }
        self.init(
            pq: reader.bytes(),
            p: reader.bytes(),
            q: reader.bytes(),
            nonce: reader.int128(),
            serverNonce: reader.int128(),
            newNonce: reader.int256(),
            dataCenter: hasDataCenter ? reader.int() : nil,
            expiresIn: isTemporary ? reader.int() : nil
        )
    }

    package func encode(into writer: inout TLWriter) {
        switch (dataCenter, expiresIn) {
        case (nil, nil): writer.word(Form.plain)
        case (nil, _?): writer.word(Form.temporary)
        case (_?, nil): writer.word(Form.withDataCenter)
        case (_?, _?): writer.word(Form.temporaryWithDataCenter)
        }
        writer.bytes(pq)
        writer.bytes(p)
        writer.bytes(q)
        writer.int128(nonce)
        writer.int128(serverNonce)
        writer.int256(newNonce)
        if let dataCenter { writer.int(dataCenter) }
        if let expiresIn { writer.int(expiresIn) }
    }
}

import MTProto

/// Numbers of the service messages that a client may send.
enum MTPConstructor {
    static let messagesAck: UInt32 = 0x62d6_b459
    static let stateRequest: UInt32 = 0xda69_fb52
    static let resendRequest: UInt32 = 0x7d86_1a08
    static let stateInfo: UInt32 = 0x04de_b57d
    static let allInfo: UInt32 = 0x8cc0_d131
    static let detailedInfo: UInt32 = 0x276d_3ec6
    static let newDetailedInfo: UInt32 = 0x809d_b6df
    static let pong: UInt32 = 0x3477_73c5
    static let httpWait: UInt32 = 0x9299_359f
    static let rpcError: UInt32 = 0x2144_ca19

    static var ping: UInt32 { MTP.Ping.id }
    static var pingDelayDisconnect: UInt32 { MTP.PingDelayDisconnect.id }
    static var getFutureSalts: UInt32 { MTP.GetFutureSalts.id }
    static var dropAnswer: UInt32 { MTP.DropAnswer.id }
    static var destroySession: UInt32 { MTP.DestroySession.id }
    static var destroyAuthKey: UInt32 { MTP.DestroyAuthKey.id }

    /// Everything that a session handles itself; the rest are requests to be executed.
    static let service: Set<UInt32> = [
        messagesAck, stateRequest, resendRequest, stateInfo, allInfo, detailedInfo, newDetailedInfo, pong, httpWait,
        ping, pingDelayDisconnect, getFutureSalts, dropAnswer, destroySession, destroyAuthKey,
    ]
}

/// The numbers of the service messages that a session understands. Everything else belongs to the API.
///
/// See <https://core.telegram.org/mtproto/service_messages>.
package enum ServiceConstructor: UInt32, Sendable {
    case badMsgNotification = 0xa7ef_f811
    case badServerSalt = 0xedab_447b
    case destroyAuthKeyFail = 0xea10_9b13
    case destroyAuthKeyNone = 0x0a9f_2259
    case destroyAuthKeyOk = 0xf660_e1d4
    case destroySessionNone = 0x62d3_50c9
    case destroySessionOk = 0xe220_45fc
    case futureSalts = 0xae50_0895
    case msgDetailedInfo = 0x276d_3ec6
    case msgNewDetailedInfo = 0x809d_b6df
    case msgResendReq = 0x7d86_1a08
    case msgsAck = 0x62d6_b459
    case msgsAllInfo = 0x8cc0_d131
    case msgsStateInfo = 0x04de_b57d
    case msgsStateReq = 0xda69_fb52
    case newSessionCreated = 0x9ec2_0908
    case ping = 0x7abe_77ec
    case pong = 0x3477_73c5
    case rpcError = 0x2144_ca19
}

/// Numbers of the service structures that cannot be described in TL, because a length stands in front of their content
/// or the content is another message: they are read and written by hand, and are not in `Schema/mtproto.tl`.
///
/// See <https://core.telegram.org/mtproto/service_messages>.
package enum FramedConstructor {
    /// `msg_container`: several messages in one.
    package static let messageContainer: UInt32 = 0x73f1_f8dc
    /// `msg_copy`: a message sent again in another.
    package static let messageCopy: UInt32 = 0xe060_46b2
    /// `gzip_packed`: compressed content.
    package static let gzipPacked: UInt32 = 0x3072_cfa1
    /// `rpc_result`: the answer to a request.
    package static let rpcResult: UInt32 = 0xf35c_6d01
}

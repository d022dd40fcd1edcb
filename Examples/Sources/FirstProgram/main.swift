import TelegramAPI

// A request is a value. Fields with a flag in the schema have defaults.
var request = TL.messages.SendMessage(
    silent: true,
    peer: .inputPeerUser(userID: 777_000, accessHash: 42),
    message: "Clear skies tonight",
    randomID: 1
)
request.scheduleDate = 1_800_000_000

// Its bytes are what goes on the wire; printing shows readable TL.
let bytes = try request.encoded()
print("\(bytes.count) bytes: \(request)")

// Answers are values too. A type with several constructors is an enum.
let peer = try TL.Peer(decoding: [0x22, 0x17, 0x51, 0x59, 0x0A, 0, 0, 0, 0, 0, 0, 0])
switch peer {
case .peerUser(let user): print("user \(user.userID)")
case .peerChat(let chat): print("chat \(chat.chatID)")
case .peerChannel(let channel): print("channel \(channel.channelID)")
}

// What the server refuses arrives as a typed error.
do {
    throw RPCError.make(code: 420, name: "FLOOD_WAIT_42", method: TL.messages.SendMessage.self)
} catch let error as RPCError.FloodWait {
    print("wait \(error.seconds) seconds: \(error)")
}

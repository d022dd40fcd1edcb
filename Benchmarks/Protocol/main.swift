import Foundation
import MTProto
import MTProtoCrypto
import TelegramAPI

// Measures the protocol and prints one line of JSON.
//
//   protocol-benchmark crypto        AES-IGE beside OpenSSL's AES-CBC, and what a key exchange is made of
//   protocol-benchmark rpc FACTS     requests to a running server; FACTS is the line that the interop server prints
//   protocol-benchmark idle FACTS N  memory of N idle clients connected to it

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "crypto": report(CryptoMeasurements.all())
case "rpc" where arguments.count == 3: report(try await RPCMeasurements(facts: ServerFacts(arguments[2])).all())
case "idle" where arguments.count == 4:
    report(try await IdleMeasurements(facts: ServerFacts(arguments[2]), count: Int(arguments[3]) ?? 100).all())
default:
    FileHandle.standardError.write(Data("usage: protocol-benchmark crypto | rpc FACTS | idle FACTS N\n".utf8))
    exit(2)
}

func report(_ numbers: [String: Double]) {
    let data = (try? JSONSerialization.data(withJSONObject: numbers, options: [.sortedKeys])) ?? Data()
    FileHandle.standardOutput.write(data + Data("\n".utf8))
}

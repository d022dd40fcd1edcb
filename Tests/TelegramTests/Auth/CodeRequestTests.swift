import Testing

@testable import Telegram

struct CodeRequestTests {
    private func error(_ name: String, code: Int = 400) -> RPCError { RPCError.make(code: code, name: name) }

    /// Outside of the macro, which cannot change anything.
    private func recovers(_ request: inout CodeRequest, _ error: any Error) -> Bool { request.canRecover(from: error) }

    @Test func firstRequestSendsAndTheNextOneResends() {
        #expect(CodeRequest(hash: nil).action == .send)
        #expect(CodeRequest(hash: "abc").action == .resend(hash: "abc"))
    }

    @Test(arguments: ["AUTH_RESTART", "AUTH_RESTART_5"])
    func restartIsHeededThreeTimes(name: String) {
        var request = CodeRequest(hash: "abc")
        for _ in 0..<3 {
            #expect(recovers(&request, error(name, code: 500)) == true)
            #expect(request.action == .send)
        }
        #expect(recovers(&request, error(name, code: 500)) == false)
    }

    @Test(arguments: ["PHONE_CODE_EXPIRED", "SEND_CODE_UNAVAILABLE"])
    func codeThatCannotBeSentAgainIsSentAnew(name: String) {
        var request = CodeRequest(hash: "abc")
        #expect(recovers(&request, error(name)) == true)
        #expect(request.action == .send)
        // A new one cannot have expired.
        #expect(recovers(&request, error(name)) == false)
    }

    @Test func otherErrorsAreFinal() {
        var request = CodeRequest(hash: "abc")
        #expect(recovers(&request, error("PHONE_NUMBER_BANNED")) == false)
        #expect(recovers(&request, CancellationError()) == false)
    }
}

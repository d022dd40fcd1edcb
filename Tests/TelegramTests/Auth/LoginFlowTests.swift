import Testing

@testable import Telegram

/// The way to being signed in, without a network.
struct LoginFlowTests {
    private let phone = PhoneNumber("+39 333 555 0001")

    private func flow(
        isPhoneAsked: Bool = true,
        password: LoginFlow.PasswordSource = .asked,
        maxAttempts: Int = 3
    ) -> LoginFlow {
        LoginFlow(isPhoneAsked: isPhoneAsked, passwordSource: password, maxAttempts: maxAttempts)
    }

    /// What a step is, in a word.
    private func name(_ step: LoginFlow.Step) -> String {
        switch step {
        case .askPhone: "phone?"
        case .requestCode(let phone): "request \(phone.digits)"
        case .askCode: "code?"
        case .sendCode(let code, let phone): "send \(code) for \(phone.digits)"
        case .fetchHint: "hint"
        case .askPassword(let hint): "password? \(hint ?? "-")"
        case .checkPassword(let password): "check \(password)"
        case .finish(let user): "user \(user.id)"
        case .fail(let error as SignInError): "fail \(error.code)"
        case .fail(let error as RPCError): "fail \(error.name)"
        case .fail(let error): "fail \(type(of: error))"
        }
    }

    /// The steps after each event.
    private func run(_ flow: LoginFlow, _ events: [LoginFlow.Event]) -> [String] {
        var flow = flow
        return [name(flow.begin())] + events.map { name(flow.next(after: $0)) }
    }

    private func refused(_ errorName: String, code: Int = 400) -> LoginFlow.Event {
        .failed(RPCError.make(code: code, name: errorName))
    }

    private var sent: LoginFlow.Event { get throws { .sent(try .test()) } }
    private var user: LoginFlow.Event { .signedIn(.test(id: 7)) }

    @Test func codeIsEnoughWithoutAPassword() throws {
        let steps = try run(flow(), [.entered("+39 333 555 0001"), sent, .entered("12345"), user])
        #expect(steps == ["phone?", "request 393335550001", "code?", "send 12345 for 393335550001", "user 7"])
    }

    @Test func passwordFollowsTheCode() throws {
        let needed = refused("SESSION_PASSWORD_NEEDED", code: 401)
        let steps = try run(
            flow(),
            [.entered("39333"), sent, .entered("1"), needed, .hint("cat"), .entered("secret"), user]
        )
        #expect(steps.suffix(4) == ["hint", "password? cat", "check secret", "user 7"])
    }

    @Test func recognizedDeviceNeedsNoCode() throws {
        let recognized = LoginFlow.Event.sent(SentCode(phone: try #require(phone), user: .test(id: 7)))
        #expect(run(flow(), [.entered("39333"), recognized]).last == "user 7")
    }

    @Test func recognizedDeviceMayStillNeedThePassword() {
        let needed = refused("SESSION_PASSWORD_NEEDED", code: 401)
        #expect(run(flow(), [.entered("39333"), needed]).last == "hint")
    }

    @Test func textThatIsNoNumberIsAskedForAgain() {
        let steps = run(flow(), [.entered("hello"), .entered(""), .entered("x")])
        #expect(steps == ["phone?", "phone?", "phone?", "fail tooManyAttempts"])
    }

    @Test func numberThatTheServerDoesNotTakeIsAskedForAgain() {
        #expect(run(flow(), [.entered("39"), refused("PHONE_NUMBER_INVALID")]).last == "phone?")
        #expect(run(flow(), [.entered("39"), refused("PHONE_NUMBER_BANNED")]).last == "fail PHONE_NUMBER_BANNED")
    }

    @Test func fixedNumberIsTriedOnce() {
        #expect(run(flow(isPhoneAsked: false), [.entered("hello")]).last == "fail invalidPhoneNumber")
        let refusal = refused("PHONE_NUMBER_INVALID")
        #expect(run(flow(isPhoneAsked: false), [.entered("39"), refusal]).last == "fail PHONE_NUMBER_INVALID")
    }

    @Test(arguments: ["PHONE_CODE_INVALID", "PHONE_CODE_EMPTY", "CODE_INVALID"])
    func wrongCodeIsAskedForAgainAsOftenAsAllowed(name: String) throws {
        let wrong = refused(name)
        let events: [LoginFlow.Event] = [.entered("39"), try sent, .entered("1"), wrong, .entered("2"), wrong]
        #expect(run(flow(maxAttempts: 3), events).last == "code?")
        #expect(run(flow(maxAttempts: 2), events).last == "fail tooManyAttempts")
    }

    @Test(arguments: ["PHONE_CODE_EXPIRED", "PHONE_CODE_HASH_EMPTY"])
    func expiredCodeIsRequestedAnew(name: String) throws {
        let steps = try run(flow(), [.entered("39"), sent, .entered("1"), refused(name), sent])
        #expect(steps.suffix(2) == ["request 393335550001", "code?"])
    }

    @Test func expiredCodesCountAsAttempts() throws {
        let expired = refused("PHONE_CODE_EXPIRED")
        let steps = try run(
            flow(maxAttempts: 2),
            [.entered("39"), sent, .entered("1"), expired, sent, .entered("2"), expired]
        )
        #expect(steps.last == "fail tooManyAttempts")
    }

    @Test func lastErrorIsUnderlying() throws {
        var flow = flow(maxAttempts: 1)
        _ = flow.begin()
        _ = flow.next(after: .entered("39"))
        _ = flow.next(after: try sent)
        _ = flow.next(after: .entered("1"))
        guard case .fail(let error as SignInError) = flow.next(after: refused("PHONE_CODE_INVALID")) else {
            Issue.record("an error was expected")
            return
        }
        #expect(error.underlying is RPCError.PhoneCodeInvalid)
    }

    @Test func accountWithPasswordFailsWhenThereIsNone() throws {
        let needed = refused("SESSION_PASSWORD_NEEDED", code: 401)
        let steps = try run(flow(password: .none), [.entered("39"), sent, .entered("1"), needed])
        #expect(steps.last == "fail passwordRequired")
    }

    @Test func fixedPasswordIsTriedOnce() throws {
        let needed = refused("SESSION_PASSWORD_NEEDED", code: 401)
        let steps = try run(
            flow(password: .fixed("pass")),
            [.entered("39"), sent, .entered("1"), needed, refused("PASSWORD_HASH_INVALID")]
        )
        #expect(steps.suffix(2) == ["check pass", "fail PASSWORD_HASH_INVALID"])
    }

    @Test func wrongPasswordIsAskedForAgainAsOftenAsAllowed() {
        var flow = flow(maxAttempts: 2)
        var steps = [name(flow.beginWithPassword())]
        let wrong = refused("PASSWORD_HASH_INVALID")
        for event in [.hint("cat"), .entered("a"), wrong, .entered("b"), wrong] as [LoginFlow.Event] {
            steps.append(name(flow.next(after: event)))
        }
        #expect(
            steps == [
                "hint", "password? cat", "check a", "password? cat", "check b", "fail PASSWORD_HASH_INVALID",
            ]
        )
    }

    @Test func addressThatMustBeSetUpFirstIsAnErrorOfItsOwn() throws {
        let setUp = LoginFlow.Event.sent(try .test(type: .sentCodeTypeSetUpEmailRequired()))
        #expect(run(flow(), [.entered("39"), setUp]).last == "fail emailSetupRequired")
    }

    @Test(arguments: [0, 1, 2, 3])
    func otherErrorsEndItAtAnyPoint(index: Int) throws {
        let events: [LoginFlow.Event] = [.entered("39"), try sent, .entered("1"), refused("SESSION_PASSWORD_NEEDED")]
        let end = LoginFlow.Event.failed(CancellationError())
        #expect(run(flow(), Array(events.prefix(index)) + [end]).last == "fail CancellationError")
    }

    @Test func thingsAreAskedAtLeastOnce() {
        #expect(run(flow(maxAttempts: -1), []).last == "phone?")
        #expect(run(flow(maxAttempts: 0), [.entered("")]).last == "fail tooManyAttempts")
    }

    @Test func eventThatDoesNotFitEndsIt() {
        #expect(run(flow(), [.hint(nil)]).last == "fail unexpectedAnswer")
    }
}

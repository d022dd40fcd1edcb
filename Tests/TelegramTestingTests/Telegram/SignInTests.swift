import MTProto
import TLRuntime
import TelegramAPI
import Testing

@testable import TelegramTesting

/// Every way in, over real connections.
@Suite(.timeLimit(.minutes(10))) struct SignInTests {
    private static let phone = "+39 333 555 0001"

    @Test func codeLetsIn() async throws {
        try await withTestServer { server in
            let ann = try server.telegram.addUser(phone: Self.phone, firstName: "Ann", username: "ann_test")
            try await server.withStranger { stranger in
                let before = await refusedWith { _ = try await stranger.call(TL.updates.GetState()) }
                #expect(before == "401 AUTH_KEY_UNREGISTERED")
                let code = try await stranger.sendCode(Self.phone)
                guard case .sentCodeTypeSms(let type) = code.type else {
                    Issue.record("not by text message")
                    return
                }
                #expect(type.length == 5 && code.timeout == 60)
                guard case .authorization(let entry) = try await stranger.enterCode(Self.phone, on: server),
                    case .user(let user) = entry.user
                else {
                    Issue.record("not signed in")
                    return
                }
                #expect(user.id == ann.id && user.isSelf && user.phone == "393335550001")
                #expect(server.telegram.code(for: Self.phone) == nil)
                _ = try await stranger.call(TL.updates.GetState())
                let session = try #require(server.sessions.first)
                #expect(server.telegram.account(of: session)?.id == ann.id)
            }
        }
    }

    @Test func secondApplicationGetsTheCodeInTheFirst() async throws {
        try await withTestServer { server in
            let ann = try server.telegram.addUser(phone: Self.phone, firstName: "Ann")
            try await server.with(ann) { _ in
                try await server.withStranger { stranger in
                    let code = try await stranger.sendCode(Self.phone)
                    guard case .sentCodeTypeApp = code.type, case .codeTypeSms? = code.nextType else {
                        Issue.record("not by application, or no text message next")
                        return
                    }
                    let again = TL.auth.ResendCode(phoneNumber: Self.phone, phoneCodeHash: code.phoneCodeHash)
                    for _ in 0..<2 { _ = try await stranger.call(again) }
                    let last = await refusedWith { _ = try await stranger.call(again) }
                    #expect(last == "400 SEND_CODE_UNAVAILABLE")
                }
            }
        }
    }

    @Test func wrongCodesAreRefused() async throws {
        try await withTestServer { server in
            try server.telegram.addUser(phone: Self.phone, firstName: "Ann")
            try await server.withStranger { stranger in
                let bad = await refusedWith { _ = try await stranger.sendCode("12") }
                #expect(bad == "400 PHONE_NUMBER_INVALID")
                let hash = try await stranger.sendCode(Self.phone).phoneCodeHash
                let code = try #require(server.telegram.code(for: Self.phone))
                let enter = { (phone: String, hash: String, code: String?) in
                    await refusedWith {
                        _ = try await stranger.call(
                            TL.auth.SignIn(phoneNumber: phone, phoneCodeHash: hash, phoneCode: code)
                        )
                    }
                }
                #expect(await enter(Self.phone, hash, nil) == "400 PHONE_CODE_EMPTY")
                #expect(await enter(Self.phone, hash, "") == "400 PHONE_CODE_EMPTY")
                #expect(await enter(Self.phone, hash, "x") == "400 PHONE_CODE_INVALID")
                #expect(await enter(Self.phone, "other", code) == "400 PHONE_CODE_EXPIRED")
                #expect(await enter("+39 333 555 0002", hash, code) == "400 PHONE_CODE_EXPIRED")
                let cancel = TL.auth.CancelCode(phoneNumber: Self.phone, phoneCodeHash: hash)
                #expect(try await stranger.call(cancel))
                #expect(await enter(Self.phone, hash, code) == "400 PHONE_CODE_EXPIRED")
                let late = try await stranger.sendCode(Self.phone).phoneCodeHash
                let lateCode = server.telegram.code(for: Self.phone)
                server.clock.jump(by: .seconds(301))
                #expect(await enter(Self.phone, late, lateCode) == "400 PHONE_CODE_EXPIRED")
            }
        }
    }

    @Test func unknownNumberSignsUp() async throws {
        try await withTestServer { server in
            try await server.withStranger { stranger in
                let hash = try await stranger.sendCode(Self.phone).phoneCodeHash
                let signUp = TL.auth.SignUp(
                    phoneNumber: Self.phone,
                    phoneCodeHash: hash,
                    firstName: "Ann",
                    lastName: ""
                )
                let early = await refusedWith { _ = try await stranger.call(signUp) }
                #expect(early == "400 PHONE_CODE_INVALID")
                let code = server.telegram.code(for: Self.phone)
                let answer = try await stranger.call(
                    TL.auth.SignIn(phoneNumber: Self.phone, phoneCodeHash: hash, phoneCode: code)
                )
                guard case .authorizationSignUpRequired = answer else {
                    Issue.record("somebody is signed in already")
                    return
                }
                var nameless = signUp
                nameless.firstName = " "
                #expect(await refusedWith { _ = try await stranger.call(nameless) } == "400 FIRSTNAME_INVALID")
                _ = try await stranger.call(signUp)
                #expect(server.telegram.account(phone: Self.phone)?.firstName == "Ann")
                _ = try await stranger.call(TL.updates.GetState())
            }
        }
    }

    @Test func accountsLiveAtTheirDataCentre() async throws {
        try await withTestServer { server in
            try server.telegram.addUser(phone: Self.phone, firstName: "Ann", dataCenter: 1)
            let bot = try server.telegram.addBot(name: "Echo", username: "echo_bot", dataCenter: 1)
            try await server.withStranger(dataCenter: 2) { stranger in
                #expect(await refusedWith { _ = try await stranger.sendCode(Self.phone) } == "303 PHONE_MIGRATE_1")
                #expect(await refusedWith { try await stranger.signIn(bot, on: server) } == "303 USER_MIGRATE_1")
            }
            try await server.with(bot) { sender in
                let export = try await sender.call(TL.auth.ExportAuthorization(dcID: 2))
                try await server.withStranger(dataCenter: 2) { away in
                    let request = TL.auth.ImportAuthorization(id: export.id, bytes: export.bytes)
                    _ = try await away.call(request)
                    let state = await refusedWith { _ = try await away.call(TL.updates.GetState()) }
                    #expect(state == "303 USER_MIGRATE_1")
                }
            }
        }
    }

    @Test func botsSignInWithTheirToken() async throws {
        try await withTestServer { server in
            let bot = try server.telegram.addBot(name: "Echo", username: "echo_bot")
            try await server.withStranger { stranger in
                let enter = { (token: String?) in
                    await refusedWith {
                        _ = try await stranger.call(
                            TL.auth.ImportBotAuthorization(flags: 0, apiID: 17, apiHash: "x", botAuthToken: token ?? "")
                        )
                    }
                }
                #expect(await enter("1:nonsense") == "400 ACCESS_TOKEN_INVALID")
                let renewed = server.telegram.replaceToken(of: bot)
                #expect(await enter(bot.token) == "400 ACCESS_TOKEN_EXPIRED")
                #expect(await enter(renewed.token) == nil)
                let dialogs = TL.messages.GetDialogs(
                    offsetDate: 0,
                    offsetID: 0,
                    offsetPeer: .inputPeerEmpty,
                    limit: 1,
                    hash: 0
                )
                #expect(await refusedWith { _ = try await stranger.call(dialogs) } == "400 BOT_METHOD_INVALID")
            }
        }
    }

    // MARK: - Passwords

    @Test func passwordIsAskedForAndChecked() async throws {
        try await withTestServer { server in
            let ann = try server.telegram.addUser(phone: Self.phone, firstName: "Ann", password: "open sesame")
            try await server.withStranger { stranger in
                let needed = await refusedWith { _ = try await stranger.enterCode(Self.phone, on: server) }
                #expect(needed == "401 SESSION_PASSWORD_NEEDED")
                let early = await refusedWith { _ = try await stranger.call(TL.updates.GetState()) }
                #expect(early == "401 SESSION_PASSWORD_NEEDED")
                let wrong = TL.auth.CheckPassword(password: try await stranger.proof(of: "close sesame"))
                #expect(await refusedWith { _ = try await stranger.call(wrong) } == "400 PASSWORD_HASH_INVALID")
                let right = TL.auth.CheckPassword(password: try await stranger.proof(of: "open sesame"))
                guard case .authorization = try await stranger.call(right) else {
                    Issue.record("not signed in")
                    return
                }
                #expect(await refusedWith { _ = try await stranger.call(right) } == "400 SRP_ID_INVALID")
                #expect(server.sessions.first.flatMap(server.telegram.account(of:))?.id == ann.id)
            }
        }
    }

    @Test func passwordIsSetChangedAndRecovered() async throws {
        try await withTestServer { server in
            let ann = try server.telegram.addUser(phone: Self.phone, firstName: "Ann")
            try await server.with(ann) { sender in
                var new = try await sender.newSettings("first", email: "ann@example.org")
                var update = TL.account.UpdatePasswordSettings(password: .inputCheckPasswordEmpty, newSettings: new)
                #expect(await refusedWith { _ = try await sender.call(update) } == "400 EMAIL_UNCONFIRMED_6")
                #expect(try await sender.call(TL.account.GetPassword()).emailUnconfirmedPattern == "a***@e***.org")
                let code = try #require(server.telegram.emailCode(for: ann))
                let bad = TL.account.ConfirmPasswordEmail(code: "x")
                #expect(await refusedWith { _ = try await sender.call(bad) } == "400 CODE_INVALID")
                #expect(try await sender.call(TL.account.ConfirmPasswordEmail(code: code)))
                let password = try await sender.call(TL.account.GetPassword())
                #expect(password.hasPassword && password.hasRecovery && password.hint == "the usual")

                new = try await sender.newSettings("second")
                update = TL.account.UpdatePasswordSettings(password: .inputCheckPasswordEmpty, newSettings: new)
                #expect(await refusedWith { _ = try await sender.call(update) } == "400 PASSWORD_HASH_INVALID")
                update.password = try await sender.proof(of: "first")
                #expect(try await sender.call(update))
                let settings = TL.account.GetPasswordSettings(password: try await sender.proof(of: "second"))
                #expect(try await sender.call(settings).email == "ann@example.org")
            }
            try await server.withStranger { stranger in
                _ = await refusedWith { _ = try await stranger.enterCode(Self.phone, on: server) }
                let recovery = try await stranger.call(TL.auth.RequestPasswordRecovery())
                #expect(recovery.emailPattern == "a***@e***.org")
                let code = try #require(server.telegram.emailCode(for: ann))
                #expect(try await stranger.call(TL.auth.CheckRecoveryPassword(code: code)))
                _ = try await stranger.call(TL.auth.RecoverPassword(code: code))
                #expect(try await stranger.call(TL.account.GetPassword()).hasPassword == false)
            }
        }
    }

    @Test func passwordWithForeignSaltIsRefused() async throws {
        try await withTestServer { server in
            let ann = try server.telegram.addUser(phone: Self.phone, firstName: "Ann")
            try await server.with(ann) { sender in
                let good = try await sender.newSettings("first")
                let foreign = TL.account.PasswordInputSettings(
                    newAlgo: .passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
                        salt1: [UInt8](repeating: 1, count: 40),
                        salt2: [UInt8](repeating: 2, count: 16),
                        g: 3,
                        p: []
                    ),
                    newPasswordHash: good.newPasswordHash,
                    hint: ""
                )
                let change = { (settings: TL.account.PasswordInputSettings) in
                    await refusedWith {
                        _ = try await sender.call(
                            TL.account.UpdatePasswordSettings(password: .inputCheckPasswordEmpty, newSettings: settings)
                        )
                    }
                }
                #expect(await change(foreign) == "400 NEW_SALT_INVALID")
                #expect(await change(TL.account.PasswordInputSettings()) == "400 NEW_SETTINGS_EMPTY")
                #expect(await change(good) == nil)
            }
        }
    }

    // MARK: - QR codes

    @Test(arguments: [nil, "open sesame"]) func shownCodeLetsIn(password: String?) async throws {
        try await withTestServer { server in
            let ann = try server.telegram.addUser(phone: Self.phone, firstName: "Ann", password: password)
            try await server.with(ann, password: password) { accepting in
                try await server.withStranger { showing in
                    let export = TL.auth.ExportLoginToken(apiID: 17, apiHash: "x", exceptIDs: [])
                    guard case .loginToken(let token) = try await showing.call(export) else {
                        Issue.record("no token")
                        return
                    }
                    let accept = TL.auth.AcceptLoginToken(token: token.token)
                    let accepted = try await accepting.call(accept)
                    #expect(accepted.deviceModel == "test")
                    let twice = await refusedWith { _ = try await accepting.call(accept) }
                    #expect(twice == "400 AUTH_TOKEN_ALREADY_ACCEPTED")
                    guard case .updateShort(let short) = try await showing.next(), case .updateLoginToken = short.update
                    else {
                        Issue.record("the one who shows was not told")
                        return
                    }
                    if let password {
                        let needed = await refusedWith { _ = try await showing.call(export) }
                        #expect(needed == "401 SESSION_PASSWORD_NEEDED")
                        let proof = try await showing.proof(of: password)
                        _ = try await showing.call(TL.auth.CheckPassword(password: proof))
                    } else {
                        guard case .loginTokenSuccess = try await showing.call(export) else {
                            Issue.record("not signed in")
                            return
                        }
                    }
                    _ = try await showing.call(TL.updates.GetState())
                }
            }
        }
    }

    @Test func shownCodeLeadsToTheRightDataCentre() async throws {
        try await withTestServer { server in
            let ann = try server.telegram.addUser(phone: Self.phone, firstName: "Ann", dataCenter: 1)
            try await server.with(ann) { accepting in
                try await server.withStranger(dataCenter: 2) { showing in
                    let export = TL.auth.ExportLoginToken(apiID: 17, apiHash: "x", exceptIDs: [])
                    guard case .loginToken(let token) = try await showing.call(export) else {
                        Issue.record("no token")
                        return
                    }
                    _ = try await accepting.call(TL.auth.AcceptLoginToken(token: token.token))
                    guard case .loginTokenMigrateTo(let target) = try await showing.call(export) else {
                        Issue.record("not sent away")
                        return
                    }
                    #expect(target.dcID == 1)
                    try await server.withStranger(dataCenter: 1) { moved in
                        let answer = try await moved.call(TL.auth.ImportLoginToken(token: target.token))
                        guard case .loginTokenSuccess = answer else {
                            Issue.record("not signed in")
                            return
                        }
                        _ = try await moved.call(TL.updates.GetState())
                    }
                }
            }
        }
    }

    @Test func shownCodesAreRefused() async throws {
        try await withTestServer { server in
            let ann = try server.telegram.addUser(phone: Self.phone, firstName: "Ann")
            try await server.with(ann) { accepting in
                try await server.withStranger { showing in
                    let accept = { (token: [UInt8]) in
                        await refusedWith { _ = try await accepting.call(TL.auth.AcceptLoginToken(token: token)) }
                    }
                    #expect(await accept([1, 2, 3]) == "400 AUTH_TOKEN_INVALIDX")
                    var export = TL.auth.ExportLoginToken(apiID: 17, apiHash: "x", exceptIDs: [ann.id])
                    guard case .loginToken(let excepted) = try await showing.call(export) else { return }
                    #expect(await accept(excepted.token) == "400 AUTH_TOKEN_EXCEPTION")
                    export.exceptIDs = []
                    guard case .loginToken(let late) = try await showing.call(export) else { return }
                    server.clock.jump(by: .seconds(31))
                    #expect(await accept(late.token) == "400 AUTH_TOKEN_EXPIRED")
                }
            }
        }
    }

    // MARK: - Going

    @Test func whoSignsOutIsNobodyAgain() async throws {
        try await withTestServer { server in
            let ann = try server.telegram.addUser(phone: Self.phone, firstName: "Ann", password: "open sesame")
            try await server.with(ann, password: "open sesame") { sender in
                let token = try #require(try await sender.call(TL.auth.LogOut()).futureAuthToken)
                let after = await refusedWith { _ = try await sender.call(TL.updates.GetState()) }
                #expect(after == "401 AUTH_KEY_UNREGISTERED")
                // Coming back takes the password only.
                let back = TL.auth.SendCode(
                    phoneNumber: Self.phone,
                    apiID: 17,
                    apiHash: "x",
                    settings: TL.CodeSettings(logoutTokens: [token])
                )
                #expect(await refusedWith { _ = try await sender.call(back) } == "401 SESSION_PASSWORD_NEEDED")
            }
        }
    }

    @Test func othersAreSignedOut() async throws {
        try await withTestServer { server in
            let ann = try server.telegram.addUser(phone: Self.phone, firstName: "Ann")
            try await server.with(ann) { first in
                try await server.with(ann) { second in
                    let list = try await first.call(TL.account.GetAuthorizations()).authorizations
                    #expect(list.map(\.current) == [true, false] && list[0].hash == 0)
                    let wrong = TL.account.ResetAuthorization(hash: 5)
                    #expect(await refusedWith { _ = try await first.call(wrong) } == "400 HASH_INVALID")
                    #expect(try await first.call(TL.account.ResetAuthorization(hash: list[1].hash)))
                    let gone = await refusedWith { _ = try await second.call(TL.updates.GetState()) }
                    #expect(gone == "401 SESSION_REVOKED")
                    try await second.signIn(ann, on: server)
                    #expect(try await second.call(TL.auth.ResetAuthorizations()))
                    let both = await refusedWith { _ = try await first.call(TL.updates.GetState()) }
                    #expect(both == "401 SESSION_REVOKED")
                }
            }
        }
    }
}

import Telegram
import Testing

struct CallPolicyTests {
    private let home = CallPolicy.Place.home(isSignedIn: false)
    private let signedIn = CallPolicy.Place.home(isSignedIn: true)

    private func policy(retries: Int? = 5, threshold: Duration = .seconds(60)) -> CallPolicy {
        CallPolicy(name: "test", retries: retries, floodSleepThreshold: threshold)
    }

    private func error(_ code: Int, _ name: String) -> RPCError { RPCError.make(code: code, name: name) }

    /// A decision in words, to compare it.
    private func words(_ decision: CallPolicy.Decision) -> String {
        switch decision {
        case .retry(let delay): "retry after \(delay.components.seconds)"
        case .wait(let delay, let isRemembered): "wait \(delay.components.seconds)\(isRemembered ? ", remembered" : "")"
        case .switchHome(let dataCenter): "switch to \(dataCenter)"
        case .fail(let error as RPCError, let wait):
            "fail \(error.name)" + (wait.map { ", remembering \($0.components.seconds)" } ?? "")
        case .fail(let error as ClientError, let wait):
            "fail \(error.code)" + (wait.map { ", remembering \($0.components.seconds)" } ?? "")
        case .fail(let error, _): "fail \(error)"
        }
    }

    @Test(arguments: [
        (500, "INTERNAL", "retry after 2"), (-500, "No workers running", "retry after 2"),
        (500, "RPC_CALL_FAIL", "retry after 2"), (400, "RPC_MCGET_FAIL", "retry after 2"),
        (500, "INTERDC_4_CALL_ERROR", "retry after 2"), (400, "INTERDC_2_CALL_RICH_ERROR", "retry after 2"),
        (-503, "Timeout", "retry after 2"), (503, "MSG_WAIT_TIMEOUT", "retry after 2"),
        (420, "FLOOD_WAIT_7", "wait 7, remembered"), (420, "FLOOD_WAIT_0", "wait 1, remembered"),
        (420, "FLOOD_PREMIUM_WAIT_60", "wait 60, remembered"), (420, "FLOOD_TEST_PHONE_WAIT_3", "wait 3, remembered"),
        (420, "SLOWMODE_WAIT_9", "wait 9"), (420, "FLOOD_WAIT_61", "fail FLOOD_WAIT_61, remembering 61"),
        (420, "SLOWMODE_WAIT_61", "fail SLOWMODE_WAIT_61"),
        (420, "TAKEOUT_INIT_DELAY_5", "fail TAKEOUT_INIT_DELAY_5"),
        (420, "2FA_CONFIRM_WAIT_5", "fail 2FA_CONFIRM_WAIT_5"),
        (303, "PHONE_MIGRATE_4", "switch to 4"), (303, "NETWORK_MIGRATE_1", "switch to 1"),
        (303, "USER_MIGRATE_5", "switch to 5"), (303, "FILE_MIGRATE_3", "fail FILE_MIGRATE_3"),
        (303, "STATS_MIGRATE_3", "fail STATS_MIGRATE_3"), (500, "AUTH_RESTART", "fail AUTH_RESTART"),
        (400, "PEER_ID_INVALID", "fail PEER_ID_INVALID"), (500, "RANDOM_ID_DUPLICATE", "fail RANDOM_ID_DUPLICATE"),
        (401, "AUTH_KEY_UNREGISTERED", "fail AUTH_KEY_UNREGISTERED"),
        (406, "AUTH_KEY_DUPLICATED", "fail AUTH_KEY_DUPLICATED"),
    ])
    func eachErrorHasItsDecision(code: Int, name: String, expected: String) {
        var policy = policy()
        #expect(words(policy.failed(with: error(code, name), at: home)) == expected)
    }

    @Test(arguments: [
        ("PHONE_MIGRATE_4", "fail PHONE_MIGRATE_4"), ("NETWORK_MIGRATE_4", "fail NETWORK_MIGRATE_4"),
        ("USER_MIGRATE_4", "switch to 4"),
    ])
    func onlyTheUserMovesOnceSomebodyIsSignedIn(name: String, expected: String) {
        var policy = policy()
        #expect(words(policy.failed(with: error(303, name), at: signedIn)) == expected)
    }

    @Test func borrowedConnectionNeverMovesTheAccount() {
        var policy = policy()
        #expect(words(policy.failed(with: error(303, "USER_MIGRATE_4"), at: .elsewhere)) == "fail USER_MIGRATE_4")
    }

    @Test func thresholdOfZeroThrowsEveryWait() {
        var policy = policy(threshold: .zero)
        let decision = policy.failed(with: error(420, "FLOOD_WAIT_0"), at: home)
        #expect(words(decision) == "fail FLOOD_WAIT_0, remembering 1")
    }

    @Test func attemptsEndWithTheLastErrorInside() throws {
        var policy = policy(retries: 2)
        #expect(words(policy.failed(with: error(500, "A"), at: home)) == "retry after 2")
        #expect(words(policy.failed(with: error(420, "FLOOD_WAIT_5"), at: home)) == "wait 5, remembered")
        let last = policy.failed(with: error(420, "FLOOD_WAIT_6"), at: home)
        #expect(words(last) == "fail retriesExhausted, remembering 6")
        guard case .fail(let error as ClientError, _) = last else { return }
        #expect((error.underlying as? RPCError.FloodWait)?.seconds == 6)
    }

    @Test func noRetriesMeansOneAttempt() {
        var policy = policy(retries: 0)
        #expect(words(policy.failed(with: error(500, "A"), at: home)) == "fail retriesExhausted")
    }

    @Test func attemptsWithoutLimitGoOn() {
        var policy = policy(retries: nil)
        for _ in 0..<1_000 { #expect(words(policy.failed(with: error(500, "A"), at: home)) == "retry after 2") }
    }

    @Test func duplicateAfterARetryMeansThatTheFirstAttemptWasExecuted() {
        var policy = policy()
        _ = policy.failed(with: error(500, "A"), at: home)
        let decision = policy.failed(with: error(500, "RANDOM_ID_DUPLICATE"), at: home)
        #expect(words(decision) == "fail alreadyExecuted")
    }

    @Test func errorsOfTheConnectionAreThrown() {
        var policy = policy()
        #expect(words(policy.failed(with: CancellationError(), at: home)).contains("CancellationError"))
    }
}

import TLRuntime
import Testing

@Suite("RPCError")
struct RPCErrorTests {
    private static let families: [(Int, RPCError.Type)] = [
        (303, RPCError.InvalidDC.self), (400, RPCError.BadRequest.self), (401, RPCError.Unauthorized.self),
        (403, RPCError.Forbidden.self), (404, RPCError.NotFound.self), (406, RPCError.AuthKey.self),
        (420, RPCError.Flood.self), (500, RPCError.Server.self), (503, RPCError.TimedOut.self),
    ]

    @Test(arguments: families)
    func eachCodeHasItsFamilyWhateverItsSign(_ code: Int, _ family: RPCError.Type) {
        #expect(RPCError.family(ofCode: code) == family)
        #expect(RPCError.family(ofCode: -code) == family)
    }

    @Test(arguments: [0, 1, -1, 200, 402, 501, 40_000, Int.max, Int.min])
    func otherCodesHaveNone(_ code: Int) {
        #expect(RPCError.family(ofCode: code) == RPCError.self)
    }

    @Test(arguments: [(400, 400), (-503, 503), (0, 0), (Int.min, Int.max)])
    func codeIsNeverNegative(_ wire: Int, _ code: Int) {
        #expect(RPCError(code: wire, name: "X").code == code)
    }

    @Test(
        arguments: [
            ([], nil, "X_INVALID (400)"),
            ([], "the x is invalid", "X_INVALID (400): the x is invalid"),
            (["test.ping"], nil, "X_INVALID (400) from test.ping"),
            (
                ["invokeWithLayer", "initConnection", "test.ping"], "the x is invalid",
                "X_INVALID (400) from invokeWithLayer(initConnection(test.ping)): the x is invalid"
            ),
        ] as [([String], String?, String)]
    )
    func descriptionShowsTheRequestsNested(_ path: [String], _ explanation: String?, _ text: String) {
        let error = RPCError.BadRequest(code: 400, name: "X_INVALID", path: path, explanation: explanation)
        #expect(error.description == text)
        #expect("\(error as any Error)" == text)
        #expect(error.method == path.last)
    }

    @Test func pathOfARequestFitsTheDescription() {
        let error = RPCError(code: 1, name: "X", path: InvokeWithLayer<Ping>.path)
        #expect(error.description == "X (1) from invokeWithLayer(test.ping)")
    }

    @Test(
        arguments: [
            (420, "FLOOD_WAIT_3", "class 3"), (420, "FLOOD_NEW_5", "family 5"), (400, "BRAND_NEW", "where"),
            (400, "OTHER", "rest 400"), (777, "OTHER", "rest 777"),
        ])
    func catchesByClassFamilyAndCondition(_ code: Int, _ name: String, _ caught: String) {
        func outcome() -> String {
            do {
                throw testCatalog.error(code: code, name: name)
            } catch let error as RPCError.TestFloodWait {
                return "class \(error.seconds)"
            } catch let error as RPCError.Flood {
                return "family \(error.value ?? -1)"
            } catch let error as RPCError where error.name == "BRAND_NEW" {
                return "where"
            } catch let error as RPCError {
                return "rest \(error.code)"
            } catch {
                return "other"
            }
        }
        #expect(outcome() == caught)
    }

    @Test func errorsTravelBetweenTasks() async {
        let error = testCatalog.error(code: 420, name: "FLOOD_WAIT_3")
        let result = await Task.detached { () throws -> Void in throw error }.result
        #expect(throws: RPCError.TestFloodWait.self) { try result.get() }
    }
}

import MTProto
import Testing

struct PrintingLogHandlerTests {
    @Test(arguments: [
        (Duration.seconds(0), "00:00:00.000"), (.seconds(86_399.25), "23:59:59.250"),
        (.seconds(86_400), "00:00:00.000"),
        (.seconds(1_700_000_000) + .milliseconds(7), "22:13:20.007"),
    ])
    func lineStartsWithTheTimeOfDay(wall: Duration, text: String) {
        let record = LogRecord(level: .debug, source: "sender dc2", message: "connected")
        #expect(PrintingLogHandler.line(for: record, at: wall) == "\(text) debug sender dc2: connected")
    }

    @Test func strangeTimesDoNotStopTheProcess() {
        let record = LogRecord(level: .trace, source: "a", message: "b")
        #expect(PrintingLogHandler.line(for: record, at: .seconds(-1)) == "23:59:59.000 trace a: b")
    }
}

import TelegramAPI

/// A function around another one whose content a server takes out. Functions of the schema that wrap and are missing
/// here are not unwrapped, and answered as unknown methods: a new one has to be added.
protocol RequestWrapper: TLWrapperFunction {
    associatedtype Wrapped: TLFunction
    var query: Wrapped { get }
    /// Notes what the wrapper says besides its content.
    func note(in context: inout RequestContext)
}

extension RequestWrapper {
    func note(in context: inout RequestContext) {}
}

/// What the wrappers around a request have said.
struct RequestContext: Sendable {
    /// From the outside in.
    var wrappers: [String] = []
    var layer: Int32?
    var clientInfo: TestClientInfo?
    var wantsNoUpdates = false
    var takeoutID: Int64?
    var businessConnectionID: String?
    /// Messages that have to be executed before.
    var predecessors: [Int64] = []
}

extension TL.InvokeWithLayer: RequestWrapper {
    func note(in context: inout RequestContext) { context.layer = layer }
}

extension TL.InitConnection: RequestWrapper {
    func note(in context: inout RequestContext) {
        context.clientInfo = TestClientInfo(
            apiID: apiID,
            deviceModel: deviceModel,
            systemVersion: systemVersion,
            appVersion: appVersion,
            systemLanguageCode: systemLangCode,
            languagePack: langPack,
            languageCode: langCode,
            proxy: proxy.map { "\($0.address):\($0.port)" }
        )
    }
}

extension TL.InvokeAfterMsg: RequestWrapper {
    func note(in context: inout RequestContext) { context.predecessors.append(msgID) }
}

extension TL.InvokeAfterMsgs: RequestWrapper {
    func note(in context: inout RequestContext) { context.predecessors += msgIDs }
}

extension TL.InvokeWithoutUpdates: RequestWrapper {
    func note(in context: inout RequestContext) { context.wantsNoUpdates = true }
}

extension TL.InvokeWithTakeout: RequestWrapper {
    func note(in context: inout RequestContext) { context.takeoutID = takeoutID }
}

extension TL.InvokeWithBusinessConnection: RequestWrapper {
    func note(in context: inout RequestContext) { context.businessConnectionID = connectionID }
}

extension TL.InvokeWithMessagesRange: RequestWrapper {}
extension TL.InvokeWithApnsSecret: RequestWrapper {}
extension TL.InvokeWithGooglePlayIntegrity: RequestWrapper {}
extension TL.InvokeWithReCaptcha: RequestWrapper {}

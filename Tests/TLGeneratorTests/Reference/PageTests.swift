import Foundation
import TLSchema
import Testing

@testable import TLGenerator

@Suite struct PageTests {
    private static let schema = """
        peerNone = Peer;
        peerUser flags:# id:long name:flags.0?string title:flags.0?string = Peer;
        point x:int y:int = Point;
        ---functions---
        messages.send flags:# silent:flags.0?true peer:Peer text:string = Point;
        messages.sendMany peers:Vector<Peer> = Vector<Point>;
        invokeWith {X:Type} query:!X = X;
        ping = Bool;
        // LAYER 9
        """

    private static let tables = Sample.Tables(
        errors: """
            {"FLOOD_WAIT_%d": {"codes": [420], "parameters": [{"name": "seconds", "unit": "seconds"}],
              "description": "Too fast. Wait `seconds` seconds."},
             "PEER_INVALID": {"codes": [400, 403], "description": "See `messages.send` & <others>."}}
            """,
        methods: """
            method,usable_by,errors,friendly,summary
            messages.send,user,PEER_INVALID FLOOD_WAIT_%d,send ~Peer.reply,Sends `text` to a `Peer`.
            """,
        types: """
            name,field,summary
            Peer,,Somebody to write to.
            messages.send,text,At most 10 < 20 characters.
            """,
        history: "name,first_layer\nmessages.send,8\n"
    )

    private let site = SiteSample(schema, tables)

    @Test func methodPageSaysWhatGoesInAndWhatComesOut() throws {
        let page = try site.file("methods/messages.send.html")
        #expect(page.contains("TL.messages.Send(silent: Bool = false, peer: TL.Peer, text: String) -&gt; TL.Point"))
        #expect(page.contains("flags:# silent:flags.0?true peer:Peer text:string = Point"))
        #expect(page.contains(#"<code>peer</code> <a href="../types/Peer.html"><code>TL.Peer</code></a>"#))
        #expect(page.contains("At most 10 &lt; 20 characters."))
        #expect(page.contains("<i>for users only</i> <i>since layer 8</i>"))
        #expect(page.contains(#"<a href="../friendly.html#send"><code>client.send</code></a>"#))
        #expect(
            page.contains(#"Planned for the client: <a href="../friendly.html#Peer.reply"><code>Peer.reply</code>"#)
        )
        #expect(page.contains(#"<a href="messages.sendMany.html">messages.sendMany</a>"#))
    }

    @Test func methodsOfTheClientAreApartFromThoseThatArePlanned() throws {
        let page = try site.file("friendly.html")
        #expect(page.contains("It has 1 method for this, and 1 is planned."))
        let planned = try #require(page.range(of: #"<h2 id="planned">"#))
        #expect(page[..<planned.lowerBound].contains(#"<dt id="send"><code>client.send</code><dd>Calls "#))
        #expect(page[planned.upperBound...].contains(#"<dt id="Peer.reply"><code>Peer.reply</code><dd>Will call "#))
    }

    @Test func methodPageListsErrorsWithCodeClassAndAttributes() throws {
        let page = try site.file("methods/messages.send.html")
        #expect(
            page.contains(
                #"<dt><a href="../errors/FLOOD_WAIT_X.html"><code>FLOOD_WAIT_%d</code></a> <i>420</i> "#
                    + "<code>RPCError.FloodWait</code> <code>.seconds</code><dd>Too fast. Wait <code>seconds</code>"
            )
        )
        #expect(page.contains("<i>400 or 403</i> <code>RPCError.PeerInvalid</code>"))
    }

    @Test func wordsBecomeLinksWhereTheSiteHasAPageOfThatName() throws {
        let method = try site.file("methods/messages.send.html")
        #expect(method.contains(#"Sends <code>text</code> to a <a href="../types/Peer.html"><code>Peer</code></a>."#))
        let error = try site.file("errors/PEER_INVALID.html")
        #expect(
            error.contains(
                #"See <a href="../methods/messages.send.html"><code>messages.send</code></a> &amp; &lt;others&gt;."#
            )
        )
    }

    @Test func fieldsInWordsAreCalledAsTheirPropertiesAndAreNoLinks() throws {
        let types = """
            name,field,summary
            message,,Text named by `chat_id`; `message` is a `peerUser`.
            message,chat_id,Where `chat_id` says.
            """
        let schema = """
            message chat_id:long = Message;
            peerUser = Peer;
            ---functions---
            f message:Message = Bool;
            """
        let site = SiteSample(schema, Sample.Tables(types: types))
        let page = try site.file("constructors/message.html")
        #expect(page.contains(#"Text named by <code>chatID</code>; <code>message</code> is a <a href="#))
        #expect(page.contains("Where <code>chatID</code> says."))
        #expect(page.contains("<code>chatID</code> <i>chat_id</i>"))
        #expect(try site.file("search.js").contains("Text named by `chatID`"))
    }

    @Test func exampleCatchesWaitingAndWhatBelongsToTheMethod() throws {
        let page = try site.file("methods/messages.send.html")
        #expect(page.contains("let request = TL.messages.Send(peer: .peerNone, text: &quot;Hello!&quot;)"))
        #expect(
            page.contains("catch let error as RPCError.FloodWait {\n    try await Task.sleep(for: error.duration)\n}")
        )
        #expect(page.contains("catch let error as RPCError.PeerInvalid {\n    print(error)\n}"))
    }

    @Test func methodWithoutKnownErrorsCatchesWhatAnyMethodCanRaise() throws {
        let page = try site.file("methods/ping.html")
        #expect(page.contains("None is known to belong to this method."))
        #expect(page.contains("catch let error as RPCError.FloodWait"))
        #expect(page.contains("catch let error as RPCError {"))
    }

    @Test func wrapperIsShownAroundARequestWithoutFields() throws {
        let page = try site.file("methods/invokeWith.html")
        #expect(page.contains("TL.InvokeWith&lt;Query&gt;(query: Query) -&gt; Query.Response"))
        #expect(page.contains("TL.InvokeWith(query: TL.Ping())"))
    }

    @Test func typePageSaysWhoMakesReturnsAndTakesIt() throws {
        let peer = try site.file("types/Peer.html")
        #expect(peer.contains("Somebody to write to."))
        #expect(peer.contains(#"<a href="../constructors/peerUser.html">"#))
        #expect(peer.contains(#"<h2 id="methods-that-take-it">"#))
        #expect(peer.contains(#"<a href="../methods/messages.sendMany.html">messages.sendMany</a>"#))
        let point = try site.file("types/Point.html")
        #expect(point.contains(#"<h2 id="methods-that-return-it">"#))
        #expect(point.contains("final class"))
    }

    @Test func constructorPageShowsASwitch() throws {
        let page = try site.file("constructors/peerUser.html")
        #expect(page.contains("case .peerUser(let payload):\n    print(payload.id)\ndefault:"))
        #expect(page.contains("Set together with <code>title</code>, or not at all."))
        #expect(try site.file("constructors/peerNone.html").contains("case .peerNone:\n    print(value)"))
    }

    @Test func onlyConstructorIsBuiltAndRead() throws {
        let page = try site.file("constructors/point.html")
        #expect(page.contains("let value = TL.Point(x: 1, y: 1)\nprint(value.x)"))
        #expect(!page.contains("switch"))
    }

    @Test func errorWithANumberShowsItOnTheWire() throws {
        let page = try site.file("errors/FLOOD_WAIT_X.html")
        #expect(page.contains("FLOOD_WAIT_42"))
        #expect(page.contains("<code>seconds</code> <code>Int</code>"))
        #expect(page.contains("<code>duration</code> <code>Duration</code>"))
        #expect(page.contains(#"<a href="../methods/messages.send.html">messages.send</a>"#))
        #expect(page.contains(#"<a href="../families/Flood.html">"#))
        #expect(try site.file("families/by-seconds.html").contains("FLOOD_WAIT_%d"))
    }

    @Test func numbersOfErrorsAreShownAsTheyMayCome() throws {
        let errors = """
            {"FILE_MIGRATE_%d": {"codes": [303], "parameters": [{"name": "newDC", "unit": "dc"}]},
             "FLOOD_WAIT_%d": {"codes": [420], "parameters": [{"name": "seconds", "unit": "seconds"}]},
             "OVER_%d": {"codes": [420], "parameters": [{"name": "date", "unit": "date"}]}}
            """
        let site = SiteSample(Self.schema, Sample.Tables(errors: errors))
        let moved = try site.file("errors/FILE_MIGRATE_X.html")
        #expect(moved.contains("<code>FILE_MIGRATE_4</code>"))
        #expect(moved.contains("<code>newDC</code> is 4,"))
        #expect(moved.contains("None in particular is known"))
        #expect(try site.file("errors/OVER_X.html").contains("<code>OVER_1800000000</code>"))
        #expect(try site.file("errors/FLOOD_WAIT_X.html").contains("<p>Any method."))
    }

    @Test func namespacesHaveAnIndex() throws {
        let page = try site.file("namespaces/index.html")
        #expect(page.contains(#"<td><a href="messages.html">messages</a><td>2<td>0<td>0"#))
        #expect(page.contains(#"<td><a href="root.html">root namespace</a><td>2<td>2<td>3"#))
        #expect(try site.file("namespaces/messages.html").contains(#"<a href="index.html">Namespaces</a>"#))
        #expect(try site.file("index.html").contains(#"<a href="namespaces/index.html">Namespaces</a>"#))
    }

    @Test func everyExampleIsInTheFileForTheCompiler() throws {
        // One for each method, constructor, error and family of a code, and the one of the first page.
        #expect(site.examples.split(separator: "\nfunc example").count - 1 == 4 + 3 + 2 + 9 + 1)
        #expect(site.examples.contains("// methods/messages.send.html\nfunc example"))
    }

    @Test func changesAreOnePageAStepWithLinksToWhatStillExists() throws {
        let changes = """
            from,to,subject,name,change,effect,details
            8,9,constructor,point,changed,source,field 'y:int' is new and required
            8,9,function,messages.gone,removed,source,
            """
        let page = try SiteSample(Self.schema, Self.tables, changes: changes).file("layers/8-to-9.html")
        #expect(
            page.contains(
                #"<a href="../constructors/point.html"><code>point</code></a>: field <code>y:int</code> is new"#
            )
        )
        #expect(page.contains("method <code>messages.gone</code>"))
    }

    @Test func baseAddressGivesEachPageItsOwnAndAMapOfTheSite() throws {
        let site = SiteSample(Self.schema, baseURL: "https://example.org/api/")
        let page = try site.file("methods/messages.send.html")
        #expect(page.contains(#"<link rel="canonical" href="https://example.org/api/methods/messages.send.html">"#))
        #expect(try site.file("sitemap.txt").contains("https://example.org/api/types/Peer.html\n"))
        #expect(self.site.files["sitemap.txt"] == nil)
    }

    @Test func problemsOfTheInputsAreReportedAndNothingIsMade() {
        let site = SiteSample("a x:Missing = A;", changes: "from,to\n")
        #expect(site.result.value == nil)
        #expect(site.result.diagnostics.count >= 2)
    }

    @Test func errorThatMostMethodsRaiseNamesTheOthers() throws {
        let methods = """
            method,usable_by,errors,friendly,summary
            messages.send,both,PEER_INVALID,,Sends.
            messages.sendMany,both,PEER_INVALID,,Sends.
            ping,both,PEER_INVALID,,Pings.
            """
        var tables = Self.tables
        tables.methods = methods
        let page = try SiteSample(Self.schema, tables).file("errors/PEER_INVALID.html")
        #expect(page.contains("Known from 3 of 4 methods; nothing is known about these:"))
        #expect(page.contains(#"<ul class="names"><li><a href="../methods/invokeWith.html">invokeWith</a></ul>"#))
    }
}

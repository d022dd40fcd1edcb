import MTProto
import MTProtoCrypto

extension ServerCore {
    /// A client has connected to the port of a data centre, or to that of a proxy.
    /// - Parameter greetings: Those that this port has answered; none is answered twice.
    func accepted(_ channel: SocketChannel, dataCenter: Int32?, secrets: [MTProxySecret], greetings: SeenGreetings) {
        guard !isStopped else { return channel.close() }
        lastConnectionID += 1
        let id = ConnectionID(lastConnectionID)
        let pipeline = ServerPipeline(mtProxySecrets: secrets, random: random, time: clock.now(), seen: greetings)
        let connection = ServerConnection(id: id, channel: channel, pipeline: pipeline, dataCenter: dataCenter)
        connection.setFaults(state.withLock { $0.faultPlan })
        connections[id] = connection
        state.count { statistics in
            statistics.connectionsAccepted += 1
            statistics.connectionsOpen += 1
        }
        log.debug("\(id) from \(channel.remoteAddress)")
        channel.onBytes = { [weak self] bytes in
            self?.assumeIsolated { $0.received(bytes, on: id) }
        }
        channel.onClosed = { [weak self] _ in
            self?.assumeIsolated { core in
                if let connection = core.connections[id] { core.forget(connection) }
            }
        }
        channel.start()
    }

    private func received(_ bytes: UnsafeRawBufferPointer, on id: ConnectionID) {
        guard let connection = connections[id] else { return }
        state.count { $0.bytesReceived += bytes.count }
        do {
            write(try connection.pipeline.received(bytes), to: connection)
            try receiveFrames(on: connection)
        } catch {
            // What was complete is still handled, as a server that reads packet by packet would.
            try? receiveFrames(on: connection)
            log.debug("\(id) closed: \(error)")
            close(connection)
        }
        expect(connection.deadline)
    }

    private func receiveFrames(on connection: ServerConnection) throws(MTProtoError) {
        while !connection.isClosed, let frame = try connection.pipeline.nextFrame() {
            guard case .packet(let packet) = frame else { continue }
            state.count { $0.packetsReceived += 1 }
            let wantsQuickAck = connection.pipeline.lastPacketWantsQuickAck
            let id = connection.id
            suffer(packet, on: connection, \.incomingFaults) { core, packet in
                core.receive(packet, wantsQuickAck: wantsQuickAck, on: id)
            }
        }
    }

    // MARK: - Faults

    /// Lets a packet go its way, with the faults of its direction.
    private func suffer(
        _ packet: [UInt8],
        on connection: ServerConnection,
        _ injector: ReferenceWritableKeyPath<ServerConnection, FaultInjector?>,
        pass: @escaping @Sendable (isolated ServerCore, [UInt8]) -> Void
    ) {
        let isExchange = packet.prefix(8).allSatisfy { $0 == 0 }
        let isSpared = isExchange && !(state.withLock { $0.faultPlan?.includesKeyExchange } ?? false)
        guard !isSpared, var faults = connection[keyPath: injector] else { return pass(self, packet) }
        let outcomes = faults.apply(to: packet) { fault in
            log.debug("\(connection.id) suffers \(fault)")
            state.count { $0.faults[fault.name, default: 0] += 1 }
        }
        connection[keyPath: injector] = faults
        for outcome in outcomes where !connection.isClosed {
            switch outcome {
            case .pass(let packet): pass(self, packet)
            case .delay(let packet, let duration): delay(by: duration) { pass($0, packet) }
            case .close: close(connection)
            case .reset: reset(connection)
            }
        }
    }

    // MARK: - Packets

    private func receive(_ packet: [UInt8], wantsQuickAck: Bool, on id: ConnectionID) {
        guard let connection = connections[id], let dataCenter = dataCenter(of: connection) else { return }
        guard packet.count >= 24 else { return fail(connection, 404, "a packet of \(packet.count) bytes") }
        let keyID = Int64(littleEndianBytes: packet[0..<8])
        guard keyID != 0 else { return receiveUnencrypted(packet, on: connection, dataCenter) }
        let now = clock.now()
        guard let entry = keys.usable(keyID, dataCenter: dataCenter, at: now.wall) else {
            return fail(connection, 404, "a key that is not known")
        }
        do {
            // Padded transports may leave bytes behind the last block.
            var packet = packet
            packet.removeLast((packet.count - Envelope.openByteCount) % 16)
            let opened = try Envelope.open(&packet, key: entry.key, from: .client)
            if wantsQuickAck { write(connection.pipeline.quickAck(opened.quickAckToken), to: connection) }
            receive(opened, packet, key: entry, on: connection, at: now)
        } catch {
            // The key is right, so the packet was damaged, and nothing after it can be trusted.
            state.count { $0.undecryptablePackets += 1 }
            log.debug("\(id) closed: \(error)")
            close(connection)
        }
    }

    private func dataCenter(of connection: ServerConnection) -> Int32? {
        if let dataCenter = connection.dataCenter { return dataCenter }
        // A proxy is told a number that is negative for media and has 10000 added for test servers.
        let number = Int32(connection.pipeline.dataCenter ?? 0).magnitude % 10_000
        guard let dataCenter = dataCenters.first(where: { $0.id == Int32(number) }) else {
            fail(connection, 444, "data centre \(number), which is not served")
            return nil
        }
        connection.dataCenter = dataCenter.id
        return dataCenter.id
    }

    private func receiveUnencrypted(_ packet: [UInt8], on connection: ServerConnection, _ dataCenter: Int32) {
        let now = clock.now()
        do throws(MTProtoError) {
            let body = try UnencryptedMessage.body(of: packet, from: .client).body
            var exchange = connection.exchange ?? makeExchange(for: dataCenter)
            let step = try exchange?.received(body, at: now)
            connection.exchange = exchange
            switch step {
            case .send(let answer): sendUnencrypted(answer, by: connection, at: now)
            case .finished(let answer, let key, let firstSalt, let expiresIn, _):
                add(key, dataCenter: dataCenter, firstSalt: firstSalt, expiresIn: expiresIn, at: now)
                sendUnencrypted(answer, by: connection, at: now)
            case nil: fail(connection, 404, "a data centre without a key")
            }
        } catch {
            fail(connection, 404, "a key exchange: \(error)")
        }
    }

    private func makeExchange(for dataCenter: Int32) -> ServerKeyExchange? {
        guard let key = privateKeys[dataCenter] else { return nil }
        let misbehaviour = exchangeMisbehaviours.isEmpty ? nil : exchangeMisbehaviours.removeFirst()
        return ServerKeyExchange(privateKey: key, random: random, misbehaviour: misbehaviour)
    }

    private func add(
        _ key: AuthKey,
        dataCenter: Int32,
        firstSalt: Int64,
        expiresIn: Int32?,
        at now: TimeReading
    ) {
        let salts = ServerSalts(first: firstSalt, at: now.wall, period: configuration.saltPeriod, random: random)
        let expiresAt = expiresIn.map { now.wall + .seconds(Int64($0)) }
        keys.add(key, dataCenter: dataCenter, expiresAt: expiresAt, salts: salts, at: now.wall)
        state.count { $0.keyExchanges += 1 }
    }

    private func sendUnencrypted(_ body: [UInt8], by connection: ServerConnection, at now: TimeReading) {
        let id = connection.unencryptedIDs.next(.serverAnswer, at: now.wall)
        send(UnencryptedMessage.packet(body: body, id: id), by: connection)
    }

    // MARK: - Sending and closing

    /// Sends a packet, with the faults of the way to the client.
    func send(_ packet: [UInt8], by connection: ServerConnection) {
        let id = connection.id
        suffer(packet, on: connection, \.outgoingFaults) { core, packet in
            guard let connection = core.connections[id], !connection.isClosed else { return }
            core.state.count { $0.packetsSent += 1 }
            core.write(connection.pipeline.send(packet), to: connection)
        }
    }

    private func write(_ bytes: [UInt8], to connection: ServerConnection) {
        guard !bytes.isEmpty, !connection.isClosed else { return }
        state.count { $0.bytesSent += bytes.count }
        connection.channel.write(bytes)
    }

    /// Reports a transport error and closes.
    func fail(_ connection: ServerConnection, _ code: Int32, _ reason: @autoclosure () -> String) {
        log.debug("\(connection.id) gets transport error \(code): \(reason())")
        write(connection.pipeline.error(code), to: connection)
        close(connection)
    }

    func close(_ connection: ServerConnection) {
        guard !connection.isClosed else { return }
        connection.channel.close()
        forget(connection)
    }

    func reset(_ connection: ServerConnection) {
        guard !connection.isClosed else { return }
        connection.channel.reset()
        forget(connection)
    }

    private func forget(_ connection: ServerConnection) {
        guard !connection.isClosed else { return }
        connection.isClosed = true
        connections[connection.id] = nil
        state.count { $0.connectionsOpen -= 1 }
        for address in connection.sessions {
            guard let session = sessions[address] else { continue }
            session.machine.detach(connection.id)
            session.handle.setConnected(!session.machine.connections.isEmpty)
            touch(session)
        }
    }
}

import MTProto
public import TelegramAPI

extension TelegramClient {
    /// Sends many requests of one kind together, and returns an outcome for each, in the order of the requests.
    ///
    /// Each is treated as if it had been called alone: a wait that the server demands of one does not disturb the
    /// others.
    /// - Parameter ordered: Whether the server executes them one after the other, each only when the one before it has
    ///   succeeded. When one fails for good, those after it fail with `predecessorFailed`.
    public func callAll<Function: TLFunction>(
        _ functions: [Function],
        ordered: Bool = false,
        floodSleepThreshold: Duration? = nil
    ) async -> [Result<Function.Response, any Error>] {
        if ordered { return await core.callInOrder(functions, floodSleepThreshold) }
        return await withTaskGroup(of: (Int, Result<Function.Response, any Error>).self) { group in
            for (index, function) in functions.enumerated() {
                group.addTask { [core] in (index, await core.outcome(of: function, floodSleepThreshold)) }
            }
            var outcomes: [Result<Function.Response, any Error>?] = Array(repeating: nil, count: functions.count)
            for await (index, outcome) in group { outcomes[index] = outcome }
            return outcomes.compactMap { $0 }
        }
    }

    /// Sends requests of different kinds together, and returns an outcome for each.
    ///
    /// ```swift
    /// let (config, nearest) = await client.callAll(TL.help.GetConfig(), TL.help.GetNearestDc())
    /// print(try nearest.get().country, try config.get().thisDC)
    /// ```
    /// For requests that have to be executed in their order see ``callAll(_:ordered:floodSleepThreshold:)``.
    public func callAll<each Function: TLFunction>(
        _ functions: repeat each Function
    ) async -> (repeat Result<(each Function).Response, any Error>) {
        let tasks = TaskBag()
        func start<One: TLFunction>(_ function: One) -> Task<Result<One.Response, any Error>, Never> {
            let task = Task { [core] in await core.outcome(of: function, nil) }
            tasks.add { task.cancel() }
            return task
        }
        let started = (repeat start(each functions))
        return await withTaskCancellationHandler {
            (repeat await (each started).value)
        } onCancel: {
            tasks.cancelAll()
        }
    }
}

extension ClientCore {
    nonisolated func outcome<Function: TLFunction>(
        of function: Function,
        _ floodSleepThreshold: Duration?
    ) async -> Result<Function.Response, any Error> {
        do {
            return .success(try await call(function, floodSleepThreshold: floodSleepThreshold))
        } catch {
            return .failure(error)
        }
    }
}

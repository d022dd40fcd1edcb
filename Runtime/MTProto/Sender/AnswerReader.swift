import TLRuntime

/// Turns the outcome of a request into what its caller wants.
struct AnswerReader<Answer: Sendable>: Sendable {
    private let name: String
    private let method: (any TLFunction.Type)?
    private let read: @Sendable (UnsafeRawBufferPointer) throws(TLDecodingError) -> Answer

    /// Decodes the answer of a function.
    init<Function: TLFunction>(_ function: Function.Type) where Answer == Function.Response {
        name = Function.name
        method = function
        read = { bytes throws(TLDecodingError) in try Function.Response(decoding: bytes) }
    }

    /// Decodes the answer of a function whose type the caller does not know.
    init<Function: TLFunction>(erasing function: Function.Type) where Answer == any TLCodable {
        name = Function.name
        method = function
        read = { bytes throws(TLDecodingError) in try Function.Response(decoding: bytes) }
    }

    /// Copies the bytes.
    init(name: String) where Answer == [UInt8] {
        self.name = name
        method = nil
        read = { Array($0) }
    }

    func result(
        of outcome: RequestOutcome,
        makeError: (Int, String, (any TLFunction.Type)?) -> any Error
    ) -> Result<Answer, any Error> {
        switch outcome {
        case .answer(let slice): decode(slice)
        case .refused(let code, let name): .failure(makeError(Int(code), name, method))
        case .failed(let error): .failure(error)
        }
    }

    private func decode(_ slice: ArraySlice<UInt8>) -> Result<Answer, any Error> {
        slice.withUnsafeBytes { bytes in
            do throws(TLDecodingError) {
                return .success(try read(bytes))
            } catch {
                return .failure(
                    MTProtoError(.undecodableAnswer, "the answer to '\(name)' cannot be decoded: \(error)")
                )
            }
        }
    }
}

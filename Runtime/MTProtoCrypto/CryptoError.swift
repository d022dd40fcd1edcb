/// Why something could not be decrypted, inflated, parsed or proven.
///
/// The message never shows a secret: it names sizes and kinds, not contents.
package struct CryptoError: Error, Sendable, Hashable {
    package enum Code: Sendable, Hashable {
        /// A key does not follow its format.
        case malformedKey
        /// A key is well formed, and not one that the protocol allows.
        case unsuitableKey
        /// The input is larger than the operation can take.
        case inputTooLarge
        /// Compressed bytes end before their content does.
        case truncatedInput
        /// Compressed bytes do not follow their format, or their checksum is wrong.
        case corruptInput
        /// Bytes follow after the end of the compressed ones.
        case trailingBytes
        /// Compressed bytes would inflate beyond the limit.
        case outputTooLarge
        /// The numbers of a password check break its rules, so answering could give the password away.
        case insecureParameters
        /// The source of randomness gave useless bytes again and again, which chance does not explain.
        case brokenRandomness
    }

    package let code: Code
    /// One sentence: what was found, and what was expected.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension CryptoError: CustomStringConvertible {
    package var description: String { message }
}

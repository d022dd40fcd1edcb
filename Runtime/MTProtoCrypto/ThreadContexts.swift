import CMTProtoOpenSSL

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// OpenSSL's working memory, kept for each thread: to make it anew costs more than to hash or encrypt a short message.
///
/// Whoever borrows a context initialises it, uses it and is done before anything else can run on the thread; nothing in
/// between suspends or calls out. A context keeps its last key until the next use or the end of the thread.
final class ThreadContexts {
    let sha1 = EVP_MD_CTX_new()
    let sha256 = EVP_MD_CTX_new()
    let sha512 = EVP_MD_CTX_new()
    let cbc = EVP_CIPHER_CTX_new()
    let ecb = EVP_CIPHER_CTX_new()

    deinit {
        EVP_MD_CTX_free(sha1)
        EVP_MD_CTX_free(sha256)
        EVP_MD_CTX_free(sha512)
        EVP_CIPHER_CTX_free(cbc)
        EVP_CIPHER_CTX_free(ecb)
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        #if canImport(Darwin)
            let status = pthread_key_create(&key) { Unmanaged<ThreadContexts>.fromOpaque($0).release() }
        #else
            let status = pthread_key_create(&key) { $0.map { Unmanaged<ThreadContexts>.fromOpaque($0).release() } }
        #endif
        precondition(status == 0, "no thread-local storage is left in this process")
        return key
    }()

    static var current: ThreadContexts {
        if let pointer = pthread_getspecific(key) {
            return Unmanaged<ThreadContexts>.fromOpaque(pointer).takeUnretainedValue()
        }
        let contexts = ThreadContexts()
        let status = pthread_setspecific(key, Unmanaged.passRetained(contexts).toOpaque())
        precondition(status == 0, "no memory is left for the thread's cipher contexts")
        return contexts
    }
}

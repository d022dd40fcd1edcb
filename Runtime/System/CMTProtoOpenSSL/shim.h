#ifndef CMTPROTO_OPENSSL_SHIM_H
#define CMTPROTO_OPENSSL_SHIM_H

// The part of OpenSSL's libcrypto that MTProtoCrypto uses. What OpenSSL offers as a macro or a variadic function, Swift
// cannot call; those have a function here.

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/opensslv.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#if OPENSSL_VERSION_MAJOR < 3
#error "MTProtoCrypto needs OpenSSL 3: install libssl-dev (Debian, Ubuntu), openssl-devel (Fedora) or openssl@3 (Homebrew)"
#endif

/// A new RSA key pair; NULL on failure.
static inline EVP_PKEY *cmtproto_rsa_generate(size_t bits) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits);
}

#endif

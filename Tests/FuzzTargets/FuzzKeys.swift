import MTProto
import MTProtoCrypto

/// A server's key that only fuzzing uses.
enum FuzzKeys {
    static let server = try? RSAPrivateKey(pem: privatePEM)
    static let authKey = AuthKey(bytes: ReplayedRandom(seed: 11).bytes(AuthKey.byteCount))
    static let permanentKey = AuthKey(bytes: ReplayedRandom(seed: 12).bytes(AuthKey.byteCount))

    static let privatePEM = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEogIBAAKCAQEA4Jbp+1TVehpNgpn5UFc039on5kTLgtTAc2v1HLMuqI/9Ab/Q
        wZiVz4SRKaocSm3F9nJjlETyJYDVFViEXXvW5w6Vn/J9rwiAby7oDfyh0rzFfcij
        Vqsi0pu5lQrHrWjbHPsCcV+o3XJ+/waAMIKwRHE69q5oXrnC6S4Bnh/TYZ8VSG6i
        zgPb/OzUJ4Vs9TkwQ8orqU0qbcqrh/QTrB3z8EOn5lcUT/6zC66jela75kzb5Evf
        AtgZxLUsbghvkH5QgiBAeZSOgMLmLFhdjUSM6kgMoOeI+btF2vLxcxcw6pPfaZ3t
        Bp7EMHR31InAZrw7udPEXIPv6U6L/MmKdSFMdwIDAQABAoIBAF1NhO5Di5567+mK
        gx9j41T+IiZRPUTgkwVAe+eM7xzbGM6RvC25cL9yAQaQo8kt+piMZB80V27KK3v/
        NppJuPlrvzBgQuOlAgpur7wj0KymfNtpL6ZxWXmqdTpcbKD3l1PeWeD0z0gUaXsU
        XcwJdyYv7kGOKlD0FmveD5D8AsqiT6LS4Lxno0EQ1IG6iJZk/Iji+hXJo+2rmz+v
        91dtZi2Nh0EnLbJe9nN5HQm0QqiWGNjh/U97KXMOn7N3CEfG6msQ/K34YVWY0hrF
        H+FencJ6V8YzQl3C/6cXO+hyt/FVxEPoHzfpN/4gUfEymk5lGY1vNBRwL5uWDeBh
        FyvwQi0CgYEA9TWqOe+nzUCiSq29Vhv/Jl4Tlow0gOih8WquS5cV8oMVguHiPgJs
        KUnTDcRvnKqzMwCrUgLbHtVyTBBChc0zmnTxEbIzAKST6bokzRrfD4mzp21rfS5s
        6zOb8lt5Ex/IguvAc/zXOQsZn1ZAwr56Go9th1k5stwcjjdb0SX8OIMCgYEA6nj1
        lHrblDG0lDLmUgKpzapZig2/yWf6T9MVgiHqT6gXH8dIn28EFyBCYPCuLl4km3n+
        wO992SdY2kNfgwNTkQnPRhtqkYD6EP1sctaOxn7oJFY7R8JSuiVLIWCMOWg4X8fr
        zRtIcw7Swtpg5Z1k/X3n/Bdbe4BG5MUy1IZUUf0CgYB6qa3N7aTzeDG3SdI9ESRB
        /S2vUdOx6K2aJtOp3JqOBiTspDKY8n1I6jU53do3dOzPxrXtAKC8e+oBQuEELfJy
        ga1WPN5mo+2aLhPaxmZvT2Mfjg0HQgIaZmbMhhW7C1syotxTKVhAoNzgaDVdNgu+
        3aDc5DWI07M1MVws8+OIIQKBgHK7z8fhOnNQw0FFiuiUfwyxj/D6+18NrzHCY6Ly
        /5oM8YvOU14Yz9KVKYYQH9t2m8kssBku19Eb7OGY2DLevNSbDT8MCWC70SHhMGEd
        Vm4RCX1GaOmbUCngN9xURymMMxHDXUJXWGNc3IsWmxWgqBtWsd7sewp64bXuPQo7
        1STtAoGAHgvXfY47mFVNtp2ypv2I6pXBplmCehjvX0rVobp1iBaaOt2NGVVzq+9E
        bWTTCLRDB5oW5EWXT/xUeZewtdUX+v0lnOlM/Q2JiFJN5D3hXOMdDamq0YV2K1ok
        v6ZAkLtJrptu1xzAOSm+NukOPchVErOQCd0bdL/FQEoFe+8AtQI=
        -----END RSA PRIVATE KEY-----
        """
}

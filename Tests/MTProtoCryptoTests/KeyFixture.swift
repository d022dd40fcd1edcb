import MTProtoCrypto

/// A key that was generated for these tests and is used nowhere else, in all the forms it can be written in.
enum KeyFixture {
    static let publicPKCS1 = """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEAsYTv9+zPjo2VBmXU1VhRV54uXf4oeiJOzzW0vRuR5DroMebH843y
        s0ymiX2OflW7C/GlQWfSVhNdiYQKZLD7wmo+WXxVWZyOHDFi3MOR0+kzw1IcxbNO
        ePAPlZfuU1msyo6/zx/P+Qe/HA7uqe2u9Y+dszOPwe7WkQicCa4UupFRr5Sk7Yun
        mhf5HrYXq4O5V5q3o1Po1aA6nUFpjzIO7ILIFxVmWZSmOIGwFHInogIU8wY+mD8F
        tmXVyRMatu5Cuka8SXbqpaUjYZ2VOcEjTiRCJHghPuYOt1pJa5Wwu5wd55MOHcun
        g3j8VWeeU5PSNsIH743qXxgQ5EiVjITkFQIDAQAB
        -----END RSA PUBLIC KEY-----
        """

    static let publicSPKI = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsYTv9+zPjo2VBmXU1VhR
        V54uXf4oeiJOzzW0vRuR5DroMebH843ys0ymiX2OflW7C/GlQWfSVhNdiYQKZLD7
        wmo+WXxVWZyOHDFi3MOR0+kzw1IcxbNOePAPlZfuU1msyo6/zx/P+Qe/HA7uqe2u
        9Y+dszOPwe7WkQicCa4UupFRr5Sk7Yunmhf5HrYXq4O5V5q3o1Po1aA6nUFpjzIO
        7ILIFxVmWZSmOIGwFHInogIU8wY+mD8FtmXVyRMatu5Cuka8SXbqpaUjYZ2VOcEj
        TiRCJHghPuYOt1pJa5Wwu5wd55MOHcung3j8VWeeU5PSNsIH743qXxgQ5EiVjITk
        FQIDAQAB
        -----END PUBLIC KEY-----
        """

    static let privatePKCS1 = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEogIBAAKCAQEAsYTv9+zPjo2VBmXU1VhRV54uXf4oeiJOzzW0vRuR5DroMebH
        843ys0ymiX2OflW7C/GlQWfSVhNdiYQKZLD7wmo+WXxVWZyOHDFi3MOR0+kzw1Ic
        xbNOePAPlZfuU1msyo6/zx/P+Qe/HA7uqe2u9Y+dszOPwe7WkQicCa4UupFRr5Sk
        7Yunmhf5HrYXq4O5V5q3o1Po1aA6nUFpjzIO7ILIFxVmWZSmOIGwFHInogIU8wY+
        mD8FtmXVyRMatu5Cuka8SXbqpaUjYZ2VOcEjTiRCJHghPuYOt1pJa5Wwu5wd55MO
        Hcung3j8VWeeU5PSNsIH743qXxgQ5EiVjITkFQIDAQABAoIBABlv8i71mRxVP2iG
        SQQ1PpquiPhhBg3SQrbAfGCoxbQNmN4lsrs8uO1ma2rCOhvyTvY8LzD7HpHE/p9I
        83BQSBMoxDxwa46Gt3pkvUTjJU9XWFqBtqvBsNn1lFYcSkNZU0BHSkb0yQlnScRM
        g3iIHY0EglV+avggMFDiCfH9Ju1AzltwZNchOImO+43hQnbffGbOTtmMichaEgYW
        mtPX3GZX0kBZ2KSTYXvN06NXGbdSk83zsRI64w360TsQGMql8m3FHllKfoVEl48B
        QwmCVn26keWzgpktfdhmd5jDCoP1LDmD7bnHfH422tpeEj8MfM5E4NsqwqkwV4jR
        tjgV47UCgYEA4wejcb5Tj2b1oMdmg/3bOEDLQcW7LwPHPGArmA7mV2bcl3LLKgjD
        jn4IguqZWLpHpNIyCHWssOTHsb8GMZ47cmQ5FW5v2tvbLu0wK3Q7lnMDvaq6DFtw
        uSrJO/7M0zqYwNgNcVwuK/tAxAOsnESRSVWkijPyOMSCESQqtjjlNGMCgYEAyCvx
        TSYqxf06B/RjjJZMMaUkvVF/ArBnR+QlP/lry6JuC5AyVCEqVz1QRi8IkQNcr9kY
        D7NL/g2s4f2/RxGzI4q0ewmQnxnuPi1ddv+9NyX0Vse5AMdutZbqvQdOE/hB66q8
        q9bRWea4lg+Se5TBYwyFnxkX+jnr4EK2nCLMQycCgYA3m0NZNLjawukevDhL0/3B
        xX0DWx8B4PcHvrZuxBd/CN626ZMBdKwRVqVXC4cLyHSL1kAS+l+V5DNVQeiOdqcw
        2YNx0F7tSDRjRg0qV4nQy9L6vbpcFHmDoQsw+rPIeO25LjH8tgtJEn1GhW/dxp2f
        TK7Eevy1EsyYzjb38u+Q6QKBgHskNUztxvCICLQuDzPEnlkILCLfSNBhrxfV7Wh+
        y2a5pRMuARgqUv7aNFEIzC9Rrypq1leKSJyg0xMv5AUXiWm7Aa6TQsntzNepVs9H
        IqMTkU31jgVBqwTBM+VX4ht85SjSn0DjZWT1/+Yo7EdkStfhMy6d5FdGXKpYwDgr
        XBePAoGAaXTDjNy79U3ZdQriI87OvC9s3vdefFCk/F/5RXeI0pm7e+SKqkBSM4Bj
        smemFDSdrizKhfpMrPdMVaxYmJhpU8k7Kp32tO79pSWLpP2bUVJvOMwKH/OrzoXf
        Jkzzsc+fGV/oQY7Om0iumlsGFBQYP2NY+cSmnLKhuzo+bwWyWe8=
        -----END RSA PRIVATE KEY-----
        """

    static let privatePKCS8 = """
        -----BEGIN PRIVATE KEY-----
        MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCxhO/37M+OjZUG
        ZdTVWFFXni5d/ih6Ik7PNbS9G5HkOugx5sfzjfKzTKaJfY5+VbsL8aVBZ9JWE12J
        hApksPvCaj5ZfFVZnI4cMWLcw5HT6TPDUhzFs0548A+Vl+5TWazKjr/PH8/5B78c
        Du6p7a71j52zM4/B7taRCJwJrhS6kVGvlKTti6eaF/ketherg7lXmrejU+jVoDqd
        QWmPMg7sgsgXFWZZlKY4gbAUcieiAhTzBj6YPwW2ZdXJExq27kK6RrxJduqlpSNh
        nZU5wSNOJEIkeCE+5g63WklrlbC7nB3nkw4dy6eDePxVZ55Tk9I2wgfvjepfGBDk
        SJWMhOQVAgMBAAECggEAGW/yLvWZHFU/aIZJBDU+mq6I+GEGDdJCtsB8YKjFtA2Y
        3iWyuzy47WZrasI6G/JO9jwvMPsekcT+n0jzcFBIEyjEPHBrjoa3emS9ROMlT1dY
        WoG2q8Gw2fWUVhxKQ1lTQEdKRvTJCWdJxEyDeIgdjQSCVX5q+CAwUOIJ8f0m7UDO
        W3Bk1yE4iY77jeFCdt98Zs5O2YyJyFoSBhaa09fcZlfSQFnYpJNhe83To1cZt1KT
        zfOxEjrjDfrROxAYyqXybcUeWUp+hUSXjwFDCYJWfbqR5bOCmS192GZ3mMMKg/Us
        OYPtucd8fjba2l4SPwx8zkTg2yrCqTBXiNG2OBXjtQKBgQDjB6NxvlOPZvWgx2aD
        /ds4QMtBxbsvA8c8YCuYDuZXZtyXcssqCMOOfgiC6plYukek0jIIdayw5MexvwYx
        njtyZDkVbm/a29su7TArdDuWcwO9qroMW3C5Ksk7/szTOpjA2A1xXC4r+0DEA6yc
        RJFJVaSKM/I4xIIRJCq2OOU0YwKBgQDIK/FNJirF/ToH9GOMlkwxpSS9UX8CsGdH
        5CU/+WvLom4LkDJUISpXPVBGLwiRA1yv2RgPs0v+Dazh/b9HEbMjirR7CZCfGe4+
        LV12/703JfRWx7kAx261luq9B04T+EHrqryr1tFZ5riWD5J7lMFjDIWfGRf6Oevg
        QracIsxDJwKBgDebQ1k0uNrC6R68OEvT/cHFfQNbHwHg9we+tm7EF38I3rbpkwF0
        rBFWpVcLhwvIdIvWQBL6X5XkM1VB6I52pzDZg3HQXu1INGNGDSpXidDL0vq9ulwU
        eYOhCzD6s8h47bkuMfy2C0kSfUaFb93GnZ9MrsR6/LUSzJjONvfy75DpAoGAeyQ1
        TO3G8IgItC4PM8SeWQgsIt9I0GGvF9XtaH7LZrmlEy4BGCpS/to0UQjML1GvKmrW
        V4pInKDTEy/kBReJabsBrpNCye3M16lWz0cioxORTfWOBUGrBMEz5VfiG3zlKNKf
        QONlZPX/5ijsR2RK1+EzLp3kV0ZcqljAOCtcF48CgYBpdMOM3Lv1Tdl1CuIjzs68
        L2ze9158UKT8X/lFd4jSmbt75IqqQFIzgGOyZ6YUNJ2uLMqF+kys90xVrFiYmGlT
        yTsqnfa07v2lJYuk/ZtRUm84zAof86vOhd8mTPOxz58ZX+hBjs6bSK6aWwYUFBg/
        Y1j5xKacsqG7Oj5vBbJZ7w==
        -----END PRIVATE KEY-----
        """

    /// The bytes of a PEM block, decoded by hand.
    static func der(_ pem: String) -> [UInt8]? {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let digits = pem.split(separator: "\n").dropFirst().dropLast().joined()
        var (bytes, buffer, bits): ([UInt8], Int, Int) = ([], 0, 0)
        for digit in digits where digit != "=" {
            guard let value = alphabet.firstIndex(of: digit) else { return nil }
            (buffer, bits) = (buffer << 6 & 0xffff | value, bits + 6)
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(buffer >> bits & 0xff))
            }
        }
        return bytes
    }

    /// The opposite, in one line.
    static func pem(_ label: String, _ der: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: der.count, by: 3) {
            let part = der[start..<min(start + 3, der.count)]
            let number = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
            for digit in 0..<4 {
                text.append(digit <= part.count ? alphabet[number >> (18 - 6 * digit) & 63] : "=")
            }
        }
        return "-----BEGIN \(label)-----\n\(text)\n-----END \(label)-----\n"
    }
}

import MTProtoCrypto
import Testing

struct DiffieHellmanGroupTests {
    private typealias Group = DiffieHellmanGroup

    private func failure(_ prime: [UInt8], _ generator: Int) -> DiffieHellmanGroup.GroupFailure? {
        do throws(DiffieHellmanGroup.GroupFailure) {
            try Group.check(prime: prime, generator: generator)
            return nil
        } catch {
            return error
        }
    }

    /// It is 3 modulo 8, 2 modulo 3, 3 modulo 5, 11 modulo 24 and 6 modulo 7.
    @Test(arguments: [
        (0, false), (1, false), (2, false), (3, true), (4, true), (5, false), (6, false), (7, true), (8, false),
        (-3, false), (Int.max, false), (Int.min, false),
    ])
    func knownPrimeTakesSomeGenerators(_ generator: Int, _ isGood: Bool) {
        #expect(failure(Group.knownPrime, generator) == (isGood ? nil : .badGenerator))
    }

    /// Group 14 of RFC 3526, which fits all generators.
    private static let modp2048 = hex(
        """
        FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B
        302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6
        49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D
        670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718
        3995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFFFFFFFFFFFFFF
        """
    )

    @Test(arguments: 2...7)
    func otherSafePrimesAreTested(_ generator: Int) {
        // Twice, because the second time the answer is remembered.
        for _ in 0..<2 { #expect(failure(Self.modp2048, generator) == nil) }
    }

    @Test(arguments: GeneratorCase.all)
    func eachGeneratorHasItsCondition(_ test: GeneratorCase) {
        #expect(failure(test.prime, test.generator) == (test.isGood ? nil : .badGenerator))
    }

    /// The generator is checked first, so numbers that are no safe primes show for each remainder what it is good for.
    @Test(
        arguments: [(2, 8, [7]), (3, 3, [2]), (5, 5, [1, 4]), (6, 24, [19, 23]), (7, 7, [3, 5, 6])]
            as [(Int, UInt64, Set<UInt64>)]
    )
    func everyRemainderDecidesAboutItsGenerator(_ generator: Int, _ modulus: UInt64, _ good: Set<UInt64>) {
        let start = BigNumber(bytes: Self.unsafePrime)
        for distance in 1...modulus {
            let number = start + BigNumber(distance)
            let isGood = good.contains(number.modulo(modulus))
            #expect(failure(number.bytes(), generator) == (isGood ? .notSafePrime : .badGenerator))
        }
    }

    @Test func zerosInFrontDoNotMatter() {
        #expect(failure([0, 0] + Group.knownPrime, 3) == nil)
        #expect(failure([UInt8](repeating: 0, count: 10_000) + Group.knownPrime, 3) == .wrongSize)
    }

    @Test func wrongSizesAreRefused() {
        #expect(failure([], 3) == .wrongSize)
        #expect(failure([23], 4) == .wrongSize)
        #expect(failure(Array(Group.knownPrime.dropLast()), 4) == .wrongSize)
        #expect(failure(Group.knownPrime + [1], 4) == .wrongSize)
        #expect(failure(Self.prime2047, 4) == .wrongSize)
    }

    @Test func primesWhoseHalfIsCompositeAreRefused() {
        #expect(BigNumber(bytes: Self.unsafePrime).isPrime)
        #expect(failure(Self.unsafePrime, 4) == .notSafePrime)
    }

    @Test func compositesAreRefused() {
        var even = Group.knownPrime
        even[255] &= 0xfe
        #expect(failure(even, 4) == .notSafePrime)
        for change in [2, 4, 6, 0x80] as [UInt8] {
            var other = Group.knownPrime
            other[255] ^= change
            #expect(failure(other, 4) == .notSafePrime)
        }
        #expect(failure([UInt8](repeating: 0xff, count: 256), 4) == .notSafePrime)
        // The half is prime, the whole is not: 2q + 1 for a prime q.
        #expect(BigNumber(bytes: Self.primeHalf).isPrime)
        let composite = (BigNumber(bytes: Self.primeHalf) << 1) + BigNumber(1)
        #expect(failure(composite.bytes(), 4) == .notSafePrime)
    }

    @Test func publicValuesMustKeepAwayFromTheEnds() {
        let prime = BigNumber(bytes: Group.knownPrime)
        let margin = BigNumber(1) << 1984
        let one = BigNumber(1)
        let table: [(BigNumber, Bool)] = [
            (BigNumber(0), false), (one, false), (margin - one, false), (margin, true), (margin + one, true),
            (prime >> 1, true), (prime - margin - one, true), (prime - margin, true), (prime - margin + one, false),
            (prime - one, false), (prime, false), (prime + margin, false), (prime << 300, false),
        ]
        for (value, isGood) in table {
            #expect(Group.isInRange(value.bytes(), prime: Group.knownPrime) == isGood)
            #expect(Group.isInRange([0] + value.bytes(), prime: Group.knownPrime) == isGood)
        }
        #expect(!Group.isInRange([], prime: Group.knownPrime))
        #expect(!Group.isInRange([1], prime: []))
        #expect(!Group.isInRange(margin.bytes(), prime: margin.bytes()))
        #expect(!Group.isInRange([UInt8](repeating: 1, count: 100_000), prime: Group.knownPrime))
    }

    @Test func bothSidesGetTheSamePower() {
        var generator = SeededGenerator.announced()
        let (a, b) = (generator.bytes(256), generator.bytes(256))
        let first = Group.power(base: [3], exponent: a, prime: Group.knownPrime)
        let second = Group.power(base: [3], exponent: b, prime: Group.knownPrime)
        let shared = Group.power(base: second, exponent: a, prime: Group.knownPrime)
        #expect(shared == Group.power(base: first, exponent: b, prime: Group.knownPrime))
        #expect(shared.count == 256 && first.count == 256)
        #expect(
            Group.power(base: [3], exponent: [2], prime: Group.knownPrime) == [UInt8](repeating: 0, count: 255) + [9]
        )
    }

    private static let prime2047 = hex(
        """
        6d90224fa620493e5a743c34a62af2e5b9b35ae13b4b7069fc511298e141d68a060e50390eab2dc7ab0115030f44fd0f
        eed7077ebdb14c0c870da32300548c3aedf744b0e238cb7b3624a1eff56d1200b7a84f980451e7ffa75d014e0fb52ba2
        66c6384c060a90f550abef2119fc56cdec12369634b55ba89318551a3cdd4167756e6f8e02a0c1713ac0de0dcc341861
        a8e8c5a9291372f85cd522cf06e154506a6bcef8ad88c79849c4c2dab36873449c5e65af1981eec99cc9fee6e45c36e4
        a1721fafec2a6adb9c9b737771feea165e82bc2cb59891facd2ec91ef276b6239bc3e01accdc2a9789bc3da22ff35e1c
        db4ea5d67970c9ba64abb3180dd43835
        """
    )

    private static let unsafePrime = hex(
        """
        d32d4132e7269916988455c82fc804f2276fc37029000e4e0d34153a30664ad9c02e347a1e03d75d8b44d07ea05d42b3
        7694e99db7c12e1b92620a8ab3221c552c18a081cff15a0802ac1042748e8f2d68cc43fca599959e3782d321d65411bd
        214c7ffcbbfefa8b4170eda16e1cd63c2542efdbb6f39522f031abd4d0fa1b57e54ea9bb711bfd532dcec04cb4158335
        4f19fa92d04c2e55dacb84d57a1f501cba49f8f6918e9c0825266f6ad820104cd64a12c29fb1f90587c35d810bf3a6cd
        6c8fd12fbd743ed4c62fde88c3a0b61637d396a874ffb6c952033d6db885c1d0a722d18bac3c78e13ac65d496212fbc4
        afa4d47b583be663e0a446d7ac3ce543
        """
    )

    private static let primeHalf = hex(
        """
        6d90224fa620493e5a743c34a62af2e5b9b35ae13b4b7069fc511298e141d68a060e50390eab2dc7ab0115030f44fd0f
        eed7077ebdb14c0c870da32300548c3aedf744b0e238cb7b3624a1eff56d1200b7a84f980451e7ffa75d014e0fb52ba2
        66c6384c060a90f550abef2119fc56cdec12369634b55ba89318551a3cdd4167756e6f8e02a0c1713ac0de0dcc341861
        a8e8c5a9291372f85cd522cf06e154506a6bcef8ad88c79849c4c2dab36873449c5e65af1981eec99cc9fee6e45c36e4
        a1721fafec2a6adb9c9b737771feea165e82bc2cb59891facd2ec91ef276b6239bc3e01accdc2a9789bc3da22ff35e1c
        db4ea5d67970c9ba64abb3180dd43835
        """
    )
}

struct GeneratorCase: Sendable, CustomTestStringConvertible {
    let generator: Int
    let isGood: Bool
    let prime: [UInt8]

    var testDescription: String { "\(generator) \(isGood ? "fits" : "does not fit")" }

    static let all = primes.flatMap { prime, good in
        (2...7).map { GeneratorCase(generator: $0, isGood: good.contains($0), prime: prime) }
    }

    /// Safe primes that were searched for, with the generators that fit them: those `g` with `g ^ ((p - 1) / 2) = 1`.
    private static let primes: [(prime: [UInt8], good: Set<Int>)] = [
        (
            hex(
                """
                ef8a9a2de9b044bbff41099483c4ebae08864256ef180cb9ed05b0b779544b3d38c84f948394ca46e455c3a5c8ec8b6b
                cd928bb26af50b4b72aa5364008d29c65b88417595bd87d3a8373886f01a190757bbb7ce77629f2ae632a556ceba0654
                0be5307d47862af88c0084cfe339ee4eb5373a10fb166fa89c4bcc9c84707f1372fbe4da017dfe5208603f8d4240008c
                bc414fe4575c45047d4b791797fa011552f5092dda325f71728ac79b16976620226cf198ca3fcc3da7313f3d4127f157
                b891010e3569348a55b9d4719d36466a043b18a8360541dd22312048f05e4edfaa07ce14b558b9c9180f3056fb24e16c
                150012ca195b999c8e7f2e5e7a472f6b
                """
            ),
            [3, 4, 5, 7]
        ),
        (
            hex(
                """
                d745524a9b05ac085b388569a958d3f4ad14962ef018670e98b9b2c98027c1b8476e786cb03422969dd891461236d3ec
                905b6d8a4d9a3fee9d61f5e22d4300b0e9a425f958b626a7c48ca686ea746c9a401ca04a2a58540610c3e421ac8001d4
                9b43a76523c8517ae9ed02002f5bb4ca16186a916267656599b95f737c87fc14e7546ed19fd3509d78021e62748540b7
                d979b623b1f2aa0500709bb14493aaa73341cf77d7d96b054ef8eec9482a0d8f28220264124011f25cc5cd3d33dbe7f2
                4563735b844d36c965ee7a54ffb43a92a9bbb593ff9efbc5f4e7d4ed38c40747b0b7a6da386f06b9802f301e18515a37
                be33b8ef2dd2d8315a7fc0ff08b2a2c3
                """
            ),
            [3, 4, 7]
        ),
    ]
}

import Testing

@testable import AssayFiles

/// Oracle: the vectors of RFC 4231 for HMAC-SHA-256.
@Suite struct `Keyed digests` {
  private struct Vector {
    var key: [UInt8]
    var data: [UInt8]
    var digest: String
  }

  private static let vectors = [
    Vector(
      key: [UInt8](repeating: 0x0b, count: 20), data: Array("Hi There".utf8),
      digest: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    Vector(
      key: Array("Jefe".utf8), data: Array("what do ya want for nothing?".utf8),
      digest: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    Vector(
      key: [UInt8](repeating: 0xaa, count: 20), data: [UInt8](repeating: 0xdd, count: 50),
      digest: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    Vector(
      key: Array(0x01...0x19), data: [UInt8](repeating: 0xcd, count: 50),
      digest: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    // A key longer than a block of the digest.
    Vector(
      key: [UInt8](repeating: 0xaa, count: 131),
      data: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      digest: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
  ]

  @Test func `they are those of the standard`() {
    for vector in Self.vectors {
      #expect(HMACDigest.hex(of: vector.data, key: vector.key) == vector.digest)
    }
  }
}

internal import CSodium

/// The SHA-256 digest of bytes, as 64 hexadecimal digits.
///
/// Source: NIST (2015), Secure Hash Standard, FIPS 180-4, doi:10.6028/NIST.FIPS.180-4.
public struct SHA256Digest: Sendable {
  private var state: crypto_hash_sha256_state

  /// Starts a digest of nothing.
  public init() {
    state = crypto_hash_sha256_state()
    _ = unsafe crypto_hash_sha256_init(&state)
  }

  /// Adds bytes to the digest.
  ///
  /// - Complexity: O(n).
  public mutating func update(_ bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { buffer in
      let base = unsafe buffer.bindMemory(to: UInt8.self).baseAddress
      guard let base = unsafe base, buffer.count > 0 else { return }
      // Whole blocks go through the processor's own instructions if none is half full.
      let isAligned = state.count & 511 == 0
      let blocks = isAligned && assay_has_sha256() != 0 ? buffer.count / 64 : 0
      if blocks > 0 { unsafe assay_sha256_blocks(&state, base, blocks) }
      let rest = buffer.count - 64 * blocks
      _ = unsafe crypto_hash_sha256_update(&state, base + 64 * blocks, UInt64(rest))
    }
  }

  /// Ends the digest.
  ///
  /// - Returns: 64 lower-case hexadecimal digits.
  public consuming func finish() -> String {
    var out = [UInt8](repeating: 0, count: 32)
    _ = unsafe crypto_hash_sha256_final(&state, &out)
    return Self.hexadecimal(out)
  }

  /// Bytes as lower-case hexadecimal digits.
  fileprivate static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  /// The digest of bytes that are at hand.
  public static func hex(of bytes: RawSpan) -> String {
    var digest = SHA256Digest()
    digest.update(bytes)
    return digest.finish()
  }
}

extension MappedFile {
  /// The SHA-256 digest of the contents.
  ///
  /// - Complexity: O(n).
  public func sha256() -> String {
    withBytes { SHA256Digest.hex(of: $0) }
  }
}

/// A keyed digest (HMAC with SHA-256): whoever lacks the key cannot tell what was digested, not even by
/// trying what it may have been.
///
/// Source: Krawczyk, Bellare and Canetti (1997), HMAC: Keyed-Hashing for Message Authentication,
/// RFC 2104, doi:10.17487/RFC2104.
package enum HMACDigest {
  /// The digest of bytes under a key of any length, as 64 lower-case hexadecimal digits.
  ///
  /// - Complexity: O(n).
  package static func hex(of bytes: [UInt8], key: [UInt8]) -> String {
    var state = crypto_auth_hmacsha256_state()
    var out = [UInt8](repeating: 0, count: 32)
    _ = unsafe crypto_auth_hmacsha256_init(&state, key, key.count)
    _ = unsafe crypto_auth_hmacsha256_update(&state, bytes, UInt64(bytes.count))
    _ = unsafe crypto_auth_hmacsha256_final(&state, &out)
    return SHA256Digest.hexadecimal(out)
  }
}

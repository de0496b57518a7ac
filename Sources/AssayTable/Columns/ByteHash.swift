/// The hash of byte strings that dictionaries in this target share.
///
/// It is fixed: equal bytes have equal hashes in every run and on every machine. It is no defence against someone
/// who chooses strings so that they collide; results stay right then, only slower.
enum ByteHash {
  static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Adds eight bytes.
  @inline(__always)
  static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
    return product ^ (product >> 29)
  }

  /// Adds the length and spreads the bits.
  @inline(__always)
  static func finish(_ hash: UInt64, length: Int) -> UInt64 {
    let product = (hash ^ UInt64(truncatingIfNeeded: length)) &* 0xC4CE_B9FE_1A85_EC53
    return product ^ (product >> 32)
  }

  /// The hash of bytes: words of eight, lowest byte first, the last one filled with zeros.
  static func hash(_ key: Span<UInt8>) -> UInt64 {
    var hash = seed
    var word: UInt64 = 0
    for index in key.indices {
      word |= UInt64(key[index]) << UInt64((index & 7) * 8)
      if index & 7 == 7 {
        hash = mix(hash, word)
        word = 0
      }
    }
    if key.count & 7 != 0 { hash = mix(hash, word) }
    return finish(hash, length: key.count)
  }
}

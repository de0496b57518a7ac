internal import AssayFiles

/// A view of mapped bytes that a scan may read in words of eight, also past the end.
///
// SAFETY: the base stays mapped as long as `owner` lives, and `MappedFile` promises `MappedFile.slack` readable zero
// bytes behind the end. Indices are checked in debug builds; every loop that uses this type stops at `count`.
@safe
struct Bytes: @unchecked Sendable {
  private let base: UnsafePointer<UInt8>
  private let owner: AnyObject
  /// The number of bytes.
  let count: Int

  /// The zero bytes behind the end that a scan may look at.
  static let slack = 16

  init(_ file: MappedFile) {
    owner = file
    count = file.count
    unsafe base = file.withUnsafeBytes { buffer in
      // A mapping always has a base, even an empty one.
      unsafe buffer.baseAddress.map { unsafe $0.assumingMemoryBound(to: UInt8.self) }
        ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
    }
  }

  /// Copies strings, each followed by a zero byte, so that a scan of one stops at its end.
  init(_ list: LevelList) {
    let box = ByteBox(capacity: list.bytes.count + list.count + 2 * Bytes.slack)
    var place = 0
    for index in 0..<list.count {
      for byte in list.bytes(at: index) {
        unsafe box.base[place] = byte
        place += 1
      }
      place += 1
    }
    owner = box
    count = place
    unsafe base = UnsafePointer(box.base)
  }

  /// The byte at an index, which may lie in the slack.
  @inline(__always)
  subscript(index: Int) -> UInt8 {
    assert(index >= 0 && index < count + Bytes.slack)
    return unsafe base[index]
  }

  /// Eight bytes, the first one lowest.
  @inline(__always)
  func word(at index: Int) -> UInt64 {
    assert(index >= 0 && index + 8 <= count + Bytes.slack + 8)
    return unsafe UInt64(
      littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
  }

  /// The first `length` (at most 8) bytes at an index, with zeros above.
  @inline(__always)
  func word(at index: Int, length: Int) -> UInt64 {
    length >= 8 ? word(at: index) : word(at: index) & ((1 << UInt64(length * 8)) - 1)
  }

  /// Whether two ranges hold the same bytes.
  @inline(__always)
  func equal(_ first: Int, _ second: Int, length: Int) -> Bool {
    var done = 0
    while done < length {
      let rest = length - done
      if word(at: first + done, length: rest) != word(at: second + done, length: rest) {
        return false
      }
      done += 8
    }
    return true
  }

  /// A checked span of a range, for the length of a call.
  func withSpan<Result>(_ start: Int, _ length: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    precondition(start >= 0 && length >= 0 && start + length <= count)
    let buffer = unsafe UnsafeBufferPointer(start: base + start, count: length)
    return unsafe body(buffer.span)
  }

  /// The hash of a range, as `ByteHash.hash` computes it.
  func hash(_ start: Int, _ length: Int) -> UInt64 {
    var hash = ByteHash.seed
    var done = 0
    while done < length {
      hash = ByteHash.mix(hash, word(at: start + done, length: length - done))
      done += 8
    }
    return ByteHash.finish(hash, length: length)
  }

  /// A copy of a range.
  func copy(_ start: Int, _ length: Int) -> [UInt8] {
    withSpan(start, length) { span in
      var copy: [UInt8] = []
      copy.reserveCapacity(span.count)
      for index in span.indices { copy.append(span[index]) }
      return copy
    }
  }

  /// Appends a range to an array.
  func append(_ start: Int, _ length: Int, to target: inout [UInt8]) {
    precondition(start >= 0 && length >= 0 && start + length <= count)
    unsafe target.append(contentsOf: UnsafeBufferPointer(start: base + start, count: length))
  }

  /// A range as text; broken UTF-8 is replaced.
  func text(_ start: Int, _ length: Int) -> String {
    String(decoding: copy(start, length), as: UTF8.self)
  }
}

/// Zeroed memory that is freed with its last reference.
///
// SAFETY: written only while `Bytes` is being made, read-only afterwards.
@safe
private final class ByteBox: @unchecked Sendable {
  let base: UnsafeMutablePointer<UInt8>

  init(capacity: Int) {
    unsafe base = .allocate(capacity: capacity)
    unsafe base.initialize(repeating: 0, count: capacity)
  }

  deinit { unsafe base.deallocate() }
}

/// Tests on eight bytes at once.
enum Word {
  static let ones: UInt64 = 0x0101_0101_0101_0101
  static let highs: UInt64 = 0x8080_8080_8080_8080

  /// A byte in all eight places.
  @inline(__always)
  static func pattern(_ byte: UInt8) -> UInt64 { ones &* UInt64(byte) }

  /// High bits at zero bytes; the lowest one is exact, those above a hit may be false.
  @inline(__always)
  static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  /// High bits at bytes below `limit` (at most 128); the lowest one is exact.
  @inline(__always)
  static func below(_ limit: UInt8, _ word: UInt64) -> UInt64 {
    (word &- pattern(limit)) & ~word & highs
  }

  /// High bits at exactly the bytes that equal the pattern's.
  @inline(__always)
  static func exactMatches(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let x = word ^ pattern
    return ~(((x & ~highs) &+ ~highs) | x | ~highs)
  }
}

/// The bytes of a file, of standard input, or of inflated data, readable as one piece of memory.
///
/// A regular file is mapped read-only, so reading it takes no anonymous memory. Behind the last byte lie at least
/// `slack` zero bytes that may be loaded too, so that a scan in steps of eight bytes needs no care at the end.
///
/// - Note: a mapped file that another program truncates while it is read stops the process, as with every
///   memory-mapped reader.
public final class MappedFile: Sendable {
  /// The number of readable zero bytes behind the contents.
  public static let slack = 8_192

  private let region: MappedRegion
  /// The number of bytes of contents.
  public let count: Int
  /// The base name, never a path: what reports may show.
  public let name: String
  /// The path as it was given, for messages.
  public let path: String

  init(region: MappedRegion, count: Int, name: String, path: String) {
    self.region = region
    self.count = count
    self.name = name
    self.path = path
  }

  /// Creates a file in memory from bytes, mostly for tests.
  ///
  /// - Complexity: O(n).
  public convenience init(bytes: some Collection<UInt8>, name: String) throws(FileError) {
    let size = bytes.count
    let region = try MappedRegion(capacity: size + MappedFile.slack, path: name)
    var position = 0
    for byte in bytes {
      unsafe region.base.storeBytes(of: byte, toByteOffset: position, as: UInt8.self)
      position += 1
    }
    self.init(region: region, count: size, name: name, path: name)
  }

  /// Calls `body` with the contents; the span is checked and ends at the last byte.
  public func withBytes<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let buffer = unsafe UnsafeRawBufferPointer(start: region.base, count: count)
    return try unsafe body(buffer.bytes)
  }

  /// Calls `body` with the contents; `slack` bytes behind the end may be loaded as well.
  ///
  /// The pointer stays valid as long as this object lives, not only during the call.
  @unsafe
  public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(UnsafeRawBufferPointer(start: region.base, count: count))
  }

  /// A copy of the first bytes.
  public func prefix(_ length: Int) -> [UInt8] { bytes(in: 0..<min(length, count)) }

  /// A copy of some bytes.
  ///
  /// The range must lie inside the contents.
  public func bytes(in range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "\(range) is outside")
    let part = unsafe UnsafeRawBufferPointer(start: region.base, count: count)[range]
    return unsafe Array(part)
  }
}

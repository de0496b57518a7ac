#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Bytes that are collected piece by piece in mapped memory and become a `MappedFile` without a copy at the end.
///
/// Growth doubles the mapping: O(n) bytes are moved in total.
package final class GrowingBytes {
  private var region: MappedRegion
  private let path: String
  private let limit: Int
  /// The number of bytes collected so far.
  package private(set) var count = 0

  /// Creates an empty collection.
  ///
  /// Room is made for `expected` bytes; more than `limit` are an error, which names `path`.
  package init(expected: Int, limit: Int, path: String) throws(FileError) {
    self.limit = limit
    self.path = path
    let start = max(65_536, min(expected, limit))
    region = try MappedRegion(capacity: start + MappedFile.slack, path: path)
  }

  /// Appends bytes.
  package func append(_ bytes: some Collection<UInt8>) throws(FileError) {
    try reserve(bytes.count)
    var position = count
    for byte in bytes {
      unsafe region.base.storeBytes(of: byte, toByteOffset: position, as: UInt8.self)
      position += 1
    }
    count = position
  }

  /// Appends one byte.
  package func append(_ byte: UInt8) throws(FileError) {
    try reserve(1)
    unsafe region.base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  /// Lets `body` fill free space, and keeps as many bytes as it says it wrote.
  ///
  /// At least `space` bytes are free; the number of bytes written is returned.
  @discardableResult
  func fill(space: Int, _ body: (UnsafeMutableRawBufferPointer) -> Int) throws(FileError) -> Int {
    try reserve(space)
    let free = region.capacity - MappedFile.slack - count
    let target = unsafe UnsafeMutableRawBufferPointer(start: region.base + count, count: free)
    let written = unsafe body(target)
    precondition(written <= free, "wrote \(written) bytes into a space of \(free)")
    guard written > 0 else { return written }
    count += written
    if count > limit { throw tooLarge() }
    return written
  }

  /// Ends the collection.
  ///
  /// - Returns: the bytes as a file in memory.
  package func finish(name: String) -> MappedFile {
    // A fill may have left scratch bytes behind the end; the slack promises zeros.
    let tail = min(MappedFile.slack, region.capacity - count)
    unsafe (region.base + count).initializeMemory(as: UInt8.self, repeating: 0, count: tail)
    return MappedFile(region: region, count: count, name: name, path: path)
  }

  private func reserve(_ extra: Int) throws(FileError) {
    guard count + extra <= limit || extra == 0 else {
      if count >= limit { throw tooLarge() }
      // Near the limit a fill may still end early, so space for it is made anyway.
      try grow(to: count + extra)
      return
    }
    try grow(to: count + extra)
  }

  private func grow(to needed: Int) throws(FileError) {
    guard needed + MappedFile.slack > region.capacity else { return }
    let larger = try MappedRegion(
      capacity: max(needed, region.capacity * 2) + MappedFile.slack, path: path)
    unsafe larger.base.copyMemory(from: region.base, byteCount: count)
    region = larger
  }

  private func tooLarge() -> FileError {
    FileError(
      code: .tooLarge,
      message: "the data exceed the limit of \(limit) bytes; raise the limit if they are trusted",
      path: path)
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A range of mapped memory that is unmapped when the last reference goes.
///
/// The mapping is at least `MappedFile.slack` zero bytes longer than its contents, so that loads of eight
/// bytes may run past the end.
///
// SAFETY: `base` and `capacity` never change after `init`, the range stays mapped until `deinit`, and after
// the region has been handed to a `MappedFile` nothing writes to it. Hence sharing it is safe.
@safe
final class MappedRegion: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let capacity: Int

  /// Maps zeroed private memory.
  ///
  /// - Throws: `readFailed` if the system has no memory to give.
  init(capacity: Int, path: String) throws(FileError) {
    let rounded = MappedRegion.wholePages(capacity)
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    let address = unsafe mmap(nil, rounded, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw FileError(
        code: .readFailed, message: "not enough memory for \(rounded) bytes", path: path,
        cause: SystemCall.words(SystemCall.lastError))
    }
    unsafe base = address
    self.capacity = rounded
  }

  /// Lays a file read-only over the front of the region.
  ///
  /// The kernel fills the rest of the file's last page with zeros; the slack behind it is anonymous.
  func overlay(descriptor: CInt, count: Int, path: String) throws(FileError) {
    guard count > 0 else { return }
    let flags = MAP_PRIVATE | MAP_FIXED
    let address = unsafe mmap(base, count, PROT_READ, flags, descriptor, 0)
    guard unsafe address != MAP_FAILED else {
      throw SystemCall.readingFailed(path, SystemCall.lastError)
    }
    _ = unsafe madvise(base, count, MADV_WILLNEED)
  }

  deinit { _ = unsafe munmap(base, capacity) }

  /// Rounds up to whole pages of 64 KiB at most, the largest page in common use.
  private static func wholePages(_ count: Int) -> Int {
    let page = 65_536
    return (count + page - 1) / page * page
  }
}

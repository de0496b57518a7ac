#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension MappedFile {
  /// The most bytes that are taken from standard input, a pipe or an archive unless the caller says otherwise: 16 GiB.
  public static let standardLimit = 16 << 30

  /// Opens a file; `-` is standard input.
  ///
  /// A regular file is mapped; a pipe or device is read to its end into memory.
  ///
  /// - Parameters:
  ///   - path: a path, or `-`.
  ///   - limit: the most bytes taken from a pipe; regular files have no limit.
  /// - Returns: the contents as stored.
  /// - Throws: `notFound`, `notPermitted`, `isDirectory`, `readFailed`, or `tooLarge` for an endless pipe.
  public static func open(
    _ path: String, limit: Int = standardLimit
  ) throws(FileError) -> MappedFile {
    if path == "-" {
      return try collect(descriptor: 0, name: "standard input", path: path, limit: limit)
    }
    #if canImport(Glibc)
      let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #else
      let descriptor = unsafe Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #endif
    guard descriptor >= 0 else { throw SystemCall.openingFailed(path, SystemCall.lastError) }
    defer { _ = close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw SystemCall.readingFailed(path, SystemCall.lastError)
    }
    let name = baseName(path)
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw SystemCall.openingFailed(path, EISDIR)
    case S_IFREG where status.st_size > 0:
      let size = Int(status.st_size)
      let region = try MappedRegion(capacity: size + slack + 65_536, path: path)
      try region.overlay(descriptor: descriptor, count: size, path: path)
      return MappedFile(region: region, count: size, name: name, path: path)
    default:
      return try collect(descriptor: descriptor, name: name, path: path, limit: limit)
    }
  }

  /// Reads a descriptor to its end.
  static func collect(
    descriptor: CInt, name: String, path: String, limit: Int
  ) throws(FileError) -> MappedFile {
    let bytes = try GrowingBytes(expected: 1 << 20, limit: limit, path: path)
    while true {
      var problem: CInt = 0
      let taken = try unsafe bytes.fill(space: 1 << 16) { space in
        let got = SystemCall.retry {
          unsafe systemRead(descriptor, space.baseAddress, min(space.count, 1 << 24))
        }
        if got < 0 { problem = SystemCall.lastError }
        return max(0, got)
      }
      if problem != 0 { throw SystemCall.readingFailed(path, problem) }
      if taken == 0 { return bytes.finish(name: name) }
    }
  }

  private static func systemRead(
    _ descriptor: CInt, _ target: UnsafeMutableRawPointer?, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.read(descriptor, target, count)
    #else
      unsafe Darwin.read(descriptor, target, count)
    #endif
  }

  /// The part of a path behind its last slash.
  static func baseName(_ path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    return parts.last.map(String.init) ?? path
  }
}

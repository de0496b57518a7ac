#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writing files so that a reader sees the old contents or the new, never half of them.
public enum AtomicFile {
  /// Writes bytes to a temporary name beside `path`, then renames.
  ///
  /// What is no file of its own, such as `/dev/null`, `/dev/stdout` or a pipe, is written to as it
  /// stands: a rename would put a file in the place of a device or of a link into the system.
  ///
  /// - Parameters:
  ///   - bytes: the whole contents.
  ///   - path: where they go; the folder must exist.
  ///   - mode: the permissions, `0o644` by default; use `0o600` for what only the owner may see.
  /// - Throws: `writeFailed`; the temporary file is gone then and what stood at `path` is untouched.
  /// - Complexity: O(n).
  public static func write(
    _ bytes: some Collection<UInt8>, to path: String, mode: UInt16 = 0o644
  ) throws(FileError) {
    let contents = Array(bytes)
    if isWrittenThrough(path) { return try writeThrough(contents, to: path) }
    var template = Array((path + ".XXXXXX").utf8CString)
    // `mkstemp` makes a fresh file with mode 0600, so nobody else sees the contents before the rename.
    let descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else { throw failed(path, "created", SystemCall.lastError) }
    let temporary = String(
      decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    var step = "written"
    var number: CInt = 0
    if writeAll(contents, to: descriptor) {
      if fchmod(descriptor, mode_t(mode)) != 0 || fsync(descriptor) != 0 {
        step = "synchronised"
        number = SystemCall.lastError
      }
    } else {
      number = SystemCall.lastError
    }
    if close(descriptor) != 0, number == 0 { number = SystemCall.lastError }
    if number == 0, unsafe rename(temporary, path) != 0 {
      step = "renamed"
      number = SystemCall.lastError
    }
    guard number == 0 else {
      _ = unsafe unlink(temporary)
      throw failed(path, step, number)
    }
  }

  /// Whether something stands at a path that must not be replaced: a link into `/proc` or `/dev`, or what
  /// is neither a file nor a folder.
  public static func isWrittenThrough(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFDIR else { return true }
    // Standard output is a file where the shell made it one, and the link to it is the system's.
    guard kind == S_IFREG, unsafe lstat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFLNK && path.hasPrefix("/dev/")
  }

  private static func writeThrough(_ contents: [UInt8], to path: String) throws(FileError) {
    let descriptor = unsafe open(path, O_WRONLY)
    guard descriptor >= 0 else { throw failed(path, "opened", SystemCall.lastError) }
    var number: CInt = writeAll(contents, to: descriptor) ? 0 : SystemCall.lastError
    if close(descriptor) != 0, number == 0 { number = SystemCall.lastError }
    guard number == 0 else { throw failed(path, "written", number) }
  }

  private static func writeAll(_ contents: [UInt8], to descriptor: CInt) -> Bool {
    unsafe contents.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
        let written = SystemCall.retry { unsafe Self.system(descriptor, rest) }
        if written < 0 { return false }
        done += written
      }
      return true
    }
  }

  private static func system(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  private static func failed(_ path: String, _ step: String, _ number: CInt) -> FileError {
    FileError(
      code: .writeFailed,
      message: "the file could not be \(step); check that the folder exists and has space",
      path: path, cause: SystemCall.words(number))
  }
}

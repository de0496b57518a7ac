#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The one place where the errors of the operating system become sentences.
enum SystemCall {
  /// The number of the last error on this thread.
  static var lastError: CInt { errno }

  /// Repeats a call while it is interrupted by a signal.
  ///
  /// - Returns: the call's result, which is negative if it failed for another reason.
  static func retry(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }

  /// The system's words for an error number.
  static func words(_ number: CInt) -> String {
    guard let text = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: text)
  }

  /// The error of a file that could not be opened.
  static func openingFailed(_ path: String, _ number: CInt) -> FileError {
    switch number {
    case ENOENT, ENOTDIR:
      FileError(code: .notFound, message: "there is no such file; check the path", path: path)
    case EACCES, EPERM:
      FileError(
        code: .notPermitted, message: "this user may not open the file; check its permissions",
        path: path)
    case EISDIR:
      FileError(
        code: .isDirectory, message: "this is a directory; name a file in it", path: path)
    default:
      FileError(
        code: .readFailed, message: "the file could not be opened", path: path,
        cause: words(number))
    }
  }

  /// The error of a file that failed while being read.
  static func readingFailed(_ path: String, _ number: CInt) -> FileError {
    FileError(
      code: .readFailed, message: "the file could not be read", path: path, cause: words(number))
  }
}

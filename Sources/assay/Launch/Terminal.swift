import AssayFiles
import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the terminal can show, asked once at the start.
struct Terminal: Sendable {
  /// When colours are used.
  enum Colour: String, Sendable, CaseIterable { case auto, always, never }

  /// Whether standard output is a terminal.
  var outputIsTerminal: Bool
  /// Whether standard error is a terminal.
  var errorIsTerminal: Bool
  /// The number of cells in a line of standard output.
  var width: Int
  /// Whether characters beyond ASCII can be shown.
  var showsUnicode: Bool
  private var refusesColour: Bool

  /// Looks at the streams and at the environment.
  init(environment: [String: String]) {
    outputIsTerminal = isatty(1) == 1
    errorIsTerminal = isatty(2) == 1 && environment["TERM"] != "dumb"
    width = outputIsTerminal ? Self.columns() ?? 100 : 100
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty }
    let upper = locale?.uppercased() ?? "UTF-8"
    showsUnicode = upper.contains("UTF-8") || upper.contains("UTF8")
    refusesColour = environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb"
  }

  /// Whether colours are used on standard output.
  func usesColour(_ choice: Colour) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto: outputIsTerminal && !refusesColour
    }
  }

  private static func columns() -> Int? {
    var size = winsize()
    guard unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

/// The two streams that a run speaks to.
enum Stream {
  /// Writes results to standard output.
  ///
  /// - Throws: ``OutputError`` where the bytes do not arrive.
  static func output(_ text: String) throws { try output(Array(text.utf8)) }

  /// Writes bytes to standard output.
  static func output(_ bytes: [UInt8]) throws {
    guard write(bytes, to: 1) else {
      throw OutputError(
        "standard output could not be written: \(SystemWords.of(errno))")
    }
  }

  /// Writes a line to standard error; there is nobody to tell where that fails.
  static func error(_ line: String) { _ = write(Array((line + "\n").utf8), to: 2) }

  /// Writes bytes to standard error as they are.
  static func rawError(_ text: String) { _ = write(Array(text.utf8), to: 2) }

  private static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
    unsafe bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
        #if canImport(Glibc)
          let written = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
        #else
          let written = unsafe Darwin.write(descriptor, rest.baseAddress, rest.count)
        #endif
        if written < 0 {
          if errno == EINTR || errno == EAGAIN { continue }
          return false
        }
        done += written
      }
      return true
    }
  }
}

/// The system's own words for its errors.
private enum SystemWords {
  static func of(_ number: CInt) -> String {
    guard let words = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: words)
  }
}

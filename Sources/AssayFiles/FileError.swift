/// What went wrong with a file, where, and how to mend it.
///
/// The message names the file by its base name or the path that the caller gave; it never holds contents.
public struct FileError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure; more may be added, so switch with a default.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Kind: String {
      case notFound, notPermitted, isDirectory, readFailed, writeFailed, damaged, tooLarge
      case commandFailed, notATable
    }

    private let kind: Kind

    private init(_ kind: Kind) { self.kind = kind }

    /// No file of that name.
    public static let notFound = Code(.notFound)
    /// The file exists but may not be opened.
    public static let notPermitted = Code(.notPermitted)
    /// A directory was given where a file is needed.
    public static let isDirectory = Code(.isDirectory)
    /// The system failed to read or map the file.
    public static let readFailed = Code(.readFailed)
    /// The system failed to write, synchronise or rename the file.
    public static let writeFailed = Code(.writeFailed)
    /// Compressed data end too early or fail their checksum.
    public static let damaged = Code(.damaged)
    /// The inflated data, or standard input, exceed the limit.
    public static let tooLarge = Code(.tooLarge)
    /// A helper command is missing or ended with an error.
    public static let commandFailed = Code(.commandFailed)
    /// The contents are of a kind that holds no table that can be read.
    public static let notATable = Code(.notATable)

    /// The code's stable name.
    public var description: String { kind.rawValue }
  }

  /// The kind of failure.
  public var code: Code
  /// One sentence that says what went wrong and how to mend it.
  public var message: String
  /// The path as the caller gave it.
  public var path: String
  /// The system's own words, where there are any.
  public var cause: String?

  /// Creates an error.
  public init(code: Code, message: String, path: String, cause: String? = nil) {
    self.code = code
    self.message = message
    self.path = path
    self.cause = cause
  }

  /// The message, with the path in front and the cause behind.
  public var description: String {
    cause.map { "\(path): \(message) (\($0))" } ?? "\(path): \(message)"
  }
}

internal import AssayFiles

/// How a file is to be read where its contents should not decide.
public struct ReadingOptions: Sendable {
  /// The missing-value words that are known unless the caller gives others.
  public static let standardMissingTokens = [
    "NA", "N/A", "n/a", "#N/A", "<NA>", "na", "NaN", "nan", "NAN", "-NaN", "-nan", "null", "NULL",
    "Null",
    "None", "none", "nil", "NaT", "?", "-", "--", ".", "\\N",
  ]

  /// The delimiter, an ASCII character; nil to find it among comma, semicolon, tab and bar.
  public var delimiter: Character?
  /// Whether the first row holds names; nil to find out.
  public var hasHeader: Bool?
  /// The decimal mark, `.` or `,`; nil for `.` or, where the delimiter is a semicolon, whichever the cells use.
  public var decimalMark: Character?
  /// The words that stand for a missing value in columns of numbers and dates; case matters.
  public var missingTokens: [String]
  /// The order of day and month where cells can be read both ways; nil leaves such a column as text.
  public var dateOrder: TemporalOrder?
  /// Columns that hold text whatever their cells look like.
  public var textColumns: Set<String>
  /// The most rows that are read; nil for all.
  public var rowLimit: Int?
  /// The most bytes that compressed data, standard input or a helper command may yield.
  public var maxInflatedBytes: Int
  /// The number of threads; results do not depend on it.
  public var threads: Int
  /// The most problems that one error lists.
  public var maxProblems: Int
  /// Whether the SHA-256 digest of the stored bytes is computed.
  public var computesDigest: Bool
  /// Folders separated by colons in which a `duckdb` command is looked for; empty for none.
  public var commandSearchPath: String
  /// The bytes that one thread takes at a time; only tests change it.
  package var chunkBytes = 4 << 20

  /// Creates options; every default is 'find out'.
  public init(
    delimiter: Character? = nil, hasHeader: Bool? = nil, decimalMark: Character? = nil,
    missingTokens: [String] = standardMissingTokens, dateOrder: TemporalOrder? = nil,
    textColumns: Set<String> = [], rowLimit: Int? = nil, maxInflatedBytes: Int = 16 << 30,
    threads: Int = 1, maxProblems: Int = 20, computesDigest: Bool = true,
    commandSearchPath: String = ""
  ) {
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.decimalMark = decimalMark
    self.missingTokens = missingTokens
    self.dateOrder = dateOrder
    self.textColumns = textColumns
    self.rowLimit = rowLimit
    self.maxInflatedBytes = maxInflatedBytes
    self.threads = max(1, threads)
    self.maxProblems = max(1, maxProblems)
    self.computesDigest = computesDigest
    self.commandSearchPath = commandSearchPath
  }
}

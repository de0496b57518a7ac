public import AssayFiles

/// A table as it was written: columns in file order, cells typed by their spelling alone.
public struct RawTable: Sendable {
  /// The name given by the caller, or the file's base name.
  public let name: String
  /// The number of rows, without the row of names.
  public let rowCount: Int
  /// The columns in file order.
  public let columns: [RawColumn]
  /// Where the table came from.
  public let source: SourceInfo
  /// What the reader decided or passed over.
  public let notices: [ReadingNotice]

  /// Creates a table.
  public init(
    name: String, rowCount: Int, columns: [RawColumn], source: SourceInfo,
    notices: [ReadingNotice]
  ) {
    self.name = name
    self.rowCount = rowCount
    self.columns = columns
    self.source = source
    self.notices = notices
  }
}

/// A column of a table as it was written.
public struct RawColumn: Sendable {
  /// The name in the file, with its own spelling.
  public let name: String
  /// The position in the file, counted from 0.
  public let position: Int
  /// The cells.
  public let values: RawValues
  /// How the cells were written.
  public let spelling: Spelling
  /// Whether this is a first column without a name (or called `Unnamed: 0`) that numbers the rows.
  ///
  /// Its cells are whole numbers that all differ: 0…n−1, or what a data frame keeps of them after rows were chosen
  /// or moved.
  public let isRowIndex: Bool

  /// Creates a column.
  public init(
    name: String, position: Int, values: RawValues, spelling: Spelling, isRowIndex: Bool = false
  ) {
    self.name = name
    self.position = position
    self.values = values
    self.spelling = spelling
    self.isRowIndex = isRowIndex
  }
}

/// The cells of a column, in the physical form that their spelling allows.
public enum RawValues: Sendable, Equatable {
  case numeric(NumericValues)
  case temporal(TemporalValues)
  case coded(CodedValues)
  case text(TextValues)

  /// The number of rows.
  public var count: Int {
    switch self {
    case .numeric(let values): values.count
    case .temporal(let values): values.count
    case .coded(let values): values.count
    case .text(let values): values.count
    }
  }
}

/// Where a table came from and how it was read.
public struct SourceInfo: Sendable, Hashable {
  /// The encodings that are recognised.
  public enum Encoding: String, Sendable, Hashable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case latin1 = "ISO-8859-1"
    case windows1252 = "Windows-1252"
  }

  /// The digest of the bytes as stored, 64 hexadecimal digits; empty if it was not asked for.
  public var sha256: String
  /// The number of bytes as stored.
  public var bytes: Int
  /// What the contents are, without their wrapper.
  public var format: FileFormat
  /// The delimiter; nil where the format has none.
  public var delimiter: Character?
  /// Whether the first row held names.
  public var hasHeader: Bool
  /// The encoding of the text.
  public var encoding: Encoding
  /// The wrapper of the stored bytes.
  public var compression: Compression

  /// Creates a description.
  public init(
    sha256: String, bytes: Int, format: FileFormat, delimiter: Character?, hasHeader: Bool,
    encoding: Encoding, compression: Compression
  ) {
    self.sha256 = sha256
    self.bytes = bytes
    self.format = format
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.encoding = encoding
    self.compression = compression
  }
}

/// Something the reader decided or passed over that the user should know.
public struct ReadingNotice: Sendable, Hashable, CustomStringConvertible {
  /// The kinds of notice.
  public enum Code: String, Sendable, Hashable {
    case blankLinesSkipped, noHeader, transcoded, strayQuotes, rowIndexColumn, unnamedColumn
    case ambiguousDates, nonFiniteNumbers, mixedOffsets, mixedCells, rowLimit, missingKeys
  }

  /// The kind of notice.
  public var code: Code
  /// The column it is about.
  public var columnName: String?
  /// How many lines or cells it is about.
  public var count: Int?
  /// One sentence, without contents of cells.
  public var message: String

  /// Creates a notice.
  public init(code: Code, columnName: String? = nil, count: Int? = nil, message: String) {
    self.code = code
    self.columnName = columnName
    self.count = count
    self.message = message
  }

  /// The sentence, with the column in front.
  public var description: String { columnName.map { "'\($0)': \(message)" } ?? message }
}

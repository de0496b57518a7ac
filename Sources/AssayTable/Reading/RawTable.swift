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
  /// Every cell with a value is a number.
  case numeric(NumericValues)
  /// Every cell with a value is a date or time of one format.
  case temporal(TemporalValues)
  /// Strings that repeat.
  case coded(CodedValues)
  /// Strings of which most differ.
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
    /// UTF-8, with or without a byte order mark.
    case utf8 = "UTF-8"
    /// UTF-16, the lower byte first.
    case utf16LittleEndian = "UTF-16LE"
    /// UTF-16, the higher byte first.
    case utf16BigEndian = "UTF-16BE"
    /// Latin-1: no UTF-8, and no byte of 0x80 to 0x9F.
    case latin1 = "ISO-8859-1"
    /// Windows-1252: as Latin-1, with characters at 0x80 to 0x9F.
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
    /// Blank lines were passed over.
    case blankLinesSkipped
    /// The first row holds no names.
    case noHeader
    /// The text is not UTF-8 and was read as another encoding.
    case transcoded
    /// Quotes stand where none are expected and were taken as they are.
    case strayQuotes
    /// The first column has no name of its own and numbers the rows.
    case rowIndexColumn
    /// The first column has no name in the file and was given one.
    case unnamedColumn
    /// Dates can be read in two orders and stay text.
    case ambiguousDates
    /// Infinite numbers count as missing.
    case nonFiniteNumbers
    /// Some times have an offset from UTC, others are taken as UTC.
    case mixedOffsets
    /// Some cells of the column are numbers, others are not.
    case mixedCells
    /// Only the first rows were read, as asked.
    case rowLimit
    /// Objects lack a key that others have.
    case missingKeys
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

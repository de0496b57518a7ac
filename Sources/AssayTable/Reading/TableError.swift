public import AssayFiles

/// Why a file could not be read as a table: every problem found, where it is, and what to do.
///
/// It names lines, columns and counts, never the contents of cells.
public struct TableError: Error, Sendable, CustomStringConvertible {
  /// The kinds of problem; more may be added, so switch with a default.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Kind: String {
      case file, notATable, empty, noRows, raggedRow, unterminatedQuote, textAfterQuote
      case duplicateName, emptyName, badEncoding, zeroByte, badJSON, nestedJSON, badOption
      case nestedColumn, cancelled
    }

    private let kind: Kind

    private init(_ kind: Kind) { self.kind = kind }

    /// The file could not be opened, read or inflated; see `cause`.
    public static let file = Code(.file)
    /// The file is of a kind that holds no readable table.
    public static let notATable = Code(.notATable)
    /// The file holds no line.
    public static let empty = Code(.empty)
    /// The file holds names but no rows.
    public static let noRows = Code(.noRows)
    /// A row has more or fewer cells than the first.
    public static let raggedRow = Code(.raggedRow)
    /// A quoted cell never ends.
    public static let unterminatedQuote = Code(.unterminatedQuote)
    /// Text follows a closing quote.
    public static let textAfterQuote = Code(.textAfterQuote)
    /// Two columns have one name.
    public static let duplicateName = Code(.duplicateName)
    /// A column has no name.
    public static let emptyName = Code(.emptyName)
    /// Bytes that are no text in the file's encoding.
    public static let badEncoding = Code(.badEncoding)
    /// A zero byte.
    public static let zeroByte = Code(.zeroByte)
    /// A line is no JSON object.
    public static let badJSON = Code(.badJSON)
    /// A JSON value is an object or array itself.
    public static let nestedJSON = Code(.nestedJSON)
    /// A Parquet column holds lists or structures.
    public static let nestedColumn = Code(.nestedColumn)
    /// An option that cannot be followed.
    public static let badOption = Code(.badOption)
    /// The task was cancelled.
    public static let cancelled = Code(.cancelled)

    /// The code's stable name.
    public var description: String { kind.rawValue }
  }

  /// One thing that is wrong.
  public struct Problem: Sendable, Hashable, CustomStringConvertible {
    /// The kind of problem.
    public var code: Code
    /// The line in the file, counted from 1.
    public var line: Int?
    /// The column's position, counted from 1.
    public var column: Int?
    /// The column's name.
    public var columnName: String?
    /// What should have been there.
    public var expected: String?
    /// What was there, described without contents.
    public var found: String?

    /// Creates a problem.
    public init(
      code: Code, line: Int? = nil, column: Int? = nil, columnName: String? = nil,
      expected: String? = nil, found: String? = nil
    ) {
      self.code = code
      self.line = line
      self.column = column
      self.columnName = columnName
      self.expected = expected
      self.found = found
    }

    /// Place, then what was found and expected.
    public var description: String {
      var place: [String] = []
      if let line { place.append("line \(line)") }
      if let columnName, !columnName.isEmpty {
        place.append("column '\(columnName)'")
      } else if let column {
        place.append("column \(column)")
      }
      var words: [String] = []
      if let found { words.append("found \(found)") }
      if let expected { words.append("expected \(expected)") }
      let sentence = words.isEmpty ? code.description : words.joined(separator: ", ")
      return place.isEmpty ? sentence : place.joined(separator: ", ") + ": " + sentence
    }
  }

  /// The file's name as it was given.
  public var file: String
  /// What is wrong in one sentence.
  public var message: String
  /// What to do about it.
  public var remedy: String
  /// The problems in the order of the file; never empty.
  public var problems: [Problem]
  /// The number of problems, which may exceed the number listed.
  public var problemCount: Int
  /// The error of the file system behind it.
  public var cause: FileError?

  /// Creates an error.
  public init(
    file: String, message: String, remedy: String, problems: [Problem], problemCount: Int? = nil,
    cause: FileError? = nil
  ) {
    precondition(!problems.isEmpty, "an error needs a problem")
    self.file = file
    self.message = message
    self.remedy = remedy
    self.problems = problems
    self.problemCount = problemCount ?? problems.count
    self.cause = cause
  }

  /// The first problem's code.
  public var code: Code { problems[0].code }
  /// The first problem's line.
  public var line: Int? { problems[0].line }
  /// The first problem's column name.
  public var columnName: String? { problems[0].columnName }
  /// The first problem's column position.
  public var column: Int? { problems[0].column }

  /// The sentence, the problems one a line, and the remedy.
  public var description: String {
    var lines = ["\(file): \(message)"]
    let isBare =
      problems.count == 1
      && problems[0].expected == nil && problems[0].found == nil && problems[0].line == nil
    if !isBare {
      lines += problems.map { "  \($0)" }
      if problemCount > problems.count {
        lines.append("  and \(problemCount - problems.count) more")
      }
    }
    lines.append("  \(remedy)")
    return lines.joined(separator: "\n")
  }
}

extension TableError {
  /// Wraps an error of the file system.
  init(_ cause: FileError, file: String) {
    let isFormat = cause.code == .notATable
    self.init(
      file: file, message: cause.message, remedy: cause.cause ?? "nothing was read",
      problems: [Problem(code: isFormat ? .notATable : .file)], cause: cause)
  }
}

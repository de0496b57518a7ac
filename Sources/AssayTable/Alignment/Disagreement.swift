public import AssayDocument

/// A way in which two sides of a comparison differ in form, and what the evaluation does about it.
public struct Disagreement: Sendable, Hashable {
  /// The kind of disagreement; new kinds may be added.
  public enum Code: String, Sendable, Hashable {
    /// The synthetic side lacks a column.
    case missingColumn
    /// The synthetic side has a column of its own.
    case extraColumn
    /// A header is written differently.
    case renamedColumn
    /// A column cannot be read as what it is on the real side.
    case unfitColumn
    /// Some cells cannot be read as what the column is on the real side.
    case unreadableCells
    /// Numbers with a fraction where the real ones are whole.
    case fractions
    /// Day and month can be read both ways.
    case openDateOrder
    /// A column has no value on the synthetic side.
    case emptyColumn
    /// Values are written differently.
    case spelling
    /// The columns come in another order.
    case columnOrder
    /// A column of row numbers was dropped.
    case droppedIndex
  }

  /// The kind of disagreement.
  public var code: Code
  /// The role of the side that differs from training.
  public var role: TableRole
  /// The columns.
  public var columns: [String]
  /// What differs, without any content of a cell.
  public var sentence: String
  /// What the evaluation does about it.
  public var consequence: String

  /// Makes a disagreement.
  public init(
    code: Code, role: TableRole, columns: [String], sentence: String, consequence: String
  ) {
    self.code = code
    self.role = role
    self.columns = columns
    self.sentence = sentence
    self.consequence = consequence
  }
}

/// Tables that cannot be compared; holds every reason at once.
public struct AlignmentError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of failure; new kinds may be added.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Wrapped: String, Sendable {
      case nothingInCommon, holdout, reference, schema, tooFewRows, cancelled
    }
    private var wrapped: Wrapped
    private init(_ wrapped: Wrapped) { self.wrapped = wrapped }

    /// No column can be compared.
    public static let nothingInCommon = Self(.nothingInCommon)
    /// The holdout does not have the columns of the training table.
    public static let holdout = Self(.holdout)
    /// The reference does not have the columns of the training table.
    public static let reference = Self(.reference)
    /// The declared schema does not fit the data.
    public static let schema = Self(.schema)
    /// A side has no rows.
    public static let tooFewRows = Self(.tooFewRows)
    /// The work was cancelled.
    public static let cancelled = Self(.cancelled)

    /// The kind as a word.
    public var description: String { wrapped.rawValue }
  }

  /// The kind of failure.
  public var code: Code
  /// Every problem, and what to do about it.
  public var problems: [String]

  /// Makes an error.
  public init(_ code: Code, _ problems: [String]) {
    self.code = code
    self.problems = problems
  }

  /// The problems, a line each.
  public var description: String { problems.joined(separator: "\n") }
}

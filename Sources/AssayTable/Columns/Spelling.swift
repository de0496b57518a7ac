/// A string found in cells, and in how many.
public struct TokenCount: Sendable, Hashable {
  /// The cell's text.
  public let token: String
  /// The number of cells.
  public let count: Int

  /// Creates a pair.
  public init(token: String, count: Int) {
    self.token = token
    self.count = count
  }
}

/// How the cells of a column were written: what its values no longer tell.
public struct Spelling: Sendable, Equatable {
  /// Cells without any character (or, among numbers and dates, with blanks only).
  public var blankCount = 0
  /// Words for a missing value and their number of cells, by falling count, then by spelling.
  ///
  /// In columns of numbers and dates they count as missing; in other columns they are levels like any other.
  public var missingTokens: [TokenCount] = []
  /// Numbers without a decimal mark and without an exponent.
  public var integerCount = 0
  /// Numbers with a decimal mark.
  public var pointCount = 0
  /// Of these, whole numbers, such as `1.0`.
  public var wholePointCount = 0
  /// The most digits behind a decimal mark.
  public var maxDecimals = 0
  /// Numbers with an exponent.
  public var exponentCount = 0
  /// Numbers with needless leading zeros, such as `007`; any of them makes the column one of codes.
  public var leadingZeroCount = 0
  /// Whether the decimal mark is a comma.
  public var decimalComma = false
  /// Cells in quotes.
  public var quotedCount = 0
  /// Cells with blanks around their text.
  public var surroundingSpaceCount = 0
  /// Whole numbers beyond 2^53; any of them makes the column one of identifiers.
  public var longIntegerCount = 0
  /// Words for infinity, and numbers too large for a double; counted as missing among numbers.
  public var nonFiniteCount = 0
  /// Cells that read as a finite number by themselves, or as a date in a temporal column.
  public var parsedCount = 0
  /// The number of different strings: exact for coded columns, an estimate for text, nil for numbers and dates.
  public var distinctCount: Int?
  /// The commonest cells (20 at most) that kept a column holding some numbers from being one of numbers.
  public var exceptions: [TokenCount] = []
  /// Day and month could not be told apart: every cell fits both orders.
  public var hasAmbiguousDates = false

  /// Creates the spelling of a column without cells.
  public init() {}

  /// The share of the cells that are neither blank nor a word for missing and that parse as numbers or dates.
  ///
  /// - Parameter rowCount: the column's number of rows.
  /// - Returns: 0 to 1; nil if no such cells exist.
  public func parsedShare(rowCount: Int) -> Double? {
    let missing = missingTokens.reduce(0) { $0 + $1.count }
    let filled = rowCount - blankCount - missing
    return filled > 0 ? Double(parsedCount) / Double(filled) : nil
  }
}

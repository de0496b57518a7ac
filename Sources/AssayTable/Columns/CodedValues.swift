/// The cells of a column of repeated strings: a small number a row and the list of strings.
public struct CodedValues: Sendable, Equatable {
  /// The index of each row's string in `levels`; -1 for a blank cell.
  public let codes: [Int32]
  /// The different strings in order of first appearance.
  public let levels: LevelList

  /// Creates a coded column.
  ///
  /// Each code is -1 or an index of `levels`.
  public init(codes: [Int32], levels: LevelList) {
    self.codes = codes
    self.levels = levels
  }

  /// The number of rows.
  public var count: Int { codes.count }

  /// The string of a row, or nil for a blank cell.
  public subscript(row: Int) -> String? {
    codes[row] < 0 ? nil : levels[Int(codes[row])]
  }

  /// The number of rows of each level.
  ///
  /// - Complexity: O(n + k).
  public func levelCounts() -> [Int] {
    var counts = [Int](repeating: 0, count: levels.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    return counts
  }
}

import AssayDocument
import AssayMetrics
import AssayNumerics

/// Rows of one table that stand in another beyond what chance explains.
///
/// A count of repeats whose chance is below one in a million, and which is more than a hundredth of the
/// rows, is no chance.
struct RepeatedRows {
  private static let smallestChance = 1e-6
  private static let smallestShare = 0.01

  private let repeated: Int
  private let rows: Int
  private let chanceShare: Double

  /// `nil` where chance explains the repeats.
  ///
  /// - Parameters:
  ///   - own: The rows.
  ///   - known: The rows of the other table.
  ///   - expected: How many of `total` rows repeat one of such a table by chance.
  ///   - total: The rows that these were counted among.
  /// - Throws: ``EvaluationError`` `.internal` where the chance cannot be computed.
  init?(
    _ own: RowKeys, in known: [RowKeys.Key: Int], expected: Int, of total: Int
  ) throws(EvaluationError) {
    rows = own.keys.count
    repeated = own.keys.count { known[$0] != nil }
    // One more than was seen keeps the expected share above zero where none was.
    chanceShare = min(1, Double(expected + 1) / Double(total + 1))
    guard Double(repeated) / Double(rows) - chanceShare > Self.smallestShare else { return nil }
    do throws(NumericsError) {
      let chance = try binomialUpperTail(
        atLeast: repeated, trials: rows, probability: chanceShare)
      guard chance < Self.smallestChance else { return nil }
    } catch {
      throw EvaluationError(.internal, [error.message])
    }
  }

  /// Behind a table's name: what it is not, and why.
  func sentence(_ name: String, isNo role: String, alsoIn side: String) -> String {
    "\(name) is no \(role): \(repeated) of its \(rows) rows are also in the \(side); chance would explain "
      + "about \(Int((chanceShare * Double(rows)).rounded()))"
  }
}

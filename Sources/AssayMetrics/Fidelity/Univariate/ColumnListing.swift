import AssayDocument

/// Which columns a document lists where a metric of secondary interest has very many.
///
/// All columns are measured, tested and part of the table's score; those with the strongest
/// evidence of a difference are listed.
enum ColumnListing {
  /// Columns of one metric and real side that are listed, at most; half as many where three times as
  /// many are measured, so that documents of very wide tables stay small.
  static let limit = 100

  /// Leaves the scores with the strongest evidence, in the order of their columns.
  ///
  /// - Returns: How many are left out; the table's details say so too.
  static func limit(_ scores: inout [Score], of table: inout Score, to limit: Int?) -> Int {
    guard var limit, scores.count > limit else { return 0 }
    if scores.count > 3 * limit { limit /= 2 }
    let ranked = scores.indices.sorted {
      let (left, right) = (evidence(scores[$0]), evidence(scores[$1]))
      return left == right ? $0 < $1 : left > right
    }
    let kept = Set(ranked.prefix(limit))
    let unlisted = scores.count - limit
    scores = scores.indices.filter { kept.contains($0) }.map { scores[$0] }
    table.details["unlisted"] = .integer(unlisted)
    return unlisted
  }

  /// The excess over a fresh real sample in spreads; nothing is less than a column without a value.
  static func evidence(_ score: Score) -> Double {
    guard let value = score.value else { return -.infinity }
    // A column that is lacking has a value and nothing to compare it with.
    guard let floor = score.floor else { return .infinity }
    return (value - floor.value) / max(floor.spread, 1e-12)
  }
}

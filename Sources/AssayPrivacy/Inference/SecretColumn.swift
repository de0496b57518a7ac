import AssayMetrics
import AssayNumerics
import AssayTable

/// A column whose values are guessed from those of similar synthetic rows.
enum SecretColumn: Sendable {
  /// Numbers: a guess counts within a share of the secret, or of `scale` where that is the measure.
  case numeric(
    targets: [Double?], synthetic: [Double?], tolerance: Double, scale: Double,
    isRelative: Bool)
  /// Levels: a guess counts if it is the level. `rank` orders levels by name.
  case nominal(targets: [Int32], synthetic: [Int32], rank: [Int32])

  /// The share of the secret within which a number counts as guessed.
  static let tolerance = 0.05

  init?(
    _ column: Int, kind: ColumnKind, targets: AlignedTable, synthetic: AlignedTable,
    levels: [String]?
  ) {
    switch (targets.columns[column], synthetic.columns[column]) {
    case (.numeric(let own), .numeric(let other)):
      let sorted = sortedCopy(own.presentValues.span)
      var scale = 0.0
      if let high = try? quantile(sorted: sorted.span, probability: 0.75),
        let low = try? quantile(sorted: sorted.span, probability: 0.25)
      {
        scale = high - low
      }
      self = .numeric(
        targets: (0..<own.count).map { own[$0] }, synthetic: (0..<other.count).map { other[$0] },
        tolerance: Self.tolerance, scale: scale.isFinite ? scale : 0,
        // A share of a point in time would be a share of the years since 1970.
        isRelative: kind != .datetime)
    case (.nominal(let own), .nominal(let other)):
      let names = levels ?? []
      var rank = [Int32](repeating: 0, count: names.count)
      let order = names.indices.sorted { names[$0] < names[$1] }
      for (place, level) in order.enumerated() { rank[level] = Int32(place) }
      self = .nominal(targets: own, synthetic: other, rank: rank)
    default:
      return nil
    }
  }

  /// Whether the guess from some synthetic rows is right for a target.
  ///
  /// The guess is the median of their numbers or their commonest level; missing is a value as well.
  func isGuessed(_ target: Int, from rows: [Int32]) -> Bool {
    guard !rows.isEmpty else { return false }
    switch self {
    case .numeric(let targets, let synthetic, let tolerance, let scale, let isRelative):
      let found = rows.compactMap { synthetic[Int($0)] }
      let guess = 2 * found.count < rows.count ? nil : Self.median(found)
      guard isRelative else {
        guard let guess, let secret = targets[target] else {
          return guess == nil && targets[target] == nil
        }
        return abs(guess - secret) <= tolerance * scale
      }
      return isCorrectGuess(guess, of: targets[target], tolerance: tolerance, scale: scale)
    case .nominal(let targets, let synthetic, let rank):
      if rows.count == 1 { return Self.same(synthetic[Int(rows[0])], targets[target]) }
      var counts: [Int32: Int] = [:]
      for row in rows { counts[max(-1, synthetic[Int(row)]), default: 0] += 1 }
      let best = counts.max { left, right in
        let order = { (code: Int32) in code < 0 ? -1 : rank[Int(code)] }
        return (left.value, order(right.key)) < (right.value, order(left.key))
      }
      return Self.same(best?.key ?? -1, targets[target])
    }
  }

  private static func same(_ a: Int32, _ b: Int32) -> Bool { a == b || (a < 0 && b < 0) }

  private static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    if values.count == 1 { return values[0] }
    let sorted = sortedCopy(values.span)
    return sorted[(sorted.count - 1) / 2]
  }
}

public import AssayDocument

/// The real rows weighed so that they are as the synthetic rows are declared to be.
///
/// Declared shares are compared with the declaration; everything else is compared with these
/// weighed rows. It is made from the real side alone, before a synthetic row is read.
public struct IntendedRows: Sendable {
  /// Declared shares of one column.
  public struct Target: Sendable, Hashable {
    /// The position of the column.
    public var column: Int
    /// The declared share of each training or holdout level, in the order of the shared levels, of
    /// the rows that have a value; they sum to 1.
    public var shares: [Double]
    /// Levels that the declaration names, as positions; all of them where it is about all.
    public var named: [Int]
    /// By how much a synthetic share may miss the declared one.
    public var margin: Double
  }

  /// The rows that are kept.
  public struct Filter: Sendable, Hashable {
    /// The position of the column.
    public var column: Int
    /// The kept levels, by position, where the column has levels.
    public var levels: Set<Int>?
    /// The smallest kept number.
    public var from: Double?
    /// The largest kept number.
    public var to: Double?
    /// The share of synthetic rows that may lie outside.
    public var margin: Double

    /// Whether a row is kept; one without a value is not.
    public func keeps(_ data: ColumnData, row: Int) -> Bool {
      switch data {
      case .nominal(let codes): levels?.contains(Int(codes[row])) ?? false
      case .numeric(let values):
        values[row].map { $0 >= from ?? -.infinity && $0 <= to ?? .infinity } ?? false
      case .bytes: false
      }
    }
  }

  /// What was declared.
  public var declared: [IntendedDifference]
  /// Declared shares, a column each.
  public var targets: [Target]
  /// Declared filters.
  public var filters: [Filter]
  /// The weight of each row of a real role; they sum to ``effectiveRows``.
  public var weights: [TableRole: [Double]]
  /// How many rows that count alike would be as telling as the weighed ones:
  /// `(Σ w)² / Σ w²` (Kish 1965, Survey Sampling, section 11.7).
  public var effectiveRows: [TableRole: Double]
}

/// Finds row weights under which every column has its declared shares.
///
/// Iterative proportional fitting: each column in turn has its levels multiplied to their share
/// until none moves. Starting weights decide among the solutions: the result is the one nearest to
/// them in relative entropy.
///
/// Source: Deming & Stephan (1940), On a least squares adjustment of a sampled frequency table,
/// doi:10.1214/aoms/1177731829; Ireland & Kullback (1968), doi:10.1093/biomet/55.1.179.
package enum Raking {
  /// Multiplies `weights` until each margin holds.
  ///
  /// - Parameters:
  ///   - weights: Starting weights, 0 or more.
  ///   - margins: For each column the level of every row (below 0 where it has none) and the share
  ///     of each level of the rows that have one. Every level with a share has a row with weight.
  ///   - limit: The most rounds.
  /// - Returns: the weights; `nil` where shares still move by over a millionth after the last
  ///   round: no weights can meet them all.
  /// - Complexity: O(rows · columns · rounds).
  package static func weights(
    _ weights: [Double], margins: [(levels: [Int32], shares: [Double])], limit: Int = 1_000
  ) -> [Double]? {
    var weights = weights
    var furthest = 0.0
    for _ in 0..<max(1, limit) {
      furthest = 0
      for margin in margins {
        var sums = [Double](repeating: 0, count: margin.shares.count)
        for row in weights.indices where margin.levels[row] >= 0 {
          sums[Int(margin.levels[row])] += weights[row]
        }
        let total = sums.reduce(0, +)
        guard total > 0 else { return nil }
        var factors = [Double](repeating: 0, count: sums.count)
        for level in sums.indices {
          furthest = max(furthest, abs(sums[level] / total - margin.shares[level]))
          if margin.shares[level] == 0 { continue }
          guard sums[level] > 0 else { return nil }
          factors[level] = margin.shares[level] * total / sums[level]
        }
        for row in weights.indices where margin.levels[row] >= 0 {
          weights[row] *= factors[Int(margin.levels[row])]
        }
      }
      if furthest < 1e-12 { return weights }
    }
    return furthest < 1e-6 ? weights : nil
  }
}

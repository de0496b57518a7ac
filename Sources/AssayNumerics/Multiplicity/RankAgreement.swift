/// How far two scorings of the same things put them in the same order.
///
/// Source: rank-biased overlap after Webber, Moffat & Zobel (2010), doi:10.1145/1852102.1852106, cut at
/// the length of the lists and carried on from there.
public struct RankAgreement: Sendable, Hashable {
  /// Kendall's τ-b.
  public var kendall: Double
  /// Spearman's rank correlation.
  public var spearman: Double
  /// Whether both put the same thing first.
  public var agreesOnFirst: Bool
  /// Pairs that are in opposite orders.
  public var inversions: Int
  private var first: [Int]
  private var second: [Int]

  /// Compares two scorings, larger being better.
  ///
  /// - Parameters:
  ///   - first: The scores of the things; finite.
  ///   - second: Other scores of the same things, in the same order.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two things, `.undefined` where all scores
  ///   of one side are equal, `.domain` for NaN.
  /// - Complexity: O(*n*²).
  public init(_ first: Span<Double>, _ second: Span<Double>) throws(NumericsError) {
    precondition(
      first.count == second.count,
      "as many scores of both are expected, not \(first.count) and \(second.count)")
    kendall = try kendallTau(first, second)
    spearman = try spearmanCorrelation(first, second)
    var opposed = 0
    for i in 0..<first.count {
      for j in 0..<i where (first[i] - first[j]) * (second[i] - second[j]) < 0 { opposed += 1 }
    }
    inversions = opposed
    self.first = Self.order(first)
    self.second = Self.order(second)
    agreesOnFirst = self.first[0] == self.second[0]
  }

  /// Things from the best down; of equal ones the earlier first.
  private static func order(_ scores: Span<Double>) -> [Int] {
    (0..<scores.count).sorted { (scores[$0], $1) > (scores[$1], $0) }
  }

  /// Of the things that either side has among its best, the share that both have.
  ///
  /// - Parameter count: How many are the best; at least 1.
  /// - Returns: Jaccard's index, in 0...1.
  public func jaccard(best count: Int) -> Double {
    precondition(count >= 1, "at least the best one is expected, not \(count)")
    let a = Set(first.prefix(count))
    let b = Set(second.prefix(count))
    return Double(a.intersection(b).count) / Double(a.union(b).count)
  }

  /// The rank-biased overlap: the mean share in common of the best d, depths weighed by pᵈ.
  ///
  /// - Parameter persistence: p, strictly between 0 and 1; 0.9 puts 86 % of the weight on the best ten.
  /// - Returns: A number in 0...1; 1 for the same order.
  public func rankBiasedOverlap(persistence: Double) -> Double {
    precondition(
      persistence > 0 && persistence < 1, "a persistence in 0...1 is expected, not \(persistence)")
    var own: Set<Int> = []
    var other: Set<Int> = []
    var weight = 1 - persistence
    var sum = 0.0
    var share = 0.0
    for depth in first.indices {
      own.insert(first[depth])
      other.insert(second[depth])
      share = Double(own.intersection(other).count) / Double(depth + 1)
      sum += weight * share
      weight *= persistence
    }
    return sum + weight / (1 - persistence) * share
  }
}

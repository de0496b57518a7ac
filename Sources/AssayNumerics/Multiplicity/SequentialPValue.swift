/// A Monte Carlo p-value that draws on until it is known well enough.
///
/// ```
/// p = h / l            where the h-th draw that reaches the observed statistic is the l-th
/// p = (1 + g) / most   where fewer than h of most − 1 draws reach it, g of them
/// ```
///
/// It is exact: P(p ≤ α) ≤ α, also where it goes on from draws of which none reached the statistic and
/// other counts among them are read by (1 + g)/(1 + draws), since no such count is as small.
///
/// Source: Besag & Clifford (1991), Sequential Monte Carlo p-values, doi:10.1093/biomet/78.2.301.
struct SequentialPValue: Sendable, Hashable {
  /// The observed statistic and all draws that are made at most: the smallest p is one in so many.
  static let most = 50_000
  /// Draws that reach the statistic after which p is known well enough, h.
  static let enough = 10

  /// The draws made.
  private(set) var drawn: Int
  private var reached = 0

  /// Goes on from draws of which none reached the statistic.
  init(drawn: Int) { self.drawn = drawn }

  /// Whether another draw is needed.
  var isOpen: Bool { reached < Self.enough && drawn + 1 < Self.most }

  /// Counts a draw.
  mutating func add(_ isReached: Bool) {
    drawn += 1
    if isReached { reached += 1 }
  }

  /// The p-value, once nothing is open.
  var pValue: Double {
    reached >= Self.enough
      ? Double(Self.enough) / Double(drawn) : Double(1 + reached) / Double(1 + drawn)
  }
}

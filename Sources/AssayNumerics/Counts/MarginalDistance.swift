/// The squared distance of two distributions over cells, without the bias of sampling.
///
/// ```
/// Σ [(p − q)² − p(1 − p)/(n − 1) − q(1 − q)/(m − 1)]
/// ```
///
/// A U-statistic: its mean is the true Σ (p − q)², so a fresh real sample gets 0 on average however
/// many the cells, where total variation would measure noise.
public struct MarginalDistance: Sendable, Hashable {
  /// The estimate; may be negative.
  public var squaredDistance: Double
  /// Its standard error, by the jackknife over the rows of both samples.
  ///
  /// At equality of both laws the statistic is degenerate and this is only a rough guide.
  public var standardError: Double
  /// The estimate over Σ p² of the first sample: 0 for equal laws, about 1 for disjoint ones of
  /// like concentration.
  public var normalised: Double

  /// The estimate in standard errors; 0 when there is no spread.
  public var z: Double { standardError > 0 ? squaredDistance / standardError : 0 }

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - first: The counts of the first sample; whole numbers of at least 0.
  ///   - second: The counts of the second sample on the same cells.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when either side has fewer than three rows.
  /// - Complexity: O(cells): rows of one cell have the same leave-one-out value.
  /// Source: the U-statistic of Gretton et al. (2012), JMLR 13, 723–773, with the kernel that is 1
  /// within a cell and 0 between cells.
  public init(_ first: Span<Double>, _ second: Span<Double>) throws(NumericsError) {
    let (n, m) = try positiveTotals(first, second)
    guard n >= 3, m >= 3 else {
      throw NumericsError(.tooFewObservations, "each sample must have at least three rows")
    }
    let a = pairwiseSum(over: 0..<first.count) { first[$0] * first[$0] }
    let b = pairwiseSum(over: 0..<first.count) { second[$0] * second[$0] }
    let c = pairwiseSum(over: 0..<first.count) { first[$0] * second[$0] }
    func value(_ a: Double, _ n: Double, _ b: Double, _ m: Double, _ c: Double) -> Double {
      (a - n) / (n * (n - 1)) + (b - m) / (m * (m - 1)) - 2 * c / (n * m)
    }
    let estimate = value(a, n, b, m, c)
    // Without a row of cell k: Σ a² falls by 2aₖ − 1 and Σ ab by bₖ.
    func variance(
      _ counts: Span<Double>, _ size: Double, _ without: (Int) -> Double
    ) -> Double {
      let centre =
        pairwiseSum(over: 0..<counts.count) { cell in
          counts[cell] > 0 ? counts[cell] * without(cell) : 0
        } / size
      let squares = pairwiseSum(over: 0..<counts.count) { cell in
        guard counts[cell] > 0 else { return 0 }
        let difference = without(cell) - centre
        return counts[cell] * difference * difference
      }
      return squares * (size - 1) / size
    }
    let spread =
      variance(first, n) { value(a - 2 * first[$0] + 1, n - 1, b, m, c - second[$0]) }
      + variance(second, m) { value(a, n, b - 2 * second[$0] + 1, m - 1, c - first[$0]) }
    squaredDistance = estimate
    standardError = spread.squareRoot()
    normalised = estimate / (a / (n * n))
  }
}

/// The k-marginal score of NIST's SDNist: 1000 for equal marginals, 0 for disjoint ones.
///
/// ```
/// 500·(2 − mean L₁) = 1000·(1 − mean total variation)
/// ```
///
/// A fresh real sample scores below 1000, the more so the smaller it is; show what it gets beside
/// the score.
///
/// - Parameter totalVariations: The total variation distance of each marginal, in 0...1; their
///   expectations give the score of a fresh sample.
/// - Returns: A score in 0...1000.
/// - Throws: ``NumericsError`` `.tooFewObservations` without a marginal, `.domain` for a distance
///   outside 0...1.
/// - Complexity: O(marginals).
/// Source: Task, Bhagat & Howarth (2023), SDNist v2, doi:10.18434/mds2-2943.
public func kMarginalScore(totalVariations: Span<Double>) throws(NumericsError) -> Double {
  let average = try mean(totalVariations)
  for index in 0..<totalVariations.count {
    guard totalVariations[index] >= 0, totalVariations[index] <= 1 else {
      throw NumericsError(
        .domain, "distances in 0...1 are expected, not \(totalVariations[index])")
    }
  }
  return 1000 * (1 - average)
}

/// The law of a quantile of further samples, estimated from one sample: that of the ideal bootstrap.
///
/// ```
/// P(Q ≤ x₍ᵢ₎) = I_{i/n}((m + 1)p, (m + 1)(1 − p))
/// ```
///
/// with I the regularised incomplete beta function and m the size of the further sample: the law of
/// its order statistic, at the values of the sample at hand. No density is estimated and nothing is
/// taken for normal, so that it holds in tails, where quantiles are skewed and few values lie beyond.
///
/// Source: Maritz & Jarrett (1978), A note on estimating the variance of the sample median, Journal of
/// the American Statistical Association 73, 194–196; Harrell & Davis (1982), A new distribution-free
/// quantile estimator, doi:10.1093/biomet/69.3.635.
public struct QuantileLaw: Sendable {
  /// The values that it takes, ascending.
  let values: [Double]
  /// P(Q ≤ value) of each.
  let cumulative: [Double]

  /// Values that stand for the law, about.
  private static let steps = 512.0
  /// Standard deviations of the rank beyond which nothing is.
  private static let reach = 9.0

  /// The law of a quantile.
  ///
  /// - Parameters:
  ///   - sorted: The sample, ascending and finite; *n* values.
  ///   - probability: p, strictly between 0 and 1.
  ///   - size: The size of the further sample, *m*; at least 1.
  /// - Throws: ``NumericsError`` `.tooFewObservations` for an empty sample, `.domain` outside these ranges.
  /// - Complexity: at most about a thousand evaluations of the beta function.
  public init(
    sorted: Span<Double>, probability: Double, size: Int
  ) throws(NumericsError) {
    guard sorted.count > 0, size > 0 else {
      throw NumericsError(.tooFewObservations, "a quantile needs a value")
    }
    guard probability > 0, probability < 1 else {
      throw NumericsError(.domain, "a probability strictly between 0 and 1 is expected")
    }
    let n = Double(sorted.count)
    let m = Double(size)
    let (a, b) = ((m + 1) * probability, (m + 1) * (1 - probability))
    let spread = n * (probability * (1 - probability) / (m + 2)).squareRoot()
    // Skewed laws reach further than normal ones: a few ranks more.
    let lower = max(1, Int((n * probability - Self.reach * spread - 40 * n / m).rounded(.down)))
    let upper = min(
      sorted.count, Int((n * probability + Self.reach * spread + 40 * n / m).rounded(.up)))
    let stride = max(1, Int(spread * 2 * Self.reach / Self.steps))
    var values: [Double] = []
    var cumulative: [Double] = []
    var rank = lower
    while rank < upper {
      values.append(sorted[rank - 1])
      cumulative.append(try GSL.betaLower(Double(rank) / n, a, b))
      rank += stride
    }
    values.append(sorted[upper - 1])
    cumulative.append(1)
    self.values = values
    self.cumulative = cumulative
  }

  /// The mean.
  public var mean: Double {
    var sum = 0.0
    var before = 0.0
    for (value, share) in zip(values, cumulative) {
      sum += value * (share - before)
      before = share
    }
    return sum
  }

  /// The variance.
  public var variance: Double {
    let centre = mean
    var sum = 0.0
    var before = 0.0
    for (value, share) in zip(values, cumulative) {
      sum += (value - centre) * (value - centre) * (share - before)
      before = share
    }
    return sum
  }

  /// The mean absolute difference from an independent draw of another law: `∫ F(1 − G) + G(1 − F)`.
  public func meanDifference(from other: QuantileLaw) -> Double {
    var (i, j) = (0, 0)
    var (f, g) = (0.0, 0.0)
    var sum = 0.0
    var last: Double?
    while i < values.count || j < other.values.count {
      let own = i < values.count ? values[i] : .infinity
      let theirs = j < other.values.count ? other.values[j] : .infinity
      let next = min(own, theirs)
      if let last { sum += (next - last) * (f * (1 - g) + g * (1 - f)) }
      while i < values.count, values[i] == next {
        f = cumulative[i]
        i += 1
      }
      while j < other.values.count, other.values[j] == next {
        g = other.cumulative[j]
        j += 1
      }
      last = next
    }
    return sum
  }
}

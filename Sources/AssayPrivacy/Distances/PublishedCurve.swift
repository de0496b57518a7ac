import AssayDocument
import AssayMetrics
import AssayNumerics

/// Quantiles of what was measured of rows, as far as they may be published: a curve, not single rows.
///
/// A quantile is left out where fewer than k rows of a side lie on either side of it, so that no end of the
/// curve tells of fewer rows than a published count would. Values have three digits.
struct PublishedCurve {
  /// Finer at the lower end, where copies show.
  private static let wanted =
    [0.01, 0.025] + (1...19).map { Double($0) / 20 } + [0.975, 0.99]

  /// The probabilities that every side has rows for.
  let probabilities: [Double]

  /// - Parameters:
  ///   - counts: The rows of each side that has a curve.
  ///   - k: The smallest count that is published.
  init(counts: [Int], k: Int) {
    let least = Double(counts.min() ?? 0)
    // A product such as 0.05 · 200 may fall short of its whole number by rounding.
    probabilities = Self.wanted.filter { min($0, 1 - $0) * least >= Double(k) - 1e-9 }
  }

  /// The quantiles of a side that is sorted, or null where it has no rows.
  func quantiles(_ sorted: [Double]) -> DetailValue {
    guard !sorted.isEmpty else { return .null }
    return .numbers(
      probabilities.map { probability in
        // The sample is not empty and the probability is inside 0...1.
        Published.rounded((try? quantile(sorted: sorted.span, probability: probability)) ?? 0)
      })
  }
}

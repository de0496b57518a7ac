import AssayNumerics

/// The values of both sides strictly beyond one real order statistic, as excesses over it.
///
/// Given a real order statistic, the real values strictly beyond it are independent draws of the law
/// beyond it, whatever that law is, and so are the synthetic ones. Where both laws are one the labels
/// of the pooled excesses are exchangeable: tests that permute them are exact, ties included.
struct TailSample: Sendable {
  /// The order statistic, in units of the column.
  let threshold: Double
  /// Whether values above it are the tail, or those below.
  let isUpper: Bool
  /// The excesses of the real side, ascending and above 0.
  let real: [Double]
  /// Those of the synthetic side.
  let synthetic: [Double]
  /// The shares of the values of either side that are beyond.
  let realShare, syntheticShare: Double

  /// The share of real values beyond the threshold, at most.
  static let most = 0.1
  /// Values beyond it that are looked at on the larger side, about, at most.
  static let enough = 1_000.0
  /// Real values beyond it, at least.
  static let fewest = 50
  /// Values strictly beyond it of either side, where many are tied with it, at least.
  static let fewestBeyond = 20

  /// Why there may be none.
  static let reason = "no tail has 50 values in a tenth of the real side and 20 beyond on both"

  /// The tails of two sorted samples that have enough values, the upper one first.
  static func both(_ real: [Double], _ synthetic: [Double]) -> [TailSample] {
    [true, false].compactMap { TailSample(real, synthetic, isUpper: $0) }
  }

  /// `nil` where a side has too few values beyond.
  init?(_ own: [Double], _ other: [Double], isUpper: Bool) {
    let largest = Double(max(own.count, other.count))
    let share = min(
      Self.most, max(Double(Self.fewest) / Double(max(1, own.count)), Self.enough / largest))
    let beyond = Int((share * Double(own.count)).rounded())
    guard beyond >= Self.fewest, beyond < own.count else { return nil }
    let threshold = isUpper ? own[own.count - beyond - 1] : own[beyond]
    func excesses(_ sorted: [Double]) -> [Double] {
      let counts = counts(below: threshold, inSorted: sorted.span)
      if isUpper { return sorted[counts.lessOrEqual...].map { $0 - threshold } }
      return sorted[..<counts.less].reversed().map { threshold - $0 }
    }
    real = excesses(own)
    synthetic = excesses(other)
    guard min(real.count, synthetic.count) >= Self.fewestBeyond else { return nil }
    self.threshold = threshold
    self.isUpper = isUpper
    realShare = Double(real.count) / Double(own.count)
    syntheticShare = Double(synthetic.count) / Double(other.count)
  }

  /// The word for the tail in details and names of random streams.
  var word: String { isUpper ? "upper" : "lower" }

  /// Statistics of the pooled excesses with their labels given out anew.
  ///
  /// - Parameters:
  ///   - count: The number of labellings.
  ///   - stream: The random numbers.
  ///   - statistic: Computes a number from the pooled excesses, ascending, and which are real.
  /// - Returns: The number for each labelling.
  func relabelled(
    _ count: Int, _ stream: inout RandomStream,
    _ statistic: (_ pooled: Span<Double>, _ isReal: Span<Bool>) -> Double
  ) -> [Double] {
    let pooled = sortedCopy((real + synthetic).span)
    var found: [Double] = []
    found.reserveCapacity(count)
    var labels = [Bool](repeating: false, count: pooled.count)
    for _ in 0..<count {
      var left = real.count
      for place in labels.indices {
        let isReal = left > 0 && stream.below(pooled.count - place) < left
        labels[place] = isReal
        if isReal { left -= 1 }
      }
      found.append(statistic(pooled.span, labels.span))
    }
    return found
  }
}

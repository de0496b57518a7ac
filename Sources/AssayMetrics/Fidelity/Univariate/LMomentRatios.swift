import AssayNumerics

/// L-skewness and L-kurtosis of a sorted sample, with standard errors from their influence functions.
struct LMomentRatios {
  /// Values that the influence is averaged over, at most: evenly spaced ranks serve as well as all.
  private static let influences = 20_000

  /// λ₃/λ₂.
  private(set) var skewness: GroupedMoments.Estimate
  /// λ₄/λ₂.
  private(set) var kurtosis: GroupedMoments.Estimate

  /// - Returns: `nil` for fewer than ten values or for a constant.
  ///
  /// One row x more moves β_r = ∫ y F^r dF by x F(x)^r + r ∫ over y > x of y F^(r−1) dF − (r + 1)β_r.
  init?(sorted: [Double]) {
    guard sorted.count >= 10, let found = try? LMoments(sorted: sorted.span),
      let ratios = try? found.ratios()
    else { return nil }
    let step = max(1, sorted.count / Self.influences)
    let values = stride(from: step / 2, to: sorted.count, by: step).map {
      (sorted[$0] - found.location) / found.scale
    }
    let n = Double(values.count)
    // β of the thinned values, standardised so that λ₁ is 0 and λ₂ is 1.
    var beta = [0.0, 0.0, 0.0, 0.0]
    for (index, value) in values.enumerated() {
      let f = (Double(index) + 0.5) / n
      beta[1] += value * f / n
      beta[2] += value * f * f / n
      beta[3] += value * f * f * f / n
    }
    var tail = [0.0, 0.0, 0.0, 0.0]
    var squares = (skewness: 0.0, kurtosis: 0.0)
    for index in values.indices.reversed() {
      let x = values[index]
      let f = (Double(index) + 0.5) / n
      let own = [x, x * f, x * f * f, x * f * f * f]
      // Half of the value itself is above it.
      var influence = [x, 0.0, 0.0, 0.0]
      for r in 1...3 {
        let part = Double(r) * own[r - 1] / n
        influence[r] = own[r] + tail[r] + part / 2 - Double(r + 1) * beta[r]
        tail[r] += part
      }
      let second = 2 * influence[1] - influence[0]
      let third = 6 * influence[2] - 6 * influence[1] + influence[0]
      let fourth =
        20 * influence[3] - 30 * influence[2] + 12 * influence[1] - influence[0]
      let a = third - ratios.skewness * second
      let b = fourth - ratios.kurtosis * second
      squares.skewness += a * a / n
      squares.kurtosis += b * b / n
    }
    let size = Double(sorted.count)
    skewness = (ratios.skewness, (squares.skewness / size).squareRoot())
    kurtosis = (ratios.kurtosis, (squares.kurtosis / size).squareRoot())
    guard skewness.error.isFinite, kurtosis.error.isFinite else { return nil }
  }

  /// With standard errors that are larger by a factor.
  func inflated(_ factor: Double) -> LMomentRatios {
    var copy = self
    copy.skewness.error *= factor
    copy.kurtosis.error *= factor
    return copy
  }
}

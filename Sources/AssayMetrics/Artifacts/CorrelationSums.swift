/// The six sums that a correlation needs.
package struct CorrelationSums {
  /// n, Σx, Σy, Σx², Σy², Σxy.
  package static let width = 6

  package var count, x, y, xx, yy, xy: Double

  /// The sums of one pair, in this order.
  package init(_ sums: Span<Double>) {
    count = sums[0]
    x = sums[1]
    y = sums[2]
    xx = sums[3]
    yy = sums[4]
    xy = sums[5]
  }

  private init(_ sums: Span<Float>) {
    count = Double(sums[0])
    x = Double(sums[1])
    y = Double(sums[2])
    xx = Double(sums[3])
    yy = Double(sums[4])
    xy = Double(sums[5])
  }

  /// The coefficient; 0 where it is not defined.
  private var correlation: Double {
    guard count > 1 else { return 0 }
    let vx = xx - x * x / count
    let vy = yy - y * y / count
    guard vx > 0, vy > 0 else { return 0 }
    return max(-1, min(1, (xy - x * y / count) / (vx * vy).squareRoot()))
  }

  /// The absolute difference of the correlations of each pair.
  package static func statistic(_ pairs: Int) -> TwoSampleStatistic {
    TwoSampleStatistic(subjects: pairs) { real, synthetic, out in
      for pair in 0..<pairs {
        let range = pair * width..<(pair + 1) * width
        out[pair] = abs(
          CorrelationSums(real.extracting(range)).correlation
            - CorrelationSums(synthetic.extracting(range)).correlation)
      }
    }
  }
}

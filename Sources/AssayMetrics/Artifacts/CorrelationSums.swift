import AssayNumerics
import AssayTable

/// The six sums that a correlation needs, by group of rows.
enum CorrelationSums {
  /// n, Σx, Σy, Σx², Σy², Σxy.
  static let width = 6

  /// The sums of each pair in each group; empty where the role is absent.
  static func grouped(
    _ pairs: [(first: Int, second: Int)], _ columns: PreparedColumns?
  ) -> [Float] {
    guard let columns else { return [] }
    let groups = columns.offsets.count - 1
    var out = [Float](repeating: 0, count: groups * pairs.count * width)
    for (index, pair) in pairs.enumerated() {
      let first = columns.ordered[pair.first]
      let second = columns.ordered[pair.second]
      let firstPresent = columns.present[pair.first]
      let secondPresent = columns.present[pair.second]
      for group in 0..<groups {
        let range = columns.offsets[group]..<columns.offsets[group + 1]
        let sums =
          firstPresent.isEmpty && secondPresent.isEmpty
          ? complete(first.span, second.span, range)
          : pairwise(
            first.span, second.span, firstPresent.span, secondPresent.span, range)
        let start = (group * pairs.count + index) * width
        for position in 0..<width { out[start + position] = Float(sums[position]) }
      }
    }
    return out
  }

  private static func complete(
    _ x: Span<Float>, _ y: Span<Float>, _ range: Range<Int>
  ) -> InlineArray<6, Double> {
    var sums = InlineArray<6, Double>(repeating: 0)
    sums[0] = Double(range.count)
    var sx = 0.0
    var sy = 0.0
    var sxx = 0.0
    var syy = 0.0
    var sxy = 0.0
    for row in range {
      let u = Double(x[row])
      let v = Double(y[row])
      sx += u
      sy += v
      sxx += u * u
      syy += v * v
      sxy += u * v
    }
    sums[1] = sx
    sums[2] = sy
    sums[3] = sxx
    sums[4] = syy
    sums[5] = sxy
    return sums
  }

  private static func pairwise(
    _ x: Span<Float>, _ y: Span<Float>, _ a: Span<Float>, _ b: Span<Float>, _ range: Range<Int>
  ) -> InlineArray<6, Double> {
    var sums = InlineArray<6, Double>(repeating: 0)
    for row in range {
      let both = (a.count == 0 ? 1 : a[row]) * (b.count == 0 ? 1 : b[row])
      guard both > 0 else { continue }
      let u = Double(x[row])
      let v = Double(y[row])
      sums[0] += 1
      sums[1] += u
      sums[2] += v
      sums[3] += u * u
      sums[4] += v * v
      sums[5] += u * v
    }
    return sums
  }

  /// The absolute difference of the correlations of each pair.
  static func statistic(_ pairs: Int) -> TwoSampleStatistic {
    TwoSampleStatistic(subjects: pairs) { real, synthetic, out in
      for pair in 0..<pairs {
        let range = pair * width..<(pair + 1) * width
        out[pair] = abs(
          correlation(real.extracting(range)) - correlation(synthetic.extracting(range)))
      }
    }
  }

  private static func correlation(_ sums: Span<Float>) -> Double {
    let n = Double(sums[0])
    guard n > 1 else { return 0 }
    let sx = Double(sums[1])
    let sy = Double(sums[2])
    let vx = Double(sums[3]) - sx * sx / n
    let vy = Double(sums[4]) - sy * sy / n
    guard vx > 0, vy > 0 else { return 0 }
    return max(-1, min(1, (Double(sums[5]) - sx * sy / n) / (vx * vy).squareRoot()))
  }
}

import AssayNumerics
import AssayTable
import Foundation

/// Mean, spread and shape of the values of one role, with standard errors from leaving out one group
/// of rows at a time.
struct GroupedMoments {
  /// A quantity and its standard error.
  typealias Estimate = (value: Double, error: Double)

  /// In training standard deviations from the training mean.
  private(set) var mean: Estimate?
  /// The logarithm of the standard deviation in training ones.
  private(set) var logDeviation: Estimate?
  /// m₃/m₂^{3/2}.
  private(set) var skewness: Estimate?
  /// m₄/m₂² − 3.
  private(set) var kurtosis: Estimate?

  /// - Parameters:
  ///   - values: The column.
  ///   - groups: The group of each row.
  ///   - weights: The weight of each row; `nil` for 1.
  ///   - centre: Taken from each value first.
  ///   - scale: What the rest is divided by; above 0.
  /// - Complexity: O(rows + groups).
  init(
    _ values: NumericValues, groups: [UInt16], weights: [Float]?, centre: Double, scale: Double
  ) {
    let count = Int(groups.max() ?? 0) + 1
    // Five sums a group: of weights, and of powers of the standardised value.
    var sums = [Double](repeating: 0, count: 5 * count)
    let numbers = values.values
    for row in numbers.indices where values.validity?[row] ?? true {
      let z = (numbers[row] - centre) / scale
      let w = weights.map { Double($0[row]) } ?? 1
      let place = 5 * Int(groups[row])
      let square = z * z
      sums[place] += w
      sums[place + 1] += w * z
      sums[place + 2] += w * square
      sums[place + 3] += w * square * z
      sums[place + 4] += w * square * square
    }
    var total = [Double](repeating: 0, count: 5)
    for place in sums.indices { total[place % 5] += sums[place] }
    guard total[0] > 1, total.allSatisfy(\.isFinite) else { return }
    let isWeighted = weights != nil
    let whole = Shape(total, isWeighted: isWeighted)
    var left: [Shape] = []
    for group in 0..<count where sums[5 * group] > 0 {
      left.append(
        Shape((0..<5).map { total[$0] - sums[5 * group + $0] }, isWeighted: isWeighted))
    }
    mean = Self.estimate(whole.mean, left.map(\.mean))
    logDeviation = Self.estimate(whole.logDeviation, left.map(\.logDeviation))
    skewness = Self.estimate(whole.skewness, left.map(\.skewness))
    kurtosis = Self.estimate(whole.kurtosis, left.map(\.kurtosis))
  }

  /// `√((G − 1)/G · Σ (θ₋g − θ̄)²)`.
  private static func estimate(_ value: Double?, _ others: [Double?]) -> Estimate? {
    let found = others.compactMap(\.self)
    guard let value, value.isFinite, found.count == others.count, found.count > 1 else {
      return nil
    }
    let count = Double(found.count)
    let centre = found.reduce(0, +) / count
    let squares = found.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    let error = ((count - 1) / count * squares).squareRoot()
    return error.isFinite ? (value, error) : nil
  }

  private struct Shape {
    var mean: Double?
    var logDeviation: Double?
    var skewness: Double?
    var kurtosis: Double?

    init(_ sums: [Double], isWeighted: Bool) {
      let n = sums[0]
      guard n > 1 else { return }
      let centre = sums[1] / n
      mean = centre
      let second = sums[2] / n - centre * centre
      // Powers of standardised values: less than this is rounding.
      guard second > 1e-14 * max(1, sums[2] / n) else { return }
      let a = sums[3] / n
      let b = sums[4] / n
      let third = a - 3 * centre * sums[2] / n + 2 * centre * centre * centre
      let square = centre * centre
      let fourth = b - 4 * centre * a + 6 * square * sums[2] / n - 3 * square * square
      logDeviation = log(second * (isWeighted ? 1 : n / (n - 1))) / 2
      skewness = third / (second * second.squareRoot())
      kurtosis = fourth / (second * second) - 3
    }
  }
}

import AssayNumerics
import Foundation

/// What shares of fresh rows are off by on average, from a table: exact sums for each of many cells
/// would cost more than everything else.
///
/// ```
/// E|A/n − B/m| ≈ √(2p(1 − p)(1/n + 1/m)/π) · r(min(n, m)·p)
/// ```
///
/// with the ratio r worked out exactly for the sizes of the tables, eight values an octave.
struct ExpectedGaps: Sendable {
  private static let lowest = -7.0
  private static let steps = 8.0
  private let ratios: [Double]

  /// Works out the ratios for the rows of the real and of the synthetic side.
  init(real: Int, synthetic: Int) throws(MetricError) {
    let balance = Double(max(1, synthetic)) / Double(max(1, real))
    // Few of many rows: shares are small, so that only expected counts matter.
    let (n, m) = balance >= 1 ? (4_096, 4_096 * balance) : (4_096 / balance, 4_096)
    let sizes = (Int(min(n, 1e7)), Int(min(m, 1e7)))
    var ratios: [Double] = []
    do throws(NumericsError) {
      for step in 0...Int(13 * Self.steps) {
        let mean = exp2(Self.lowest + Double(step) / Self.steps)
        let p = mean / Double(min(sizes.0, sizes.1))
        let exact = try expectedAbsoluteProportionDifference(p: p, n: sizes.0, m: sizes.1)
        ratios.append(exact / Self.limit(p, Double(sizes.0), Double(sizes.1)))
      }
    } catch {
      throw MetricError(error)
    }
    self.ratios = ratios
  }

  private static func limit(_ p: Double, _ n: Double, _ m: Double) -> Double {
    (2 / Double.pi * p * (1 - p) * (1 / n + 1 / m)).squareRoot()
  }

  /// The expectation for a share and two sizes.
  func mean(_ p: Double, _ n: Double, _ m: Double) -> Double {
    let expected = min(n, m) * min(p, 1 - p)
    guard expected > 0 else { return 0 }
    let place = (log2(expected) - Self.lowest) * Self.steps
    let limit = Self.limit(p, n, m)
    guard place > 0 else {
      // So rare that a count is hardly ever more than one: linear in the share.
      return limit * ratios[0] * (expected / exp2(Self.lowest)).squareRoot()
    }
    guard place < Double(ratios.count - 1) else { return limit }
    let index = Int(place)
    let part = place - Double(index)
    return limit * (ratios[index] * (1 - part) + ratios[index + 1] * part)
  }
}

import AssayDocument
import AssayNumerics
import Foundation

/// Total variation of two rows of whole counts, with what a fresh real sample gets in closed form.
struct CountGap {
  private let real: [Double]
  private let synthetic: [Double]
  private let pooled: [Double]
  private let n: Double
  private let m: Double

  /// - Parameters:
  ///   - real: Counts of the real side.
  ///   - synthetic: Counts on the same cells.
  ///   - pooled: Counts of all real rows, from which the law of a fresh sample is taken.
  ///
  /// There is none where a side is empty.
  init?(real: [Double], synthetic: [Double], pooled: [Double]) {
    self.real = real
    self.synthetic = synthetic
    self.pooled = pooled
    n = real.reduce(0, +)
    m = synthetic.reduce(0, +)
    guard n > 0, m > 0 else { return nil }
  }

  /// `½ Σ |p − q|`.
  var value: Double {
    min(1, zip(real, synthetic).reduce(0) { $0 + abs($1.0 / n - $1.1 / m) } / 2)
  }

  /// `½ Σ E|A/n − B/m|`, and the spread of as many independent differences.
  ///
  /// `size` is the number of all real rows, where the pooled counts are those of some cells only.
  func floor(of size: Double? = nil) throws(MetricError) -> (mean: Double, spread: Double) {
    let total = size ?? pooled.reduce(0, +)
    var mean = 0.0
    var variance = 0.0
    // Rare cells are many and alike: each count is worked out once.
    var known: [Double: Double] = [:]
    for count in pooled where count > 0 {
      let p = min(1, count / max(total, 1))
      if let found = known[count] {
        mean += found
      } else {
        do throws(NumericsError) {
          let expected = try expectedAbsoluteProportionDifference(p: p, n: Int(n), m: Int(m))
          known[count] = expected
          mean += expected
        } catch {
          throw MetricError(error)
        }
      }
      variance += (1 - 2 / Double.pi) * p * (1 - p) * (1 / n + 1 / m)
    }
    return (mean / 2, variance.squareRoot() / 2)
  }

  /// The standard deviation of the value, with each difference keeping its sign.
  func deviation(atLeast spread: Double) -> Double {
    func variance(_ counts: [Double], _ size: Double) -> Double {
      var mean = 0.0
      var square = 0.0
      for cell in counts.indices {
        let share = counts[cell] / size
        let difference = real[cell] / n - synthetic[cell] / m
        let sign = difference > 0 ? 1.0 : difference < 0 ? -1 : 0
        mean += sign * share
        square += sign * sign * share
      }
      return max(0, square - mean * mean) / size
    }
    return max(spread, (variance(real, n) + variance(synthetic, m)).squareRoot() / 2)
  }

  /// Pearson's test on cells that are pooled until it can be trusted.
  func test() throws(MetricError) -> TestResult? {
    do throws(NumericsError) {
      let table = try CellPooling(real.span, synthetic.span)
      guard table.count > 1 else { return nil }
      let test = try chiSquareTwoSample(table.first.span, table.second.span)
      return TestResult(
        statistic: test.statistic, pValue: test.pValue,
        method: "Pearson's chi-square with \(test.degreesOfFreedom) degrees of freedom, rarest "
          + "cells pooled")
    } catch {
      throw MetricError(error)
    }
  }

  /// The cell with the largest difference of shares, and the shares.
  var worst: (cell: Int, real: Double, synthetic: Double)? {
    let cell = real.indices.max {
      abs(real[$0] / n - synthetic[$0] / m) < abs(real[$1] / n - synthetic[$1] / m)
    }
    return cell.map { ($0, real[$0] / n, synthetic[$0] / m) }
  }
}

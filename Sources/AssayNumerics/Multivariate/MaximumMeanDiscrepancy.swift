import Foundation

/// How alike two rows are, as a function of their distance.
public enum Kernel: Sendable, Hashable {
  /// e^{−r²/(2s²)} of the Euclidean distance r.
  case gaussian(bandwidth: Double)
  /// e^{−r/s} of the Manhattan distance r.
  case laplace(bandwidth: Double)

  /// The distance that the kernel is a function of.
  public var metric: PooledDistances.Metric {
    switch self {
    case .gaussian: .euclidean
    case .laplace: .manhattan
    }
  }

  /// The bandwidth, s.
  public var bandwidth: Double {
    switch self {
    case .gaussian(let value), .laplace(let value): value
    }
  }

  /// The value for a distance: 1 at 0, falling to 0.
  public func value(at distance: Double) -> Double {
    switch self {
    case .gaussian(let bandwidth): exp(-distance * distance / (2 * bandwidth * bandwidth))
    case .laplace(let bandwidth): exp(-distance / bandwidth)
    }
  }
}

/// The squared maximum mean discrepancy of two samples under one kernel.
///
/// ```
/// MMD² = E k(X, X′) + E k(Y, Y′) − 2·E k(X, Y)
/// ```
///
/// Which differences it sees depends on the bandwidth: the median distance sees broad ones and
/// overlooks local defects. See ``FusedDiscrepancy`` for many bandwidths at once.
///
/// Source: Gretton et al. (2012), A kernel two-sample test, JMLR 13, 723–773.
public struct MaximumMeanDiscrepancy: Sendable, Hashable {
  /// Means over all pairs (equation 5), at least 0.
  public var biased: Double
  /// Means over pairs of different rows (equation 3); 0 on average for equal laws.
  public var unbiased: Double

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - distances: The distances of the pooled rows, in the kernel's metric.
  ///   - kernel: The kernel; its bandwidth must be above 0.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two rows a sample, `.domain` for a
  ///   bandwidth that is not above 0.
  /// - Complexity: O(*N*²).
  public init(_ distances: PooledDistances, kernel: Kernel) throws(NumericsError) {
    guard distances.firstCount > 1, distances.secondCount > 1 else {
      throw NumericsError(.tooFewObservations, "each sample must have at least two rows")
    }
    let rows = distances.count
    let labels = (0..<rows).map { $0 < distances.firstCount ? 1.0 : 0 }
    let table = try kernelTable(distances, kernel)
    let sums = LabelSums(table: table.span, labels: labels.span, rows: rows, labellings: 1)
    let n = Double(distances.firstCount)
    let m = Double(distances.secondCount)
    let cross = 2 * sums.between[0] / (n * m)
    // The diagonal, left out of the sums, holds ones.
    biased = max(0, (sums.first[0] + n) / (n * n) + (sums.second[0] + m) / (m * m) - cross)
    unbiased = sums.first[0] / (n * (n - 1)) + sums.second[0] / (m * (m - 1)) - cross
  }
}

/// The kernel of all pairs, with zeros on the diagonal.
func kernelTable(_ distances: PooledDistances, _ kernel: Kernel) throws(NumericsError) -> [Double] {
  guard kernel.bandwidth > 0, kernel.bandwidth < .infinity else {
    throw NumericsError(.domain, "a bandwidth above 0 is expected, not \(kernel.bandwidth)")
  }
  let rows = distances.count
  var table = distances.values
  for row in 0..<rows {
    table[row * rows + row] = 0
    for other in 0..<row {
      let value = kernel.value(at: table[row * rows + other])
      table[row * rows + other] = value
      table[other * rows + row] = value
    }
  }
  return table
}

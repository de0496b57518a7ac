import AssayNumerics
import AssayTable
import Foundation

/// Distances between two rows of counts over the cells of one column.
enum CellStatistics {
  /// The order of the subjects that ``univariate(_:)`` gives.
  enum Subject: Int, CaseIterable {
    case totalVariation, jensenShannon, kolmogorovSmirnov, wasserstein
  }

  /// Total variation and Jensen–Shannon distance over marginal cells; Kolmogorov–Smirnov and
  /// Wasserstein distance on the fine grid (0 for levels).
  static func univariate(_ fit: ColumnFit) -> TwoSampleStatistic {
    switch fit {
    case .nominal(let fit):
      let cells = fit.marginal.count
      return TwoSampleStatistic(subjects: Subject.allCases.count) { real, synthetic, out in
        cellDistances(real, synthetic, cellOf: nil, cells: cells, &out)
        out[Subject.kolmogorovSmirnov.rawValue] = 0
        out[Subject.wasserstein.rawValue] = 0
      }
    case .numeric(let fit):
      let cells = fit.marginal.count
      let cellOf = fit.marginal.cells(ofFine: fit.fine)
      let grid = fit.fine.edges ?? []
      let lower = fit.sorted.first ?? 0
      let upper = fit.sorted.last ?? 0
      return TwoSampleStatistic(subjects: Subject.allCases.count) { real, synthetic, out in
        cellDistances(real, synthetic, cellOf: cellOf, cells: cells, &out)
        gridDistances(real, synthetic, edges: grid.span, from: lower, to: upper, &out)
      }
    }
  }

  private static func cellDistances(
    _ real: Span<Float>, _ synthetic: Span<Float>, cellOf: [Int]?, cells: Int,
    _ out: inout MutableSpan<Double>
  ) {
    var p = [Double](repeating: 0, count: cells)
    var q = [Double](repeating: 0, count: cells)
    var n = 0.0
    var m = 0.0
    for cell in real.indices {
      let position = cellOf?[cell] ?? cell
      p[position] += Double(real[cell])
      q[position] += Double(synthetic[cell])
      n += Double(real[cell])
      m += Double(synthetic[cell])
    }
    guard n > 0, m > 0 else {
      out[Subject.totalVariation.rawValue] = 0
      out[Subject.jensenShannon.rawValue] = 0
      return
    }
    var variation = 0.0
    var divergence = 0.0
    for cell in 0..<cells {
      let a = p[cell] / n
      let b = q[cell] / m
      variation += abs(a - b)
      divergence += jensenShannonTerm(a, b)
    }
    out[Subject.totalVariation.rawValue] = min(1, variation / 2)
    out[Subject.jensenShannon.rawValue] = min(1, max(0, divergence / 2).squareRoot())
  }

  /// `a log₂(a/c) + b log₂(b/c)` with c the mean of the two.
  @inline(__always)
  private static func jensenShannonTerm(_ a: Double, _ b: Double) -> Double {
    let centre = (a + b) / 2
    var term = 0.0
    if a > 0 { term += a * log2(a / centre) }
    if b > 0 { term += b * log2(b / centre) }
    return term
  }

  private static func gridDistances(
    _ real: Span<Float>, _ synthetic: Span<Float>, edges: Span<Double>, from lower: Double,
    to upper: Double, _ out: inout MutableSpan<Double>
  ) {
    var n = 0.0
    var m = 0.0
    for cell in 0..<(real.count - 1) {
      n += Double(real[cell])
      m += Double(synthetic[cell])
    }
    var supremum = 0.0
    var area = 0.0
    if n > 0, m > 0 {
      var f = 0.0
      var g = 0.0
      var previous = 0.0
      var position = min(lower, edges.count > 0 ? edges[0] : lower)
      for edge in edges.indices {
        f += Double(real[edge])
        g += Double(synthetic[edge])
        let difference = abs(f / n - g / m)
        supremum = max(supremum, difference)
        area += (edges[edge] - position) * (difference + previous) / 2
        previous = difference
        position = edges[edge]
      }
      area += max(0, upper - position) * previous / 2
    }
    out[Subject.kolmogorovSmirnov.rawValue] = min(1, supremum)
    out[Subject.wasserstein.rawValue] = area
  }
}

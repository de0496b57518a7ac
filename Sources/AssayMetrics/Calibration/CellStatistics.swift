import AssayNumerics
package import AssayTable
import Foundation

/// Distances between two rows of counts over the cells of one column.
package enum CellStatistics {
  /// The order of the subjects that ``univariate(_:)`` gives.
  package enum Subject: Int, CaseIterable {
    case totalVariation, jensenShannon, hellinger, kullbackLeibler, populationStability, chiSquare
    case kolmogorovSmirnov, wasserstein, wasserstein2, kuiper, cramerVonMises, andersonDarling
    case energy

    /// Whether the distance is over marginal cells, missing values being one, rather than on the
    /// fine grid.
    package var isOverCells: Bool { rawValue <= Subject.chiSquare.rawValue }

    /// Whether the distance goes with the square of the differences.
    package var isSquared: Bool {
      switch self {
      case .kullbackLeibler, .populationStability, .cramerVonMises, .andersonDarling, .energy: true
      default: false
      }
    }

    /// Whether the value depends on the numbers of rows, and not on shares alone.
    package var dependsOnSizes: Bool {
      switch self {
      case .kullbackLeibler, .populationStability, .cramerVonMises, .andersonDarling: true
      default: false
      }
    }
  }

  /// Distances over marginal cells; and, for numbers, distances on the fine grid (0 for levels).
  package static func univariate(_ fit: ColumnFit) -> TwoSampleStatistic {
    let squared = Subject.allCases.map(\.isSquared)
    switch fit {
    case .nominal(let fit):
      let cells = fit.marginal.count
      return TwoSampleStatistic(subjects: Subject.allCases.count, isSquared: squared) {
        real, synthetic, out in
        cellDistances(real, synthetic, cellOf: nil, cells: cells, &out)
        for subject in Subject.allCases where !subject.isOverCells { out[subject.rawValue] = 0 }
      }
    case .numeric(let fit):
      let cells = fit.marginal.count
      let cellOf = fit.marginal.cells(ofFine: fit.fine)
      let grid = GridDistances(fit)
      return TwoSampleStatistic(subjects: Subject.allCases.count, isSquared: squared) {
        real, synthetic, out in
        cellDistances(real, synthetic, cellOf: cellOf, cells: cells, &out)
        grid.evaluate(real, synthetic, &out)
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
    for subject in Subject.allCases where subject.isOverCells { out[subject.rawValue] = 0 }
    guard n > 0, m > 0 else { return }
    var occupied = 0
    for cell in 0..<cells where p[cell] + q[cell] > 0 { occupied += 1 }
    let added = Double(occupied) / 2
    var variation = 0.0
    var divergence = 0.0
    var hellinger = 0.0
    var triangular = 0.0
    var information = 0.0
    var stability = 0.0
    // Cells that are empty on both sides add nothing to any distance, nor do they take a half.
    for cell in 0..<cells where p[cell] + q[cell] > 0 {
      let a = p[cell] / n
      let b = q[cell] / m
      variation += abs(a - b)
      divergence += jensenShannonTerm(a, b)
      let root = a.squareRoot() - b.squareRoot()
      hellinger += root * root
      triangular += (a - b) * (a - b) / (a + b)
      let smooth = (p[cell] + 0.5) / (n + added)
      let other = (q[cell] + 0.5) / (m + added)
      let ratio = log(smooth / other)
      information += smooth * ratio
      stability += (smooth - other) * ratio
    }
    out[Subject.totalVariation.rawValue] = min(1, variation / 2)
    out[Subject.jensenShannon.rawValue] = min(1, max(0, divergence / 2).squareRoot())
    out[Subject.hellinger.rawValue] = min(1, (hellinger / 2).squareRoot())
    out[Subject.chiSquare.rawValue] = min(1, (triangular / 2).squareRoot())
    out[Subject.kullbackLeibler.rawValue] = max(0, information)
    out[Subject.populationStability.rawValue] = max(0, stability)
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
}

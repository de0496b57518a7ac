import AssayNumerics
package import AssayTable

/// Distances between distribution functions that are known at the edges of the fine grid.
///
/// Between edges mass is spread evenly; the outer cells end at the training range.
package struct GridDistances: Sendable {
  private let edges: [Double]
  /// Where each cell but that of missing values starts, and the end of the last.
  private let places: [Double]

  package init(_ fit: NumericFit) {
    edges = fit.fine.edges ?? []
    let lower = fit.sorted.first ?? 0
    let upper = fit.sorted.last ?? 0
    let first = min(lower, edges.first ?? lower)
    places = [first] + edges + [max(upper, edges.last ?? upper)]
  }

  /// Writes every distance on the grid.
  ///
  /// - Complexity: O(cells).
  package func evaluate(
    _ real: Span<Float>, _ synthetic: Span<Float>, _ out: inout MutableSpan<Double>
  ) {
    typealias Subject = CellStatistics.Subject
    for subject in Subject.allCases where !subject.isOverCells { out[subject.rawValue] = 0 }
    let cells = real.count - 1
    var n = 0.0
    var m = 0.0
    for cell in 0..<cells {
      n += Double(real[cell])
      m += Double(synthetic[cell])
    }
    guard n > 0, m > 0 else { return }
    let spots = places.span
    var above = 0.0
    var below = 0.0
    var area = 0.0
    var squares = 0.0
    var even = 0.0
    var weighted = 0.0
    var f = 0.0
    var g = 0.0
    var before = 0.0
    for cell in 0..<cells {
      let size = Double(real[cell]) + Double(synthetic[cell])
      let pooled = f + g
      f += Double(real[cell])
      g += Double(synthetic[cell])
      // Both functions end at 1 together, whatever rounding says.
      let gap = cell == cells - 1 ? 0 : f / n - g / m
      above = max(above, gap)
      below = max(below, -gap)
      let width = spots[cell + 1] - spots[cell]
      if width > 0 {
        area += width * Self.meanSize(before, gap)
        squares += width * (before * before + before * gap + gap * gap) / 3
      }
      if size > 0 {
        let middle = (before + gap) / 2
        let term = size * middle * middle
        even += term
        let place = (pooled + size / 2) / (n + m)
        let variance = place * (1 - place) - size / (n + m) / 4
        if variance > 1e-12 { weighted += term / variance }
      }
      before = gap
    }
    out[Subject.kolmogorovSmirnov.rawValue] = min(1, max(above, below))
    out[Subject.kuiper.rawValue] = min(1, above + below)
    out[Subject.wasserstein.rawValue] = area
    out[Subject.energy.rawValue] = 2 * squares
    out[Subject.cramerVonMises.rawValue] = even / (n + m)
    out[Subject.andersonDarling.rawValue] = weighted / (n + m)
    out[Subject.wasserstein2.rawValue] = transport(real, synthetic, n, m)
  }

  /// As the Wasserstein distance of documents has it: a change of sign inside a cell is not seen.
  @inline(__always)
  private static func meanSize(_ start: Double, _ end: Double) -> Double {
    (abs(end) + abs(start)) / 2
  }

  /// The Wasserstein-2 distance of two laws that are even inside cells: their quantile functions
  /// are lines between the shares at which either reaches the end of a cell.
  private func transport(
    _ real: Span<Float>, _ synthetic: Span<Float>, _ n: Double, _ m: Double
  ) -> Double {
    let cells = real.count - 1
    let spots = places.span
    var (i, j) = (0, 0)
    var (fromReal, fromSynthetic) = (0.0, 0.0)
    var at = 0.0
    var sum = 0.0
    while true {
      while i < cells, real[i] <= 0 { i += 1 }
      while j < cells, synthetic[j] <= 0 { j += 1 }
      guard i < cells, j < cells else { break }
      let p = Double(real[i]) / n
      let q = Double(synthetic[j]) / m
      let endReal = fromReal + p
      let endSynthetic = fromSynthetic + q
      let end = min(endReal, endSynthetic)
      if end > at {
        let width = spots[i + 1] - spots[i]
        let other = spots[j + 1] - spots[j]
        let start =
          spots[i] + width * (at - fromReal) / p - spots[j] - other * (at - fromSynthetic) / q
        let stop =
          spots[i] + width * (end - fromReal) / p - spots[j] - other * (end - fromSynthetic) / q
        sum += (end - at) * (start * start + start * stop + stop * stop) / 3
        at = end
      }
      if endReal <= end {
        fromReal = endReal
        i += 1
      }
      if endSynthetic <= end {
        fromSynthetic = endSynthetic
        j += 1
      }
    }
    return sum.squareRoot()
  }
}

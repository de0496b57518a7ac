package import AssayDocument
import AssayNumerics
package import AssayTable

/// Every distance between the distribution functions of one column that a merge of its sorted
/// values gives: one pass for all of them, and nothing kept but the results.
package struct RankDistances: Artifact {
  package typealias Frame = ReferenceFrame

  /// What was found.
  package struct Found: Sendable {
    /// Present values of the first role.
    package var first: Int
    /// Present values of the second.
    package var second: Int
    /// How far the first distribution function rises over the second, and where.
    package var above: (gap: Double, at: Double)
    /// The other way round.
    package var below: (gap: Double, at: Double)
    /// ∫ (F − G)² dH with H the pooled distribution function, ties at their middle.
    package var evenSquares: Double
    /// The same, each gap in units of its variance.
    package var weightedSquares: Double
    /// 2 ∫ (F − G)² dx in the unit of the data.
    package var energy: Double
    /// Pooled shares of runs of values, small ones put together.
    package var shares: [Double]
    /// The mean size of the run that a value of each of them lies in.
    package var ties: [Double]
    /// The share of pooled values in the largest run.
    package var largestRun: Double

    /// 1/n + 1/m.
    package var inverseSizes: Double { 1 / Double(first) + 1 / Double(second) }
  }

  package var first: TableRole
  package var second: TableRole = .synthetic
  package var column: Int

  package init(first: TableRole, second: TableRole = .synthetic, column: Int) {
    self.first = first
    self.second = second
    self.column = column
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found? {
    let x = try await workspace.value(of: SortedColumn(role: first, column: column))
    let y = try await workspace.value(of: SortedColumn(role: second, column: column))
    guard !x.isEmpty, !y.isEmpty else { return nil }
    return Self.merge(x.span, y.span)
  }

  /// Merges two ascending samples that are not empty.
  ///
  /// - Complexity: O(*n* + *m*).
  package static func merge(_ x: Span<Double>, _ y: Span<Double>) -> Found {
    let n = Double(x.count)
    let m = Double(y.count)
    let total = n + m
    var (i, j) = (0, 0)
    var last = min(x[0], y[0])
    var before = 0.0
    var above = (gap: 0.0, at: last)
    var below = (gap: 0.0, at: last)
    var even = CompensatedSum()
    var weighted = CompensatedSum()
    var energy = CompensatedSum()
    var runs = RunShares(total: total)
    while i < x.count || j < y.count {
      let value: Double
      if i == x.count {
        value = y[j]
      } else if j == y.count {
        value = x[i]
      } else {
        value = min(x[i], y[j])
      }
      energy.add(before * before * (value - last))
      let pooled = i + j
      while i < x.count, x[i] == value { i += 1 }
      while j < y.count, y[j] == value { j += 1 }
      let size = Double(i + j - pooled)
      let gap = Double(i) / n - Double(j) / m
      if gap > above.gap { above = (gap, value) }
      if -gap > below.gap { below = (-gap, value) }
      let middle = (before + gap) / 2
      if middle != 0 {
        let term = size * middle * middle
        even.add(term)
        let place = (Double(pooled) + size / 2) / total
        weighted.add(term / (place * (1 - place) - size / total / 4))
      }
      runs.add(size)
      before = gap
      last = value
    }
    runs.close()
    return Found(
      first: x.count, second: y.count, above: above, below: below,
      evenSquares: even.total / total, weightedSquares: weighted.total / total,
      energy: 2 * energy.total, shares: runs.shares, ties: runs.ties,
      largestRun: runs.largest / total)
  }

  /// Puts runs of values together until each holds a sixty-fourth of the pool.
  private struct RunShares {
    private(set) var shares: [Double] = []
    private(set) var ties: [Double] = []
    private(set) var largest = 0.0
    private let enough: Double
    private var open = 0.0
    private var squares = 0.0

    init(total: Double) { enough = total / 64 }

    mutating func add(_ size: Double) {
      largest = max(largest, size)
      if size >= enough { close() }
      open += size
      squares += size * size
      if open >= enough { close() }
    }

    mutating func close() {
      if open > 0 {
        shares.append(open)
        ties.append(squares / open)
      }
      open = 0
      squares = 0
    }
  }
}

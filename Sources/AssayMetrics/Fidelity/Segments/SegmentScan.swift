import AssayNumerics
import AssayTable

/// Compares the cells of a column inside the segments of one or two others.
struct SegmentScan: Sendable {
  typealias Condition = SegmentSearch.Condition

  let sides: SegmentSides
  let gaps: ExpectedGaps
  let k: Int
  /// `nil` where rows are not tested.
  let relabelling: SegmentRelabelling?

  /// Whether a cell is compared: that does not depend on which row is on which side.
  static func isAsked(_ marked: Double, of rows: Double, least: Double) -> Bool {
    rows >= 2 * least && marked >= 10 && marked <= rows - 10
  }

  /// What a part of the search found.
  struct Found: Sendable {
    var parts: [SegmentSearch.Part] = []
    var comparisons = 0
    var unsupported: Set<[Condition]> = []
    var lacking: Set<[Condition]> = []
    /// The largest difference of each labelling.
    var maxima: [Double] = []

    mutating func add(_ other: Found) {
      parts += other.parts
      comparisons += other.comparisons
      unsupported.formUnion(other.unsupported)
      lacking.formUnion(other.lacking)
      raise(other.maxima)
    }

    mutating func raise(_ other: [Double]) {
      maxima = maxima.isEmpty ? other : zip(maxima, other).map { max($0, $1) }
    }
  }

  /// Each of two columns inside the cells of the other.
  func pair(_ first: Int, _ second: Int) throws(MetricError) -> Found {
    var found = Found()
    for (condition, compared) in [(first, second), (second, first)] {
      let shape = [sides.fineSizes[condition], sides.coarseSizes[compared]]
      let table = sides.table(shape) { [$0.fine[condition], $0.coarse[compared]] }
      let whole = table.total(over: [0])
      for cell in 0..<shape[0] {
        try look(
          [Condition(column: condition, cell: cell)], compared, inside: table.slice([cell]),
          around: [whole], &found)
      }
      relabel(shape, compared: [1], &found) { [$0.fine[condition], $0.coarse[compared]] }
    }
    return found
  }

  /// Each of three columns inside pairs of cells of the others.
  func triple(_ columns: [Int]) throws(MetricError) -> Found {
    var found = Found()
    for compared in 0..<3 {
      let others = (0..<3).filter { $0 != compared }.map { columns[$0] }
      let own = columns[compared]
      let shape = (others + [own]).map { sides.coarseSizes[$0] }
      let table = sides.table(shape) { side in (others + [own]).map { side.coarse[$0] } }
      let ofFirst = (0..<shape[0]).map { table.slice([$0]).total(over: [0]) }
      let ofSecond = (0..<shape[1]).map { table.total(over: [0]).slice([$0]) }
      for first in 0..<shape[0] {
        for second in 0..<shape[1] {
          try look(
            [
              Condition(column: others[0], cell: first),
              Condition(column: others[1], cell: second),
            ].sorted(), own, inside: table.slice([first, second]),
            around: [ofFirst[first], ofSecond[second]], &found)
        }
      }
    }
    relabel(columns.map { sides.coarseSizes[$0] }, compared: [0, 1, 2], &found) { side in
      columns.map { side.coarse[$0] }
    }
    return found
  }

  private var least: Double { Double(max(SegmentSearch.support, k)) }

  private func relabel(
    _ shape: [Int], compared: [Int], _ found: inout Found,
    _ codes: (SegmentSides.Side) -> [[UInt8]]
  ) {
    guard let relabelling else { return }
    found.raise(
      relabelling.maxima(
        real: .init(codes: codes(sides.real), count: sides.real.count),
        synthetic: .init(codes: codes(sides.synthetic), count: sides.synthetic.count),
        shape: shape, compared: compared, least: least))
  }

  /// One segment, with the larger sets of rows that it is a part of.
  private func look(
    _ conditions: [Condition], _ compared: Int, inside: SegmentCounts, around: [SegmentCounts],
    _ found: inout Found
  ) throws(MetricError) {
    let n = inside.real.reduce(0, +)
    let m = inside.synthetic.reduce(0, +)
    let asked = inside.real.indices.filter {
      Self.isAsked(inside.real[$0] + inside.synthetic[$0], of: n + m, least: least)
    }
    found.comparisons += asked.count
    guard n >= least, m >= least else {
      found.unsupported.insert(conditions)
      if n >= least { found.lacking.insert(conditions) }
      return
    }
    var part = SegmentSearch.Part(
      conditions: conditions, real: Int(n), synthetic: Int(m),
      value: Self.distance(inside.real, inside.synthetic), floor: 0, spread: 0,
      baseline: Self.distance(inside.real, inside.shuffled), differences: [])
    (part.floor, part.spread) = floor(inside, n, m)
    if relabelling != nil {
      do throws(NumericsError) {
        for cell in asked {
          if let made = try difference(compared, cell, inside, around, n, m) {
            part.differences.append(made)
          }
        }
      } catch {
        throw MetricError(error)
      }
    }
    found.parts.append(part)
  }

  private func difference(
    _ column: Int, _ cell: Int, _ inside: SegmentCounts, _ around: [SegmentCounts], _ n: Double,
    _ m: Double
  ) throws(NumericsError) -> SegmentDifference? {
    let least = Double(k)
    // Few real rows are named by no share.
    guard inside.real[cell] == 0 || inside.real[cell] >= least else { return nil }
    let own = inside.contrast(cell)
    let rest = around.map { $0.contrast(cell) - own }
    guard let judged = try SegmentContrast.judge(inside: own, around: rest) else { return nil }
    var made = SegmentDifference(
      column: column, cell: cell, real: own.real / n, synthetic: own.synthetic / m,
      pValue: judged.pValue, evidence: judged.evidence, statistic: judged.statistic)
    if let outside = rest.first, outside.realOf >= least, outside.syntheticOf >= least,
      outside.real == 0 || outside.real >= least
    {
      made.realElsewhere = outside.real / outside.realOf
      made.syntheticElsewhere = outside.synthetic / outside.syntheticOf
    }
    return made
  }

  /// `½ Σ |p − q|` of two rows of counts; 1 where one is empty.
  private static func distance(_ first: [Double], _ second: [Double]) -> Double {
    let n = first.reduce(0, +)
    let m = second.reduce(0, +)
    guard n > 0, m > 0 else { return 1 }
    return min(1, zip(first, second).reduce(0) { $0 + abs($1.0 / n - $1.1 / m) } / 2)
  }

  /// What fresh rows get, and how much it varies.
  private func floor(
    _ counts: SegmentCounts, _ n: Double, _ m: Double
  ) -> (mean: Double, spread: Double) {
    let total = counts.pooled.reduce(0, +)
    var mean = 0.0
    var variance = 0.0
    for count in counts.pooled where count > 0 {
      let share = count / total
      mean += gaps.mean(share, n, m)
      variance += (1 - 2 / Double.pi) * share * (1 - share) * (1 / n + 1 / m)
    }
    return (mean / 2, variance.squareRoot() / 2)
  }
}

/// Counts of all sides over the same cells.
struct SegmentCounts: Sendable {
  var shape: [Int]
  var real, synthetic, pooled, shuffled: [Double]

  private func map(_ change: ([Double]) -> [Double], shape: [Int]) -> SegmentCounts {
    SegmentCounts(
      shape: shape, real: change(real), synthetic: change(synthetic), pooled: change(pooled),
      shuffled: change(shuffled))
  }

  /// The cells under some cells of the first columns.
  func slice(_ cells: [Int]) -> SegmentCounts {
    let rest = Array(shape.dropFirst(cells.count))
    let width = rest.reduce(1, *)
    let start = zip(cells, shape).reduce(0) { $0 * $1.1 + $1.0 } * width
    return map({ Array($0[start..<start + width]) }, shape: rest)
  }

  /// The sums over the first column.
  func total(over axes: [Int]) -> SegmentCounts {
    let rest = Array(shape.dropFirst(axes.count))
    let width = rest.reduce(1, *)
    return map(
      { counts in
        var sums = [Double](repeating: 0, count: width)
        for (index, count) in counts.enumerated() { sums[index % width] += count }
        return sums
      }, shape: rest)
  }

  /// Marked rows and all rows of a cell.
  func contrast(_ cell: Int) -> SegmentContrast.Counts {
    SegmentContrast.Counts(
      real: real[cell], realOf: real.reduce(0, +), synthetic: synthetic[cell],
      syntheticOf: synthetic.reduce(0, +))
  }
}

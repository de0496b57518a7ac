package import AssayDocument
import AssayNumerics
package import AssayTable

/// Random conditions on four and five columns at once.
package struct ConjunctionPlan: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  /// How many conjunctions are asked: a bit each of a vector.
  package static let count = 256
  /// Which share of training a condition on one column is to hold for, at least.
  private static let shares = 0.4..<0.8

  /// The conjunctions.
  package struct Value: Sendable {
    /// The columns of each conjunction, as positions in ``PairPlan/columns(_:)``.
    package var columns: [[Int]]
    /// For each column and cell, a bit for each conjunction that the cell is in, or that says
    /// nothing of the column.
    package var masks: [[SIMD4<UInt64>]]
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Value {
    let columns = PairPlan.columns(frame)
    guard columns.count >= 4 else { return Value(columns: [], masks: []) }
    let training = try await workspace.value(of: PairCodes(source: .role(.training)))
    let cells = columns.indices.map { Self.cells(frame, columns[$0], training.codes[$0]) }
    let choice = NamedChoice(
      frame, columns, seed: workspace.plan.seed, purpose: "conjunctions")
    var stream = choice.stream
    var masks = columns.map { column in
      [SIMD4<UInt64>](
        repeating: SIMD4(repeating: .max), count: frame.fits[column]?.pairCells.count ?? 1)
    }
    var asked: [[Int]] = []
    for query in 0..<Self.count {
      let size = query % 2 == 0 || columns.count == 4 ? 4 : 5
      var order = choice.byName
      stream.shuffle(&order)
      let own = Array(order.prefix(size))
      for column in own {
        let held = cells[column].chosen(
          share: Self.shares.lowerBound
            + stream.uniform() * (Self.shares.upperBound - Self.shares.lowerBound), &stream)
        let bit = UInt64(1) << UInt64(query % 64)
        for cell in masks[column].indices where !held.contains(cell) {
          masks[column][cell][query / 64] &= ~bit
        }
      }
      asked.append(own.sorted())
    }
    return Value(columns: asked, masks: masks)
  }

  /// The cells of one column with their training shares, in an order that does not depend on that
  /// of the rows.
  private struct Cells {
    var order: [Int]
    var shares: [Double]
    /// Whether conditions are runs of neighbours.
    var isNumeric: Bool

    /// Random cells that hold at least a share of training.
    func chosen(share: Double, _ stream: inout RandomStream) -> Set<Int> {
      var order = order
      if isNumeric {
        let start = stream.below(max(1, order.count))
        // Upward from a random cell, then downward from it.
        order = Array(order[start...]) + order[..<start].reversed()
      } else {
        stream.shuffle(&order)
      }
      var held: Set<Int> = []
      var sum = 0.0
      for cell in order {
        if sum >= share { break }
        held.insert(cell)
        sum += shares[cell]
      }
      return held
    }
  }

  private static func cells(_ frame: ReferenceFrame, _ column: Int, _ codes: [UInt8]) -> Cells {
    guard let fit = frame.fits[column] else {
      return Cells(order: [], shares: [], isNumeric: false)
    }
    let map = fit.pairCells
    var shares = [Double](repeating: 0, count: map.count)
    for code in codes { shares[Int(code)] += 1 / Double(max(1, codes.count)) }
    switch map.rule {
    case .edges:
      return Cells(order: Array(0..<map.missingCell), shares: shares, isNumeric: true)
    case .levels(let kept, _):
      let names = frame.levels[column]?.names ?? []
      let byName = kept.indices.sorted { names[kept[$0]] < names[kept[$1]] }
      return Cells(
        order: byName + [kept.count, map.missingCell], shares: shares, isNumeric: false)
    }
  }
}

/// How often each conjunction holds, with replicates and splits.
package struct ConjunctionCalibration: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  /// What was found for one real side.
  package struct Side: Sendable {
    /// The mean absolute difference of the shares.
    package var mean: PairCalibration.Calibrated
    /// The share of the rows for which each conjunction holds.
    package var real, synthetic: [Double]
    /// What the difference of each is for a fresh real sample, on average.
    package var floors: [Double]
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Against: Side] {
    let plan = try await workspace.value(of: ConjunctionPlan())
    guard !plan.columns.isEmpty else { return [:] }
    let calibrator = try await Calibrator(workspace)
    var counts: [PairSource: [Float]] = [:]
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      let codes = try await workspace.value(of: PairCodes(source: .role(role)))
      counts[.role(role)] = try Self.count(codes, plan, threads: workspace.threads)
    }
    let shuffled = try await workspace.value(of: PairCodes(source: .shuffled))
    let anchor = try Self.count(shuffled, plan, threads: workspace.threads)
    let cells = ConjunctionPlan.count + 1
    let statistic = Self.statistic
    let found = calibrator.calibrate(
      GroupedCounts(
        cells: cells, training: counts[.role(.training)] ?? [],
        synthetic: counts[.role(.synthetic)] ?? [], holdout: counts[.role(.holdout)] ?? []),
      statistic)
    var sides: [Against: Side] = [:]
    for (against, block) in found {
      let real = Self.total(counts[.role(against == .training ? .training : .holdout)] ?? [])
      let synthetic = Self.total(counts[.role(.synthetic)] ?? [])
      var baseline = [Double](repeating: 0, count: statistic.subjects)
      var span = baseline.mutableSpan
      let shuffledTotal = Self.total(anchor)
      statistic.evaluate(real.span, shuffledTotal.span, &span)
      let floor = block.splitFloor(0)
      sides[against] = Side(
        mean: PairCalibration.Calibrated(
          value: block.values[0], deviation: block.deviation(0),
          floor: ScoreFloor(
            value: floor.mean, spread: floor.deviation, method: FloorMethod.splits),
          baseline: baseline[0]), real: Self.shares(real), synthetic: Self.shares(synthetic),
        floors: (1..<statistic.subjects).map { block.splitFloor($0).mean })
    }
    return sides
  }

  /// The mean absolute difference of the shares, then that of each conjunction.
  private static let statistic = TwoSampleStatistic(subjects: ConjunctionPlan.count + 1) {
    real, synthetic, out in
    let n = Double(real[ConjunctionPlan.count])
    let m = Double(synthetic[ConjunctionPlan.count])
    var sum = 0.0
    for query in 0..<ConjunctionPlan.count {
      let difference =
        n > 0 && m > 0 ? abs(Double(real[query]) / n - Double(synthetic[query]) / m) : 0
      out[query + 1] = difference
      sum += difference
    }
    out[0] = sum / Double(ConjunctionPlan.count)
  }

  private static func total(_ counts: [Float]) -> [Float] {
    let cells = ConjunctionPlan.count + 1
    var total = [Double](repeating: 0, count: cells)
    for position in counts.indices { total[position % cells] += Double(counts[position]) }
    return total.map { Float($0) }
  }

  private static func shares(_ total: [Float]) -> [Double] {
    let rows = max(1, Double(total[ConjunctionPlan.count]))
    return total.prefix(ConjunctionPlan.count).map { Double($0) / rows }
  }

  /// For how many rows of each group each conjunction holds, and the number of rows.
  private static func count(
    _ codes: OrderedCodes, _ plan: ConjunctionPlan.Value, threads: Int
  ) throws(MetricError) -> [Float] {
    try parallelMap(codes.offsets.count - 1, threads: threads) { group in
      var counts = [Double](repeating: 0, count: ConjunctionPlan.count + 1)
      var start = codes.offsets[group]
      let end = codes.offsets[group + 1]
      // A few thousand rows at a time stay close to the processor.
      while start < end {
        let rows = start..<min(end, start + 4_096)
        add(codes, plan, rows, to: &counts)
        start = rows.upperBound
      }
      return counts.map { Float($0) }
    }.flatMap(\.self)
  }

  private static func add(
    _ codes: OrderedCodes, _ plan: ConjunctionPlan.Value, _ rows: Range<Int>,
    to counts: inout [Double]
  ) {
    var held = [SIMD4<UInt64>](repeating: SIMD4(repeating: .max), count: rows.count)
    var span = held.mutableSpan
    for (column, masks) in plan.masks.enumerated() {
      let cells = codes.codes[column]
      let own = cells.span.extracting(rows)
      for row in own.indices { span[row] &= masks[Int(own[row])] }
    }
    for row in 0..<rows.count {
      let weight = codes.weights.isEmpty ? 1 : Double(codes.weights[rows.lowerBound + row])
      counts[ConjunctionPlan.count] += weight
      for lane in 0..<4 {
        var word = held[row][lane]
        while word != 0 {
          counts[64 * lane + word.trailingZeroBitCount] += weight
          word &= word - 1
        }
      }
    }
  }
}

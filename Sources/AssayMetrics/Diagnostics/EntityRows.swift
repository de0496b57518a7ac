public import AssayDocument
import AssayNumerics
public import AssayTable

/// Whether rows belong to entities as real rows do.
///
/// ```
/// ½ Σ over sizes of |share of real entities − share of synthetic entities|
/// ```
///
/// The size of an entity is its number of rows, in cells 1, 2, 3, 4, 5–6, 7–10, 11–20 and more. A
/// generator of single rows gives every entity one row, or draws names of entities by chance: then
/// what is the same in all rows of a real entity, such as a date of birth, differs within a synthetic
/// one. The details list such columns: those that do not vary within 99 % of the real entities of two
/// rows or more, and do within more of the synthetic ones. Without a declared entity there is nothing
/// to compare. It cannot see the order of the rows of an entity.
///
/// - Complexity: O(rows · columns).
public struct EntityRows: Metric {
  /// The largest size of each cell but the last.
  private static let cells = [1, 2, 3, 4, 6, 10, 20]
  /// The share of real entities within which a column has to be constant.
  private static let constant = 0.99

  /// Makes the metric.
  public init() {}

  /// Entities do not depend on shares of rows.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "diagnostics.entities", title: "Rows of entities", dimension: .diagnostics,
      summary: "Whether entities have as many rows, and as much in common, as real ones.",
      formula: "½ Σ |share of real entities − share of synthetic ones| over numbers of rows",
      direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of entities"],
      sees: [], blindTo: [.shift, .scale, .clippedTail, .rounding, .droppedLevel],
      cannotSee: "the order of the rows of an entity",
      defaults: ["sizes": "1, 2, 3, 4, 5–6, 7–10, 11–20 and more"],
      howToRead:
        "0.2 means that a fifth of the entities would have to have another number of rows. "
        + "'constant' lists what has to be the same in all rows of an entity and is not.",
      citations: [])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    var result = MetricResult(scores: [])
    for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)]
    where frame.rowCount(role) != nil {
      var score = Score(
        metric: descriptor.id, dimension: descriptor.dimension, against: against,
        outcome: .notApplicable(reason: "no column was said to name an entity (--group)"),
        unit: descriptor.unit)
      if let column = frame.schema.indices(of: .group).first {
        if let reason = frame.unfit[column] {
          score.outcome = .notApplicable(reason: reason)
        } else {
          try measure(&score, column, role, frame, level: workspace.plan.level)
        }
      }
      result.scores.append(score)
    }
    return result
  }

  private func measure(
    _ score: inout Score, _ column: Int, _ role: TableRole, _ frame: ReferenceFrame, level: Double
  ) throws(MetricError) {
    guard let real = frame.table(role), let synthetic = frame.table(.synthetic) else { return }
    let own = EntityGroups(real.columns[column])
    let other = EntityGroups(synthetic.columns[column])
    guard
      let gap = CountGap(
        real: counts(own), synthetic: counts(other), pooled: pooled(column, frame))
    else {
      score.outcome = .notApplicable(reason: "a side has no entity")
      return
    }
    let floor = try gap.floor()
    let deviation = gap.deviation(atLeast: floor.spread)
    score.outcome = .measured(gap.value)
    score.floor = ScoreFloor(
      value: floor.mean, spread: floor.spread, method: FloorMethod.closedForm)
    score.interval = try TwoBound.interval(
      value: gap.value, deviation: deviation, floor: floor.mean, level: level, upperLimit: 1)
    score.bounds = try TwoBound.bounds(
      value: gap.value, deviation: deviation, floor: floor.mean, level: level, upperLimit: 1)
    score.test = try gap.test()
    score.n = RowCounts(
      training: role == .training ? real.rowCount : nil, synthetic: synthetic.rowCount,
      holdout: role == .holdout ? real.rowCount : nil)
    var lost: [DetailValue] = []
    for position in frame.schema.featureIndices where frame.unfit[position] == nil {
      guard let before = own.constantShare(real.columns[position]), before >= Self.constant,
        let after = other.constantShare(synthetic.columns[position]), after < before - 0.01
      else { continue }
      lost.append(
        .object([
          "column": .string(frame.schema.columns[position].name),
          "real": .finite(CellLabels.share(before)),
          "synthetic": .finite(CellLabels.share(after)),
        ]))
    }
    score.details = [
      "entities": .object([
        "real": .integer(own.sizes.count), "synthetic": .integer(other.sizes.count),
      ]),
      "meanRows": .object([
        "real": .finite(own.meanRows), "synthetic": .finite(other.meanRows),
      ]),
      "constant": .array(lost),
    ]
  }

  private func pooled(_ column: Int, _ frame: ReferenceFrame) -> [Double] {
    [TableRole.training, .holdout].compactMap { frame.table($0) }.reduce(
      [Double](repeating: 0, count: Self.cells.count + 1)
    ) { sums, table in
      zip(sums, counts(EntityGroups(table.columns[column]))).map { $0 + $1 }
    }
  }

  private func counts(_ groups: EntityGroups) -> [Double] {
    var counts = [Double](repeating: 0, count: Self.cells.count + 1)
    for size in groups.sizes {
      counts[Self.cells.firstIndex { size <= $0 } ?? Self.cells.count] += 1
    }
    return counts
  }
}

/// The rows of each entity.
private struct EntityGroups {
  private let codes: [Int32]
  /// Rows of each entity.
  private(set) var sizes: [Int] = []

  init(_ column: ColumnData) {
    // Numbered anew: a role need not hold every level.
    var known: [Int32: Int32] = [:]
    codes = Entities.codes(column).map { code in
      guard code >= 0 else { return -1 }
      let next = Int32(known.count)
      if let found = known[code] { return found }
      known[code] = next
      return next
    }
    sizes = [Int](repeating: 0, count: known.count)
    for code in codes where code >= 0 { sizes[Int(code)] += 1 }
  }

  var meanRows: Double {
    sizes.isEmpty ? 0 : Double(sizes.reduce(0, +)) / Double(sizes.count)
  }

  /// The share of the entities of two rows or more within which a column has one value.
  ///
  /// Missing is a value of its own; `nil` where there is no such entity.
  func constantShare(_ column: ColumnData) -> Double? {
    var first = [Int32](repeating: -1, count: sizes.count)
    var differs = [Bool](repeating: false, count: sizes.count)
    for row in codes.indices where codes[row] >= 0 {
      let entity = Int(codes[row])
      if first[entity] < 0 {
        first[entity] = Int32(row)
      } else if !Self.areAlike(column, Int(first[entity]), row) {
        differs[entity] = true
      }
    }
    let several = sizes.indices.filter { sizes[$0] >= 2 }
    guard !several.isEmpty else { return nil }
    return Double(several.count { !differs[$0] }) / Double(several.count)
  }

  private static func areAlike(_ column: ColumnData, _ first: Int, _ second: Int) -> Bool {
    switch column {
    case .numeric(let values): values[first] == values[second]
    case .nominal(let codes): codes[first] == codes[second]
    case .bytes(let values): Array(values.bytes(at: first)) == Array(values.bytes(at: second))
    }
  }
}

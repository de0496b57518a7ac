public import AssayDocument
public import AssayTable

/// The share of synthetic rows whose key is there and no other row's.
///
/// ```
/// #{rows with every part of the key and with a key of their own} / m
/// ```
///
/// Columns declared as primary key make one key together; without a declaration, each column that
/// names things and is complete and without a repeat in training is a key of its own. Nothing here
/// is an estimate: the check holds if the value is 1. A declared key that training itself breaks is
/// no rule, so that the check is not made then. What the keys are is not looked at.
///
/// - Complexity: O(rows).
///
/// Source: Codd (1970), A relational model of data for large shared data banks,
/// doi:10.1145/362384.362685, for keys.
public struct KeyUniqueness: Metric {
  /// Makes the metric.
  public init() {}

  /// Keys are their own or not, however rows count.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "diagnostics.key-uniqueness", title: "Key uniqueness", dimension: .diagnostics,
      summary: "The share of synthetic rows whose key is complete and no other row's.",
      formula: "#{rows with a complete key of their own} / m",
      direction: .higherIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of keys"],
      sees: [.missing, .duplicates],
      blindTo: [.shift, .scale, .shuffledColumns, .clippedTail, .rounding],
      cannotSee:
        "keys taken over from training, which privacy looks for; references to other tables",
      howToRead:
        "1 or not in order. Declare a key that is made of several columns as primary key.",
      citations: [
        .init(
          "Codd (1970), A relational model of data for large shared data banks",
          doi: "10.1145/362384.362685")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let keys = Self.keys(frame)
    var scores: [Score] = []
    var worst: Score?
    for key in keys {
      let score = score(key, frame)
      scores.append(score)
      if let value = score.value, value < worst?.value ?? .infinity { worst = score }
    }
    var table = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: .none,
      outcome: .notApplicable(
        reason: scores.first?.reason
          ?? "no key is declared, and no column of names is unique in training"),
      unit: descriptor.unit, n: RowCounts(synthetic: frame.rowCount(.synthetic)))
    if let worst, let value = worst.value {
      table.outcome = .measured(value)
      table.floor = worst.floor
      let checked = scores.filter { $0.details["hard"] == true }
      if !checked.isEmpty {
        table.details["hard"] = true
        table.details["holds"] = .boolean(checked.allSatisfy { $0.details["holds"] == true })
      }
      table.details["keys"] = .integer(scores.count)
      table.details["worst"] = .strings(worst.subject.columns)
    }
    return MetricResult(scores: [table] + scores).counted(level: workspace.plan.level)
  }

  /// The columns of each key.
  private static func keys(_ frame: ReferenceFrame) -> [[Int]] {
    let declared = frame.schema.indices(of: .primaryKey)
    if !declared.isEmpty { return [declared] }
    return frame.schema.columns.indices.filter { column in
      let schema = frame.schema.columns[column]
      guard schema.kind == .identifier, !schema.isExcluded, !schema.roles.contains(.group),
        let training = frame.table(.training)
      else { return false }
      return KeyCount([column], training).isPerfect
    }.map { [$0] }
  }

  private func score(_ key: [Int], _ frame: ReferenceFrame) -> Score {
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: .none,
      subject: Subject(columns: key.map { frame.schema.columns[$0].name }),
      outcome: .notApplicable(reason: "there are no synthetic rows"), unit: descriptor.unit,
      n: RowCounts(synthetic: frame.rowCount(.synthetic)))
    guard let training = frame.table(.training), let synthetic = frame.table(.synthetic),
      synthetic.rowCount > 0
    else { return score }
    if let absent = key.first(where: { frame.unfit[$0] != nil }) {
      score.outcome = .measured(0)
      score.details["unfit"] = frame.unfit[absent].map(DetailValue.string) ?? .null
    }
    let own = KeyCount(key, synthetic)
    let real = KeyCount(key, training)
    if score.value == nil { score.outcome = .measured(own.share) }
    // A real sample of any size has as few repeats as its population: none where the key is one.
    score.floor = ScoreFloor(value: real.share, spread: 0, method: FloorMethod.closedForm)
    score.details["incomplete"] = .integer(own.incomplete)
    score.details["repeated"] = .integer(own.repeated)
    if real.isPerfect {
      score.details["hard"] = true
      score.details["holds"] = .boolean(score.value == 1)
    } else {
      score.details["note"] = "the key is not unique in training: no rule"
    }
    return score
  }
}

/// How many rows lack a part of their key, and how many share it.
private struct KeyCount {
  var rows: Int
  var incomplete = 0
  var repeated = 0

  init(_ key: [Int], _ table: AlignedTable) {
    rows = table.rowCount
    let columns = key.map { table.columns[$0] }
    let groups = RowGroups(columns, rows: rows)
    for row in 0..<rows {
      if columns.contains(where: { !$0.isPresent(row) }) {
        incomplete += 1
      } else if groups.sizes[Int(groups.groupOfRow[row])] > 1 {
        repeated += 1
      }
    }
  }

  var isPerfect: Bool { incomplete == 0 && repeated == 0 && rows > 0 }
  var share: Double { Double(rows - incomplete - repeated) / Double(max(1, rows)) }
}

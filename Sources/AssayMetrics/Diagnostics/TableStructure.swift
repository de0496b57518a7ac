public import AssayDocument
public import AssayTable

/// The share of the columns of the real table that exist in the synthetic one and can be read as
/// what they are.
///
/// ```
/// #{columns that are there and fit} / #{columns}
/// ```
///
/// Columns that the user excludes do not count. A column that is absent, cannot be read as its kind
/// or has no value at all scores 0, any other 1. Nothing here is an estimate: the check holds if the
/// value is 1. Columns that only the synthetic table has are listed in the details and do not count.
///
/// - Complexity: O(columns); alignment has looked at the cells.
///
/// Source: ISO/IEC 25012:2008, completeness and compliance, for the notion.
public struct TableStructure: Metric {
  /// Makes the metric.
  public init() {}

  /// Columns are there or not, however rows count.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "diagnostics.table-structure", title: "Table structure", dimension: .diagnostics,
      summary: "The share of the real columns that the synthetic table has in usable form.",
      formula: "#{columns that exist and can be read as their kind} / #{columns}",
      direction: .higherIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns"],
      sees: [], blindTo: MetricDescriptor.Damage.allCases,
      cannotSee: "anything about values that can be read",
      howToRead:
        "1 or not in order. The details name the columns that are absent, unreadable or left over.",
      citations: [.init("ISO/IEC 25012:2008, Data quality model, completeness and compliance")])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.columns.indices.filter { !frame.schema.columns[$0].isExcluded }
    let counts = RowCounts(
      training: frame.rowCount(.training), synthetic: frame.rowCount(.synthetic))
    func score(_ subject: Subject, _ value: Double) -> Score {
      Score(
        metric: descriptor.id, dimension: descriptor.dimension, against: .training,
        subject: subject, outcome: .measured(value), unit: descriptor.unit,
        floor: ScoreFloor(value: 1, spread: 0, method: FloorMethod.closedForm), n: counts,
        details: ["hard": true, "holds": .boolean(value == 1)])
    }
    func named(_ code: Disagreement.Code) -> [String] {
      frame.disagreements.filter { $0.code == code && $0.role == .synthetic }.flatMap(\.columns)
    }
    let unfit = columns.filter { frame.unfit[$0] != nil }
    let share = Double(columns.count - unfit.count) / Double(max(1, columns.count))
    var table = score(.table, columns.isEmpty ? 1 : share)
    table.details["columns"] = .integer(columns.count)
    table.details["absent"] = .strings(named(.missingColumn))
    table.details["unreadable"] = .strings(named(.unfitColumn))
    table.details["empty"] = .strings(named(.emptyColumn))
    table.details["partlyUnreadable"] = .strings(named(.unreadableCells))
    table.details["extra"] = .strings(named(.extraColumn))
    let scores = columns.map { column in
      var one = score(
        Subject(columns: [frame.schema.columns[column].name]),
        frame.unfit[column] == nil ? 1 : 0)
      if let reason = frame.unfit[column] { one.details["unfit"] = .string(reason) }
      return one
    }
    return MetricResult(scores: [table] + scores).counted(level: workspace.plan.level)
  }
}

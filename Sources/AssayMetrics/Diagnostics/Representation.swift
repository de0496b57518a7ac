public import AssayDocument
public import AssayTable

/// The share of the columns whose values and header are written as in the real table.
///
/// ```
/// #{columns written alike} / #{columns that both tables have}
/// ```
///
/// `1` and `1.0`, blanks around values, letter case, decimals, the decimal mark, words for missing
/// values, header spelling. Differences of spelling are matched before anything else is measured, so
/// they cost nothing elsewhere; whoever reads the file next may still stumble over them.
///
/// - Complexity: O(columns); alignment has looked at the cells.
///
/// Source: ISO/IEC 25012:2008, consistency, for the notion.
public struct Representation: Metric {
  /// Makes the metric.
  public init() {}

  /// Spelling is no matter of shares.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "diagnostics.representation", title: "Representation", dimension: .diagnostics,
      summary: "The share of columns whose values are written as in the real table.",
      formula: "#{columns written alike} / #{columns that both tables have}",
      direction: .higherIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns"],
      sees: [],
      blindTo: [
        .copy, .leak, .shift, .shuffledColumns, .droppedLevel, .missing, .duplicates,
      ],
      cannotSee: "anything about values; it is a notice, not a fault of the model",
      howToRead: "The details say what is written differently. Every other score is free of it.",
      citations: [.init("ISO/IEC 25012:2008, Data quality model, consistency")])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.columns.indices.filter { !frame.schema.columns[$0].isExcluded }
    let counts = RowCounts(
      training: frame.rowCount(.training), synthetic: frame.rowCount(.synthetic))
    func score(_ subject: Subject, _ outcome: Score.Outcome) -> Score {
      var score = Score(
        metric: descriptor.id, dimension: descriptor.dimension, against: .training,
        subject: subject, outcome: outcome, unit: descriptor.unit, n: counts)
      if score.value != nil {
        score.floor = ScoreFloor(value: 1, spread: 0, method: FloorMethod.closedForm)
        score.details["severity"] = "notice"
      }
      return score
    }
    func names(_ code: Disagreement.Code) -> Set<String> {
      Set(
        frame.disagreements.filter { $0.code == code && $0.role == .synthetic }
          .flatMap(\.columns))
    }
    let renamed = names(.renamedColumn)
    let absent = names(.missingColumn)
    var scores: [Score] = []
    var present = 0
    var different: [String] = []
    for column in columns {
      let name = frame.schema.columns[column].name
      guard !absent.contains(name) else {
        scores.append(
          score(
            Subject(columns: [name]),
            .notApplicable(reason: "the synthetic table lacks the column")))
        continue
      }
      present += 1
      var differences = frame.representation[column]
      if renamed.contains(name) { differences.append("the header is written differently") }
      if !differences.isEmpty { different.append(name) }
      var one = score(Subject(columns: [name]), .measured(differences.isEmpty ? 1 : 0))
      one.details["differences"] = .strings(differences)
      scores.append(one)
    }
    var table = score(
      .table,
      present == 0
        ? .notApplicable(reason: "the tables share no column")
        : .measured(Double(present - different.count) / Double(present)))
    if present > 0 {
      table.details["columns"] = .integer(present)
      table.details["different"] = .strings(different)
    }
    return MetricResult(scores: [table] + scores).counted(level: workspace.plan.level)
  }
}

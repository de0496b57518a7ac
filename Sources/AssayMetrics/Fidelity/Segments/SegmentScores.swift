import AssayDocument
import AssayNumerics
import AssayTable

/// Makes the scores of segments, worst first, and of the table.
struct SegmentScores {
  let descriptor: MetricDescriptor
  let role: TableRole
  let workspace: Workspace<ReferenceFrame>

  /// Divides the number of entries that the document lists.
  private static let listedShare = 8
  /// Differences that a segment names, at most.
  private static let named = 3

  private var frame: ReferenceFrame { workspace.frame }
  private var against: Against { role == .holdout ? .holdout : .training }

  func nothing(_ reason: String) -> MetricResult {
    MetricResult(scores: [score(.table, .notApplicable(reason: reason))])
  }

  private func score(_ subject: Subject, _ outcome: Score.Outcome) -> Score {
    var counts = RowCounts(synthetic: frame.rowCount(.synthetic))
    if role == .training { counts.training = frame.rowCount(role) }
    if role == .holdout { counts.holdout = frame.rowCount(role) }
    return Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against,
      subject: subject, outcome: outcome, unit: descriptor.unit, n: counts)
  }

  func result(
    _ found: SegmentSearch.Value, others: Int
  ) throws(MetricError) -> MetricResult {
    let columns = PairPlan.columns(frame)
    let cells = SegmentCells(
      frame, columns: columns, maps: found.maps, k: workspace.plan.k)
    let sensitive = Set(frame.schema.indices(of: .sensitive))
    func isGiven(_ segment: SegmentSearch.Segment) -> Bool {
      segment.conditions.allSatisfy { sensitive.contains(columns[$0.column]) }
    }
    func excess(_ segment: SegmentSearch.Segment) -> Double {
      (segment.value - segment.floor) / max(segment.spread, 1e-12)
    }
    // The accused by evidence, then those that are furthest from a fresh real sample.
    let ranked = found.segments.indices.sorted { left, right in
      let (a, b) = (found.segments[left], found.segments[right])
      return (a.differences.first?.evidence ?? 0, excess(a), right)
        > (b.differences.first?.evidence ?? 0, excess(b), left)
    }
    let accused = ranked.filter { !found.segments[$0].differences.isEmpty }
    let limit = workspace.plan.listLimit / Self.listedShare
    let wanted = Set(
      accused.prefix(limit) + ranked.filter { isGiven(found.segments[$0]) }.prefix(limit)
        + ranked.prefix(others))
    var texts: [String: Int] = [:]
    var scores: [Score] = []
    for index in ranked where wanted.contains(index) {
      let segment = found.segments[index]
      // Two ranges may read alike once their edges are rounded.
      let text = cells.words(segment.conditions)
      texts[text, default: 0] += 1
      let times = texts[text] ?? 1
      scores.append(
        try self.score(
          segment, text: times == 1 ? text : "\(text) (\(times))", cells: cells,
          isGiven: isGiven(segment), of: found))
    }
    var table = try self.table(found)
    table.details["accused"] = .integer(accused.count)
    table.details["worst"] = .strings(scores.prefix(3).compactMap(\.subject.segment))
    let unlisted = found.segments.count - scores.count
    if unlisted > 0 { table.details["unlisted"] = .integer(unlisted) }
    return MetricResult(scores: [table] + scores, unlisted: unlisted)
  }

  private func table(_ found: SegmentSearch.Value) throws(MetricError) -> Score {
    let count = Double(found.segments.count)
    func mean(_ quantity: (SegmentSearch.Segment) -> Double) -> Double {
      found.segments.reduce(0) { $0 + quantity($1) } / count
    }
    let value = mean(\.value)
    var table = score(.table, .measured(value))
    // Segments of one column share no row, those of others do: half of either.
    let together = mean(\.spread)
    let apart = (mean { $0.spread * $0.spread } / count).squareRoot()
    let spread = ((together * together + apart * apart) / 2).squareRoot()
    try judge(
      &table, value, floor: mean(\.floor), spread: spread,
      deviation: max(spread, mean { Self.deviation($0) } / 2))
    table.baseline = ScoreBaseline(value: mean(\.baseline), method: "shuffled-columns")
    if found.isTested {
      table.test = TestResult(
        statistic: found.evidence, pValue: found.pValue,
        method: "the largest of all differences against \(found.relabellings) relabellings")
    }
    table.details = [
      "segments": .integer(found.segments.count), "comparisons": .integer(found.comparisons),
      "unsupported": .integer(found.unsupported),
      "withoutSyntheticRows": .integer(found.lacking),
      "support": .integer(max(SegmentSearch.support, workspace.plan.k)),
      "pairs": .integer(found.pairs), "triples": .integer(found.triples),
      "possibleTriples": .integer(found.possibleTriples),
      "rowsCounted": .object([
        "real": .integer(found.real), "synthetic": .integer(found.synthetic),
      ]),
      "tested": .boolean(found.isTested),
    ]
    return table
  }

  private func score(
    _ segment: SegmentSearch.Segment, text: String, cells: SegmentCells, isGiven: Bool,
    of found: SegmentSearch.Value
  ) throws(MetricError) -> Score {
    let columns = PairPlan.columns(frame)
    let names = segment.conditions.map { frame.schema.columns[columns[$0.column]].name }
    var score = score(Subject(columns: names, segment: text), .measured(segment.value))
    try judge(
      &score, segment.value, floor: segment.floor, spread: segment.spread,
      deviation: max(segment.spread, Self.deviation(segment)))
    score.baseline = ScoreBaseline(value: segment.baseline, method: "shuffled-columns")
    score.details = [
      "columns": .integer(segment.columns), "given": .boolean(isGiven),
      "share": .object([
        "real": .finite(CellLabels.share(Double(segment.real) / Double(max(1, found.real)))),
        "synthetic": .finite(
          CellLabels.share(Double(segment.synthetic) / Double(max(1, found.synthetic)))),
      ]),
      "accused": .boolean(!segment.differences.isEmpty),
    ]
    if let worst = segment.differences.first {
      score.test = TestResult(
        statistic: worst.evidence, pValue: min(worst.pValue, worst.adjusted),
        adjusted: worst.adjusted,
        family: "comparisons of \(descriptor.id) against \(against.rawValue), maximum statistic",
        method: "Fisher's exact test, and a larger difference than in the rows around")
      score.details["differs"] = .array(
        segment.differences.prefix(Self.named).map { entry(for: $0, cells) })
    }
    return score
  }

  private func entry(for difference: SegmentDifference, _ cells: SegmentCells) -> DetailValue {
    let column = PairPlan.columns(frame)[difference.column]
    var entry: [String: DetailValue] = [
      "column": .string(frame.schema.columns[column].name),
      "cell": .string(cells.coarseLabel(difference.column, difference.cell)),
      "words": .string(
        cells.condition(
          difference.column, cells.coarseLabel(difference.column, difference.cell))),
      "direction": .string(difference.synthetic > difference.real ? "more" : "fewer"),
      "real": .finite(CellLabels.share(difference.real)),
      "synthetic": .finite(CellLabels.share(difference.synthetic)),
      "adjusted": .finite(difference.adjusted),
    ]
    if let real = difference.realElsewhere, let synthetic = difference.syntheticElsewhere {
      entry["around"] = .object([
        "real": .finite(CellLabels.share(real)), "synthetic": .finite(CellLabels.share(synthetic)),
      ])
    }
    return .object(entry)
  }

  /// An upper bound of the standard deviation of half a sum of absolute differences, and of any mean
  /// of such sums over columns.
  private static func deviation(_ segment: SegmentSearch.Segment) -> Double {
    (1 / Double(max(1, segment.real)) + 1 / Double(max(1, segment.synthetic))).squareRoot() / 2
  }

  private func judge(
    _ score: inout Score, _ value: Double, floor: Double, spread: Double, deviation: Double
  ) throws(MetricError) {
    score.floor = ScoreFloor(value: floor, spread: spread, method: FloorMethod.closedForm)
    score.interval = try TwoBound.interval(
      value: value, deviation: deviation, floor: floor, level: workspace.plan.level, upperLimit: 1)
    score.bounds = try TwoBound.bounds(
      value: value, deviation: deviation, floor: floor, level: workspace.plan.level, upperLimit: 1)
  }
}

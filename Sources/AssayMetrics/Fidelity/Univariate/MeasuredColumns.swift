import AssayDocument
import AssayNumerics
import AssayTable

/// Makes the scores of quantities that are measured column by column, each with what a fresh real
/// sample gets in closed form, and their mean for the table.
struct MeasuredColumns {
  /// One column, or one part of a column.
  struct Entry {
    var column: Int
    var parameters: [String: DetailValue] = [:]
    /// Whether the value is part of the table's mean.
    var isCounted = true
    /// The value, at least 0 and larger where worse.
    var value = 0.0
    /// What a fresh real sample gets.
    var floor = (mean: 0.0, spread: 0.0)
    /// How that was found.
    var floorMethod = FloorMethod.closedForm
    /// The standard deviation of the value.
    var deviation = 0.0
    /// The same of holdout against training.
    var reference: Double?
    var test: TestResult?
    var details: [String: DetailValue] = [:]
    /// Why there is no value.
    var reason: String?
  }

  /// A real side and its role.
  static let sides: [(against: Against, role: TableRole)] = [
    (.training, .training), (.holdout, .holdout),
  ]

  let descriptor: MetricDescriptor
  let workspace: Workspace<ReferenceFrame>
  /// Why there is no score of the table if no column has one.
  let nothing: String

  private var frame: ReferenceFrame { workspace.frame }

  /// The result over the columns of each real side.
  func result(
    _ columns: [Int], entries: @Sendable (Int, TableRole) throws(MetricError) -> [Entry]
  ) throws(MetricError) -> MetricResult {
    var result = MetricResult(scores: [])
    for (against, role) in Self.sides where frame.rowCount(role) != nil {
      let unfit = frame.unfit
      let made = try parallelMap(columns.count, threads: workspace.threads) {
        index throws(MetricError) -> [Entry] in
        if let reason = unfit[columns[index]] {
          return [Entry(column: columns[index], reason: reason)]
        }
        return try entries(columns[index], role)
      }
      let scores = try self.scores(made.flatMap(\.self), against: against, role: role)
      result.scores += scores.listed
      result.unlisted += scores.unlisted
    }
    return result
  }

  /// The scores against one real side: the table first.
  func scores(
    _ entries: [Entry], against: Against, role: TableRole
  ) throws(MetricError) -> (listed: [Score], unlisted: Int) {
    var counts = RowCounts(synthetic: frame.rowCount(.synthetic))
    if role == .training {
      counts.training = frame.rowCount(role)
    } else {
      counts.holdout = frame.rowCount(role)
    }
    var scores: [Score] = []
    for entry in entries {
      var score = Score(
        metric: descriptor.id, dimension: descriptor.dimension, against: against,
        subject: Subject(columns: [frame.schema.columns[entry.column].name]),
        parameters: entry.parameters, outcome: .measured(entry.value), unit: descriptor.unit,
        reference: entry.reference, test: entry.test, n: counts, details: entry.details)
      if let reason = entry.reason {
        score.outcome = .notApplicable(reason: reason)
      } else {
        try judge(
          &score, entry.value, floor: entry.floor, deviation: entry.deviation,
          method: entry.floorMethod)
      }
      scores.append(score)
    }
    try adjust(&scores, against: against)
    var table = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against,
      outcome: .notApplicable(reason: nothing), unit: descriptor.unit, n: counts)
    try average(&table, entries.filter { $0.reason == nil && $0.isCounted })
    let unlisted = ColumnListing.limit(&scores, of: &table, to: ColumnListing.limit)
    return ([table] + scores, unlisted)
  }

  /// Writes value, end of the scale, interval and bounds.
  func judge(
    _ score: inout Score, _ value: Double, floor: (mean: Double, spread: Double),
    deviation: Double, method: String = FloorMethod.closedForm
  ) throws(MetricError) {
    score.outcome = .measured(value)
    score.floor = ScoreFloor(value: floor.mean, spread: floor.spread, method: method)
    score.interval = try TwoBound.interval(
      value: value, deviation: deviation, floor: floor.mean, level: workspace.plan.level,
      upperLimit: descriptor.upperLimit)
    score.bounds = try TwoBound.bounds(
      value: value, deviation: deviation, floor: floor.mean, level: workspace.plan.level,
      upperLimit: descriptor.upperLimit)
  }

  /// Adjusts p-values for the number of columns.
  private func adjust(_ scores: inout [Score], against: Against) throws(MetricError) {
    let tested = scores.indices.filter { scores[$0].test != nil }
    let pValues = tested.compactMap { scores[$0].test?.pValue }
    do throws(NumericsError) {
      for (index, value) in zip(tested, try holmAdjustedPValues(pValues.span)) {
        scores[index].test?.adjusted = value
        scores[index].test?.family =
          "columns of \(descriptor.id) against \(against.rawValue), Holm"
      }
    } catch {
      throw MetricError(error)
    }
  }

  /// The mean over columns.
  ///
  /// Columns may differ together: standard deviations of their values are
  /// averaged, which holds whatever their dependence; those of a fresh sample, less often so, are
  /// taken as half dependent.
  private func average(_ table: inout Score, _ entries: [Entry]) throws(MetricError) {
    guard !entries.isEmpty else { return }
    let count = Double(entries.count)
    func mean(_ part: (Entry) -> Double) -> Double {
      entries.reduce(0) { $0 + part($1) } / count
    }
    let apart = (mean { $0.floor.spread * $0.floor.spread } / count).squareRoot()
    let together = mean(\.floor.spread)
    try judge(
      &table, mean(\.value),
      floor: (mean(\.floor.mean), ((apart * apart + together * together) / 2).squareRoot()),
      deviation: mean(\.deviation), method: entries[0].floorMethod)
    if entries.allSatisfy({ $0.reference != nil }) { table.reference = mean { $0.reference ?? 0 } }
    let worst = entries.max {
      $0.value - $0.floor.mean < $1.value - $1.floor.mean
    }
    table.details["columns"] = .integer(Set(entries.map(\.column)).count)
    table.details["worst"] = .strings(
      worst.map { [frame.schema.columns[$0.column].name] } ?? [])
  }
}

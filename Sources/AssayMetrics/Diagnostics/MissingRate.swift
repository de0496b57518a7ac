public import AssayDocument
import AssayNumerics
public import AssayTable

/// The absolute difference of the shares of missing values, by column and on average.
///
/// ```
/// |a/n − b/m|
/// ```
///
/// with *a* of *n* real and *b* of *m* synthetic rows without a value. Every column that is not
/// excluded counts, names and free text too. The interval is Newcombe's for the difference, folded
/// at 0; the test is Fisher's, two-sided by doubling, Holm over columns. It says nothing of which
/// rows lack a value.
///
/// - Complexity: O(rows) a column.
///
/// Source: Newcombe (1998), Interval estimation for the difference between independent proportions,
/// method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
public struct MissingRate: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "diagnostics.missing-rate", title: "Difference of missing rates",
      dimension: .diagnostics,
      summary: "How far the share of missing values of each column is from the real one.",
      formula: "|share missing in real rows − share missing in synthetic rows|",
      direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "values that are there"],
      sees: [.missing],
      blindTo: [
        .shift, .scale, .shuffledColumns, .droppedLevel, .inventedLevel, .clippedTail, .rounding,
        .leak,
      ],
      cannotSee: "which rows lack a value; whether columns lack values together",
      defaults: ["columns": "all that are not excluded, whatever their kind"],
      howToRead:
        "0.05 means that in five rows of a hundred too many or too few a value is missing.",
      citations: [
        .init(
          "Newcombe (1998), Interval estimation for the difference between independent "
            + "proportions: comparison of eleven methods",
          doi: "10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.columns.indices.filter { !frame.schema.columns[$0].isExcluded }
    var missing: [TableRole: [Int]] = [:]
    for role in TableRole.allCases {
      guard let table = frame.table(role) else { continue }
      missing[role] = columns.map { table.rowCount - table.columns[$0].presentCount }
    }
    let unreadable = Set(
      frame.disagreements.filter {
        $0.role == .synthetic && ($0.code == .missingColumn || $0.code == .unfitColumn)
      }.flatMap(\.columns))
    var result = MetricResult(scores: [])
    do throws(NumericsError) {
      for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)]
      where frame.rowCount(role) != nil {
        var scores = try Side(
          descriptor: descriptor, frame: frame, level: workspace.plan.level, against: against,
          role: role, columns: columns, missing: missing, unreadable: unreadable
        ).scores()
        guard var table = scores.first else { continue }
        scores.removeFirst()
        result.unlisted += ColumnListing.limit(&scores, of: &table, to: ColumnListing.limit)
        result.scores += [table] + scores
      }
    } catch {
      throw MetricError(error)
    }
    return result
  }

  /// Makes the scores against one real side.
  private struct Side {
    var descriptor: MetricDescriptor
    var frame: ReferenceFrame
    var level: Double
    var against: Against
    var role: TableRole
    var columns: [Int]
    var missing: [TableRole: [Int]]
    var unreadable: Set<String>

    func scores() throws(NumericsError) -> [Score] {
      var scores: [Score] = []
      for (index, column) in columns.enumerated() {
        var score = blank(Subject(columns: [frame.schema.columns[column].name]))
        if unreadable.contains(frame.schema.columns[column].name) {
          score.outcome = .notApplicable(reason: frame.unfit[column] ?? "the column is absent")
        } else {
          try fill(&score, index)
        }
        scores.append(score)
      }
      let tested = scores.indices.filter { scores[$0].test != nil }
      let pValues = tested.compactMap { scores[$0].test?.pValue }
      let adjusted = try holmAdjustedPValues(pValues.span)
      for (index, value) in zip(tested, adjusted) {
        scores[index].test?.adjusted = value
        scores[index].test?.family = "columns of \(descriptor.id) against \(against.rawValue), Holm"
      }
      return [table(scores)] + scores
    }

    private func blank(_ subject: Subject) -> Score {
      var counts = RowCounts(synthetic: frame.rowCount(.synthetic))
      if role == .training {
        counts.training = frame.rowCount(role)
      } else {
        counts.holdout = frame.rowCount(role)
      }
      return Score(
        metric: descriptor.id, dimension: descriptor.dimension, against: against,
        subject: subject, outcome: .notApplicable(reason: "no column can be compared"),
        unit: descriptor.unit, n: counts)
    }

    private func fill(_ score: inout Score, _ index: Int) throws(NumericsError) {
      let n = frame.rowCount(role) ?? 0
      let m = frame.rowCount(.synthetic) ?? 0
      let a = missing[role]?[index] ?? 0
      let b = missing[.synthetic]?[index] ?? 0
      let p = Double(a) / Double(n)
      let q = Double(b) / Double(m)
      score.outcome = .measured(abs(p - q))
      score.interval = try fold(
        newcombeDifferenceInterval((a, n), (b, m), level: level), value: abs(p - q))
      let sided = try fold(
        newcombeDifferenceInterval((a, n), (b, m), level: max(0.5, 2 * level - 1)),
        value: abs(p - q))
      let floor = try floor(index, n: n, m: m)
      score.floor = floor
      score.bounds = ScoreBounds(
        lower: sided.lower, upper: sided.upper, level: level,
        law: Self.law(abs(p - q), floor.value, Self.deviation((a, n), (b, m))),
        excessLaw: Self.excess(abs(p - q), floor.value, Self.deviation((a, n), (b, m))))
      score.test = try test(a, n, b, m)
      score.details = ["real": .finite(p), "synthetic": .finite(q)]
      if let training = missing[.training]?[index], let rows = frame.rowCount(.training),
        let holdout = missing[.holdout]?[index], let others = frame.rowCount(.holdout)
      {
        score.reference = abs(Double(training) / Double(rows) - Double(holdout) / Double(others))
      }
    }

    /// The standard deviation of the difference; one row more of each kind keeps it above zero.
    private static func deviation(_ real: (Int, Int), _ synthetic: (Int, Int)) -> Double {
      [real, synthetic].reduce(0) { sum, side in
        let share = (Double(side.0) + 1) / (Double(side.1) + 2)
        return sum + share * (1 - share) / Double(max(side.1, 1))
      }.squareRoot()
    }

    private static func law(_ value: Double, _ floor: Double, _ deviation: Double) -> BoundLaw {
      .normal(
        .init(
          lowerCentre: value - floor, upperCentre: value, deviation: deviation, lowest: 0,
          highest: 1))
    }

    private static func excess(_ value: Double, _ floor: Double, _ deviation: Double) -> BoundLaw {
      .normal(
        .init(lowerCentre: value - floor, upperCentre: value - floor, deviation: deviation))
    }

    /// The interval of the absolute value.
    private func fold(_ interval: ConfidenceInterval, value: Double) -> ScoreInterval {
      let ends = [abs(interval.lower), abs(interval.upper)]
      let upper = max(ends[0], ends[1])
      let lower = interval.lower <= 0 && interval.upper >= 0 ? 0 : min(ends[0], ends[1])
      return ScoreInterval(
        lower: min(value, lower), upper: max(value, upper), level: level,
        method: "newcombe, folded")
    }

    /// The expected absolute difference of two samples of the pooled real share.
    private func floor(_ index: Int, n: Int, m: Int) throws(NumericsError) -> ScoreFloor {
      var lacking = 0
      var rows = 0
      for real in [TableRole.training, .holdout] {
        lacking += missing[real]?[index] ?? 0
        rows += frame.rowCount(real) ?? 0
      }
      let p = Double(lacking) / Double(max(1, rows))
      let mean = try expectedAbsoluteProportionDifference(p: p, n: n, m: m)
      let variance = p * (1 - p) * (1 / Double(n) + 1 / Double(m))
      return ScoreFloor(
        value: mean, spread: max(0, variance - mean * mean).squareRoot(),
        method: FloorMethod.closedForm)
    }

    private func test(_ a: Int, _ n: Int, _ b: Int, _ m: Int) throws(NumericsError) -> TestResult {
      let upper = try hypergeometricUpperTail(
        atLeast: b, marked: a + b, unmarked: n + m - a - b, drawn: m)
      let lower = try hypergeometricUpperTail(
        atLeast: a, marked: a + b, unmarked: n + m - a - b, drawn: n)
      return TestResult(
        statistic: Double(b) / Double(m) - Double(a) / Double(n),
        pValue: min(1, 2 * min(upper, lower)), method: "Fisher's exact, two-sided by doubling")
    }

    private func table(_ scores: [Score]) -> Score {
      var table = blank(.table)
      let measured = scores.filter { $0.value != nil }
      guard !measured.isEmpty else { return table }
      let count = Double(measured.count)
      func mean(_ part: (Score) -> Double) -> Double {
        measured.reduce(0) { $0 + part($1) } / count
      }
      let value = mean { $0.value ?? 0 }
      table.outcome = .measured(value)
      table.floor = ScoreFloor(
        value: mean { $0.floor?.value ?? 0 },
        spread: (mean { ($0.floor?.spread ?? 0) * ($0.floor?.spread ?? 0) } / count).squareRoot(),
        method: FloorMethod.closedForm)
      // Columns may lack values together: limits are averaged, which holds whatever their dependence.
      table.interval = ScoreInterval(
        lower: min(value, mean { $0.interval?.lower ?? 0 }),
        upper: max(value, mean { $0.interval?.upper ?? 0 }), level: level,
        method: "mean of newcombe, folded")
      let deviation = mean { score in
        guard case .normal(let law)? = score.bounds?.law else { return 0 }
        return law.deviation
      }
      table.bounds = ScoreBounds(
        lower: min(value, mean { $0.bounds?.lower ?? 0 }),
        upper: max(value, mean { $0.bounds?.upper ?? 0 }), level: level,
        law: Self.law(value, table.floor?.value ?? 0, deviation),
        excessLaw: Self.excess(value, table.floor?.value ?? 0, deviation))
      if measured.allSatisfy({ $0.reference != nil }) {
        table.reference = mean { $0.reference ?? 0 }
      }
      let worst = measured.max { ($0.value ?? 0) < ($1.value ?? 0) }
      table.details = [
        "columns": .integer(measured.count), "worst": .strings(worst?.subject.columns ?? []),
      ]
      return table
    }
  }
}

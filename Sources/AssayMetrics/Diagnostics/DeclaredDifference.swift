public import AssayDocument
import AssayNumerics
public import AssayTable

/// How far the synthetic shares are from those that were declared to be on purpose.
///
/// ```
/// |p̂ − t|
/// ```
///
/// with p̂ the share of synthetic rows of a level among those that have a value and t the declared
/// share; for a filter p̂ is the share of rows outside it and t is 0. The interval is that of
/// Clopper and Pearson for p, taken through |p − t|: exact for independent rows. The check of a
/// share fails where even the nearest limit, at 1 % over all declared shares together, is further
/// off than the margin. It cannot see anything but the declared columns.
///
/// - Complexity: O(rows) a column.
///
/// Source: Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404.
public struct DeclaredDifference: Metric {
  /// The chance that one of the checks fails although every share is as declared, at most.
  static let falseAlarm = 0.01

  /// Makes the metric.
  public init() {}

  /// Declared shares are compared with the declaration, not with real rows.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "diagnostics.declared-difference", title: "Declared difference",
      dimension: .diagnostics,
      summary: "How far synthetic shares are from those that are declared to be on purpose.",
      formula: "|p̂ − t|, p̂ the synthetic share of a level and t the declared one",
      direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.droppedLevel, .modeCollapse, .inventedLevel],
      blindTo: [.shuffledColumns, .duplicates],
      cannotSee: "columns of which nothing is declared; relations between columns",
      defaults: [
        "margin": "0.02 for shares, 0 for filters: declared, so that it can be met closely"
      ],
      howToRead: "0 is exactly as declared. Compare it with the margin that was declared.",
      citations: [
        .init(
          "Clopper & Pearson (1934), The use of confidence or fiducial limits",
          doi: "10.1093/biomet/26.4.404")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    guard let intended = frame.intended, let table = frame.table(.synthetic) else {
      return MetricResult(scores: [
        score(.table, .notApplicable(reason: "no difference is declared"), frame)
      ])
    }
    var shares: [Share] = []
    for filter in intended.filters { shares.append(outside(filter, table, frame)) }
    for target in intended.targets {
      shares += levels(target, table, frame, k: workspace.plan.k)
    }
    var scores: [Score] = []
    for share in shares {
      scores.append(
        try judged(share, among: shares.count, level: workspace.plan.level, frame))
    }
    return MetricResult(scores: [summary(scores, frame)] + scores)
  }

  /// A share that is compared with a declared one.
  private struct Share {
    var subject: Subject
    var count: Int
    var rows: Int
    var declared: Double
    var margin: Double
    var reason: String?
  }

  private func outside(
    _ filter: IntendedRows.Filter, _ table: AlignedTable, _ frame: ReferenceFrame
  ) -> Share {
    let data = table.columns[filter.column]
    let kept = (0..<table.rowCount).count { filter.keeps(data, row: $0) }
    return Share(
      subject: Subject(
        columns: [frame.schema.columns[filter.column].name], segment: "outside the filter"),
      count: table.rowCount - kept, rows: table.rowCount, declared: 0, margin: filter.margin,
      reason: frame.unfit[filter.column])
  }

  private func levels(
    _ target: IntendedRows.Target, _ table: AlignedTable, _ frame: ReferenceFrame, k: Int
  ) -> [Share] {
    let names = frame.levels[target.column]?.names ?? []
    var counts = [Int](repeating: 0, count: names.count)
    for code in table.columns[target.column].nominal ?? [] where code >= 0 {
      counts[Int(code)] += 1
    }
    let rows = counts.reduce(0, +)
    let training = frame.fits[target.column]?.nominal?.counts ?? []
    return target.named.map { level in
      // A level that few real rows have is not named: the declaration may be about all levels.
      let isCommon = level < training.count && training[level] >= k
      return Share(
        subject: Subject(
          columns: [frame.schema.columns[target.column].name],
          segment: isCommon ? names[level] : "rare #\(level + 1)"),
        count: counts[level], rows: rows, declared: target.shares[level], margin: target.margin,
        reason: frame.unfit[target.column]
          ?? (rows == 0 ? "no synthetic row has a value" : nil))
    }
  }

  private func score(
    _ subject: Subject, _ outcome: Score.Outcome, _ frame: ReferenceFrame
  ) -> Score {
    Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: .none, subject: subject,
      outcome: outcome, unit: "share", n: RowCounts(synthetic: frame.rowCount(.synthetic)))
  }

  private func judged(
    _ share: Share, among count: Int, level: Double, _ frame: ReferenceFrame
  ) throws(MetricError) -> Score {
    if let reason = share.reason {
      return score(share.subject, .notApplicable(reason: reason), frame)
    }
    let found = Double(share.count) / Double(share.rows)
    let distance = abs(found - share.declared)
    func limits(_ level: Double) throws(MetricError) -> (lower: Double, upper: Double) {
      do throws(NumericsError) {
        let exact = try clopperPearsonInterval(
          successes: share.count, trials: share.rows, level: level)
        let below = exact.lower - share.declared
        let above = share.declared - exact.upper
        return (
          min(distance, max(0, below, above)), max(distance, abs(below), abs(above))
        )
      } catch {
        throw MetricError(error)
      }
    }
    let own = try limits(level)
    let joint = try limits(1 - Self.falseAlarm / Double(count))
    var made = score(share.subject, .measured(distance), frame)
    made.interval = ScoreInterval(
      lower: own.lower, upper: own.upper, level: level, method: "clopper-pearson")
    made.bounds = ScoreBounds(lower: own.lower, upper: own.upper, level: level)
    made.n.synthetic = share.rows
    made.details = [
      "declared": .finite(share.declared), "synthetic": .finite(found),
      "margin": .finite(share.margin), "hard": true,
      "holds": .boolean(joint.lower <= share.margin),
      "shown": .boolean(own.upper <= share.margin),
    ]
    return made
  }

  private func summary(_ scores: [Score], _ frame: ReferenceFrame) -> Score {
    guard let furthest = scores.compactMap(\.value).max() else {
      return score(
        .table, .notApplicable(reason: scores.first?.reason ?? "no difference is declared"), frame)
    }
    var table = score(.table, .measured(furthest), frame)
    let lacking = scores.contains { $0.value == nil }
    table.details = [
      "declaredShares": .integer(scores.count), "hard": true,
      "holds": .boolean(
        !lacking && scores.allSatisfy { $0.details["holds"]?.booleanValue != false }),
    ]
    return table
  }
}

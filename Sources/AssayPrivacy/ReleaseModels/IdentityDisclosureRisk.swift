public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// The chance that a training record is recognised in the synthetic table and something is learnt.
///
/// ```
/// (1/n) Σ over training records whose keys occur in the synthetic table of R / f
/// ```
///
/// f is how many training records have the keys; R = 1 if a synthetic record with the keys has the
/// record's value of a secret and most of the real records have another: within 5 % of the
/// interquartile range for numbers. Records are taken to be right and matches to be verified (λ = 1),
/// which is the cautious end. 0.09 is the threshold of the European Medicines Agency and Health Canada
/// that the authors compare with. The same for as many holdout records shows what strangers would get.
///
/// - Complexity: O(rows · columns), hashed.
///
/// Source: El Emam, Mosquera & Bass (2020), doi:10.2196/23139.
public struct IdentityDisclosureRisk: Metric {
  /// Makes the metric.
  public init() {}

  /// The published threshold.
  private static let threshold = 0.09

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    var made = ReleaseModel.descriptor(
      "privacy.identity-disclosure", "Identity disclosure risk",
      summary: "The chance that a match by quasi-identifiers is right and teaches a secret.",
      formula: "(1/n) Σ R/f over training records whose keys occur in the synthetic table",
      upper: 1, direction: .lowerIsBetter,
      cannotSee: "what an attacker knows beyond the declared columns",
      howToRead: "Below 0.09 is the published convention; compare with the holdout's figure.",
      citations: [
        .init(
          "El Emam, Mosquera & Bass (2020), Evaluating identity disclosure risk in fully synthetic "
            + "health data", doi: "10.2196/23139")
      ])
    made.howToRead =
      "Below 0.09 is the published convention, and no proof. What exceeds the figure of as many "
      + "holdout records is due to training."
    return made
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    guard let found = try await workspace.value(of: QuasiIdentifierClasses()) else {
      return ReleaseModel.absent(
        descriptor.id, .training, QuasiIdentifierClasses.absence(frame))
    }
    let secrets = SensitiveColumns.columns(frame)
    guard !secrets.isEmpty else {
      return ReleaseModel.absent(descriptor.id, .training, SensitiveColumns.absence)
    }
    let training = try Self.risk(found.training, .training, secrets, found, frame)
    var details = found.details
    details["secrets"] = .strings(secrets.map { frame.schema.columns[$0].name })
    details["matchedShare"] = .number(
      Double(training.matched) / Double(max(1, found.training.classOfRecord.count)))
    details["matchRisk"] = .number(training.matchRisk)
    details["threshold"] = .number(Self.threshold)
    details["belowThreshold"] = .boolean(training.risk < Self.threshold)
    var reference: Double?
    if let holdout = found.holdout {
      reference = try Self.risk(holdout, .holdout, secrets, found, frame).risk
      details["holdoutRows"] = .integer(holdout.classOfRecord.count)
    }
    return MetricResult(scores: [
      Score(
        metric: descriptor.id, dimension: .privacy, against: .training,
        outcome: .measured(training.risk), reference: reference,
        n: RowCounts(
          training: found.training.classOfRecord.count, synthetic: frame.synthetic.rowCount),
        details: details)
    ]).counted(level: workspace.plan.level)
  }

  private static func risk(
    _ classes: EquivalenceClasses, _ role: TableRole, _ secrets: [Int],
    _ found: QuasiIdentifierClasses.Found, _ frame: ExchangeableFrame
  ) throws(MetricError) -> IdentityDisclosure {
    guard let table = frame.table(role) else {
      throw MetricError(code: "role.absent", message: "there is no \(role.rawValue) table")
    }
    var rowsOfClass: [Int32: [Int32]] = [:]
    for (row, number) in found.synthetic.classOfRecord.enumerated() {
      rowsOfClass[number, default: []].append(Int32(row))
    }
    var teaches = [Bool](repeating: false, count: table.rowCount)
    for column in secrets {
      let reading = SecretReading(column, frame: frame, table: table)
      for (row, number) in classes.classOfRecord.enumerated() where !teaches[row] {
        guard let rows = rowsOfClass[number] else { continue }
        teaches[row] = reading.isLearnt(row, from: rows)
      }
    }
    return IdentityDisclosure(
      real: classes.classOfRecord, synthetic: found.synthetic.classOfRecord, teaches: teaches)
  }
}

/// Whether a match teaches the value of one column.
private struct SecretReading {
  private let own: ColumnData
  private let synthetic: ColumnData
  private let common: Int32?
  private let reach: Double
  private let middle: Double

  init(_ column: Int, frame: ExchangeableFrame, table: AlignedTable) {
    own = table.columns[column]
    synthetic = frame.synthetic.columns[column]
    let pool = frame.pool(column)
    var counts: [Int32: Int] = [:]
    var numbers: [Double] = []
    for side in pool {
      if let codes = side.nominal { for code in codes { counts[max(-1, code), default: 0] += 1 } }
      if let values = side.numeric { numbers += values.presentValues }
    }
    let total = counts.values.reduce(0, +)
    common = counts.first { 2 * $0.value > total }?.key
    let sorted = sortedCopy(numbers.span)
    func place(_ share: Double) -> Double {
      (try? quantile(sorted: sorted.span, probability: share)) ?? 0
    }
    middle = place(0.5)
    let spread = place(0.75) - place(0.25)
    reach = spread.isFinite ? 0.05 * spread : 0
  }

  func isLearnt(_ row: Int, from rows: [Int32]) -> Bool {
    switch (own, synthetic) {
    case (.nominal(let codes), .nominal(let others)):
      let code = max(-1, codes[row])
      guard code >= 0, code != common else { return false }
      return rows.contains { others[Int($0)] == code }
    case (.numeric(let values), .numeric(let others)):
      guard let value = values[row], abs(value - middle) > reach else { return false }
      return rows.contains { others[Int($0)].map { abs($0 - value) <= reach } ?? false }
    default:
      return false
    }
  }
}

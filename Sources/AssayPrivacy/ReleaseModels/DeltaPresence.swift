public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How surely somebody whose quasi-identifiers occur in the synthetic table was in training, at most.
///
/// Among the real records with the same quasi-identifiers, the share that are training records, the
/// greatest over the classes that occur in the synthetic table. Before anything is published the share
/// is that of training among all real records. Classes of one record have 0 or 1 whatever was done, so
/// the share of records in them is in the details. A syntactic property, no evidence of privacy.
///
/// - Complexity: O(rows · columns), hashed.
///
/// Source: Nergiz, Atzori & Clifton (2007), doi:10.1145/1247480.1247554.
public struct DeltaPresence: Metric {
  /// Makes the metric.
  public init() {}

  /// A count of rows.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    ReleaseModel.descriptor(
      "privacy.delta-presence", "δ-presence",
      summary: "The greatest share of training records among real ones with the same keys.",
      formula: "δ = max over synthetic classes of #{training records} / #{real records}", upper: 1,
      direction: .lowerIsBetter,
      cannotSee: "anything where classes are small: their share is 0 or 1 by chance",
      howToRead: "The share of training among all real records is what everybody starts from.",
      citations: [
        .init(
          "Nergiz, Atzori & Clifton (2007), Hiding the presence of individuals from shared "
            + "databases", doi: "10.1145/1247480.1247554")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    guard let found = try await workspace.value(of: QuasiIdentifierClasses()) else {
      return ReleaseModel.absent(
        descriptor.id, .both, QuasiIdentifierClasses.absence(frame))
    }
    guard let holdout = frame.rowCount(.holdout), let training = frame.rowCount(.training) else {
      return ReleaseModel.absent(
        descriptor.id, .both, "no holdout: all real records are training records; try --holdout")
    }
    let present = Set(found.synthetic.classOfRecord)
    // The population: real records whose keys occur in the synthetic table.
    let own = EquivalenceClasses(found.training.classOfRecord.filter(present.contains))
    let pool = EquivalenceClasses(found.pool.classOfRecord.filter(present.contains))
    guard pool.count > 0 else {
      return ReleaseModel.absent(
        descriptor.id, .both, "no synthetic record has the quasi-identifiers of a real one")
    }
    let presence = own.presence(in: pool)
    var details = found.details
    details["least"] = .number(presence.least)
    details["prior"] = .number(Double(training) / Double(training + holdout))
    details["shareInClassesOfOne"] = .number(
      Double(pool.records(below: 2)) / Double(max(1, pool.classOfRecord.count)))
    details["syntactic"] = true
    return MetricResult(scores: [
      Score(
        metric: descriptor.id, dimension: .privacy, against: .both,
        outcome: .measured(presence.greatest),
        n: RowCounts(
          training: training, synthetic: frame.synthetic.rowCount, holdout: holdout),
        details: details)
    ]).counted(level: workspace.plan.level)
  }
}

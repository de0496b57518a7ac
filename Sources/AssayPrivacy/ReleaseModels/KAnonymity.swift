public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// The smallest class of synthetic records that share their declared quasi-identifiers.
///
/// A syntactic property of the synthetic table, no evidence of privacy: see ``KMap`` for its relation
/// to real records and the attacks for what they give away.
///
/// - Complexity: O(rows · columns), hashed.
///
/// Source: Sweeney (2002), doi:10.1142/S0218488502001648.
public struct KAnonymity: Metric {
  /// Makes the metric.
  public init() {}

  /// A count of the synthetic rows.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    ReleaseModel.descriptor(
      "privacy.k-anonymity", "k-anonymity",
      summary: "The fewest synthetic records that share their quasi-identifiers.",
      formula: "k = min over classes of #{synthetic records of the class}", upper: nil,
      direction: .higherIsBetter, cannotSee: "copies; what a class says of its secrets",
      howToRead: "1 where a synthetic record is alone with its quasi-identifiers.",
      citations: [
        .init(
          "Sweeney (2002), k-anonymity: a model for protecting privacy",
          doi: "10.1142/S0218488502001648")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    guard let found = try await workspace.value(of: QuasiIdentifierClasses()) else {
      return ReleaseModel.absent(
        descriptor.id, .none, QuasiIdentifierClasses.absence(frame))
    }
    let classes = found.synthetic
    let rows = Double(frame.synthetic.rowCount)
    var details = found.details
    details["classes"] = .integer(classes.count)
    details["uniqueShare"] = .number(Double(classes.records(below: 2)) / rows)
    details["shareBelow5"] = .number(Double(classes.records(below: 5)) / rows)
    details["shareBelow10"] = .number(Double(classes.records(below: 10)) / rows)
    details["syntactic"] = true
    return MetricResult(scores: [
      Score(
        metric: descriptor.id, dimension: .privacy, against: .none,
        outcome: .measured(Double(classes.smallest)), unit: "records",
        reference: Double(found.training.smallest),
        n: RowCounts(synthetic: frame.synthetic.rowCount), details: details)
    ]).counted(level: workspace.plan.level)
  }
}

/// The fewest real records that share the quasi-identifiers of a synthetic record.
///
/// The real records at hand, training and holdout together, stand for the population that an attacker
/// looks into. A syntactic property, no evidence of privacy.
///
/// - Complexity: O(rows · columns), hashed.
///
/// Source: Sweeney (2002), doi:10.1142/S0218488502001648.
public struct KMap: Metric {
  /// Makes the metric.
  public init() {}

  /// A count of rows.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    ReleaseModel.descriptor(
      "privacy.k-map", "k-map",
      summary: "The fewest real records that share the quasi-identifiers of a synthetic record.",
      formula: "k = min over synthetic classes with real records of #{real records of the class}",
      upper: nil, direction: .higherIsBetter,
      cannotSee: "records of the population that are not at hand; what a match teaches",
      howToRead:
        "1 where the quasi-identifiers of a synthetic record are those of one real record.",
      citations: [
        .init(
          "Sweeney (2002), k-anonymity: a model for protecting privacy",
          doi: "10.1142/S0218488502001648")
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
    let sizes = found.pool.sizes
    let own = found.synthetic.classOfRecord.map { Int($0) < sizes.count ? sizes[Int($0)] : 0 }
    let matched = own.filter { $0 > 0 }
    guard let least = matched.min() else {
      return ReleaseModel.absent(
        descriptor.id, .both, "no synthetic record has the quasi-identifiers of a real one")
    }
    let rows = Double(own.count)
    var details = found.details
    details["matchedShare"] = .number(Double(matched.count) / rows)
    details["shareOfOne"] = .number(Double(own.count { $0 == 1 }) / rows)
    details["shareBelow5"] = .number(Double(matched.count { $0 < 5 }) / rows)
    details["strictK"] = .integer(found.synthetic.smallestElsewhere(found.pool))
    details["syntactic"] = true
    return MetricResult(scores: [
      Score(
        metric: descriptor.id, dimension: .privacy, against: .both,
        outcome: .measured(Double(least)), unit: "records",
        n: RowCounts(
          training: frame.rowCount(.training), synthetic: frame.synthetic.rowCount,
          holdout: frame.rowCount(.holdout)), details: details)
    ]).counted(level: workspace.plan.level)
  }
}

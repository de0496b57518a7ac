public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// The share of each group among synthetic rows over its share among real ones.
///
/// ```
/// min(r, 1/r),   r = (s/m) / (t/n)
/// ```
///
/// with s of m synthetic and t of n real rows in the group: 1 where shares are equal, 0 where the
/// group is gone; r itself is in the details. Groups are the levels of a declared sensitive column,
/// bands of a number, and two or three columns together. The value of a column and of the table is
/// that of the group that is furthest off. Limits hold for all groups of a column at once (max-t
/// over shared replicates); with few rows they are exact by the conditional binomial law. It cannot
/// see how groups differ otherwise.
///
/// - Complexity: O(rows · groupings + replicates · groups).
///
/// Source: Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404; Westfall & Young (1993).
public struct GroupRepresentation: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fairness.representation", title: "Representation of groups", dimension: .fairness,
      summary: "Whether each group has the share among synthetic rows that it has among real ones.",
      formula:
        "min(r, 1/r), r = (synthetic share) / (real share) of a group; the least over groups",
      direction: .higherIsBetter, anchor: .none,
      invariances: ["order of rows", "names of levels"],
      sees: [], blindTo: [],
      cannotSee: "how groups differ in anything but their number; columns that nobody declared",
      defaults: [
        "support": "groups of at least k training rows, of several columns at least 30: fewer "
          + "would name persons and say nothing",
        "bands": "numbers are cut near their quartiles, at places of three digits",
      ],
      howToRead:
        "0.8 means that a group has four fifths of its real share, or five fourths. A fresh real "
        + "sample is below 1 too, the more so with many small groups.",
      citations: [
        .init(
          "Clopper & Pearson (1934), The use of confidence or fiducial limits",
          doi: "10.1093/biomet/26.4.404"),
        .init("Westfall & Young (1993), Resampling-based multiple testing"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = FairnessScores(descriptor: descriptor, frame: frame)
    let found = try await workspace.value(of: Groupings())
    if let absence = found.absence { return scores.nothing(absence) }
    var result = MetricResult(scores: [])
    for (against, _) in FairnessScores.sides(frame) {
      var own: [Score] = []
      var singles: [(columns: [String], shares: GroupShares)] = []
      for (place, grouping) in found.groupings.enumerated() {
        guard let shares = try await workspace.value(of: GroupSharesOf(grouping: place))[against]
        else { continue }
        own.append(
          try column(
            Subject(columns: grouping.columns), [(grouping.columns, shares)], against, scores,
            workspace))
        for group in shares.groups {
          own.append(try score(group, grouping, shares, against, scores, workspace))
        }
        if !grouping.isIntersection { singles.append((grouping.columns, shares)) }
      }
      let table = try column(.table, singles, against, scores, workspace)
      result.scores.append(table)
      result.scores += own
      if let facet = facet(table, singles, against) { result.facets.append(facet) }
    }
    result.scores += found.refused.map { name, reason in
      scores.score(
        Subject(columns: [name]), .notApplicable(reason: reason), against: .training)
    }
    return result
  }

  /// The group that is furthest off of one column or of several.
  private func column(
    _ subject: Subject, _ parts: [(columns: [String], shares: GroupShares)], _ against: Against,
    _ scores: FairnessScores, _ workspace: Workspace<ReferenceFrame>
  ) throws(MetricError) -> Score {
    let worst = parts.compactMap { part in
      part.shares.worst.map { (part.columns, $0.group, $0.folded, part.shares) }
    }.min { $0.2 < $1.2 }
    guard let (columns, group, value, shares) = worst, let ratio = group.ratio else {
      return scores.score(
        subject, .notApplicable(reason: "the real side has none of the groups"), against: against)
    }
    var score = scores.score(subject, .measured(value), against: against)
    // In each draw the worst group of all columns, as in the measurement.
    let draws = parts.map(\.shares.drawn)
    let least = (0..<(draws.map(\.count).min() ?? 0)).map { draw in
      draws.map { $0[draw] }.min() ?? 1
    }
    let floor = GroupShares.floor(least)
    score.floor = floor
    let folds = parts.flatMap(\.shares.groups).compactMap { Self.limits($0) }
    try judge(
      &score, ratio, limits: (folds.map(\.lower).min() ?? 0, folds.map(\.upper).min() ?? 1),
      reach: parts.map(\.shares.reach).max() ?? shares.reach, workspace)
    score.details["worst"] = .object([
      "columns": .strings(columns), "group": .string(group.label),
      "ratio": .finite(ratio.ratio),
    ])
    score.details["groups"] = .integer(parts.reduce(0) { $0 + $1.shares.groups.count })
    return score
  }

  private func score(
    _ group: GroupShares.Group, _ grouping: Grouping, _ shares: GroupShares, _ against: Against,
    _ scores: FairnessScores, _ workspace: Workspace<ReferenceFrame>
  ) throws(MetricError) -> Score {
    let subject = Subject(columns: grouping.columns, segment: group.label)
    guard let ratio = group.ratio, let limits = group.limits, let folded = Self.limits(group)
    else {
      return scores.score(
        subject,
        .notApplicable(
          reason: "no \(against == .holdout ? "holdout" : "real") row is in the group"),
        against: against)
    }
    var score = scores.score(subject, .measured(ratio.folded), against: against)
    let fresh = RepresentationRatio.expected(
      share: group.pooledShare, rows: (shares.realRows, shares.syntheticRows))
    score.floor = ScoreFloor(
      value: fresh.mean, spread: fresh.deviation, method: FloorMethod.closedForm)
    try judge(&score, ratio, limits: folded, reach: shares.reach, workspace)
    let k = workspace.plan.k
    score.details = [
      "ratio": .finite(ratio.ratio), "ratioLower": .finite(limits.lower),
      "ratioUpper": .finite(limits.upper),
      "realShare": FairnessScores.share(group.real, of: shares.realRows, k: k),
      "syntheticShare": .finite(CellLabels.share(group.synthetic / max(1, shares.syntheticRows))),
      "expectedAbsence": .finite(group.absence),
    ]
    return score
  }

  /// Limits of the folded ratio.
  private static func limits(_ group: GroupShares.Group) -> (lower: Double, upper: Double)? {
    guard let (lower, upper) = group.limits else { return nil }
    let ends = [
      RepresentationRatio.folded(lower), upper.isFinite ? RepresentationRatio.folded(upper) : 0,
    ]
    let holdsOne = lower <= 1 && upper >= 1
    return (ends.min() ?? 0, holdsOne ? 1 : ends.max() ?? 1)
  }

  private func judge(
    _ score: inout Score, _ ratio: RepresentationRatio, limits: (lower: Double, upper: Double),
    reach: Double, _ workspace: Workspace<ReferenceFrame>
  ) throws(MetricError) {
    guard let value = score.value, let floor = score.floor else { return }
    let level = workspace.plan.level
    score.interval = ScoreInterval(
      lower: min(value, limits.lower), upper: max(value, limits.upper), level: level,
      method: Simultaneous.method)
    do throws(NumericsError) {
      // A single bound is reached by fewer deviations than an interval; both are widened alike so
      // that all groups hold together.
      let single = try normalQuantile(1 - (1 - level) / 2)
      // An absent group has no logarithm: what half a row would be stands for its deviation.
      let size = max(value, RepresentationRatio.folded(0.5 / max(0.5, ratio.expectedCount)))
      let deviation = size * ratio.logDeviation * reach / single
      let excess = floor.value - value
      score.bounds = try ScoreBounds(
        value: value, level: level,
        law: .normal(
          .init(
            lowerCentre: value, upperCentre: value, deviation: deviation, lowest: 0, highest: 1)),
        excess: .normal(
          .init(
            lowerCentre: excess, upperCentre: excess, deviation: max(deviation, floor.spread))))
    } catch {
      throw MetricError(error)
    }
  }

  /// The part of the dimension: how far the worst group is off, from an absent group (1) down.
  private func facet(
    _ table: Score, _ parts: [(columns: [String], shares: GroupShares)], _ against: Against
  ) -> FacetResult? {
    guard let value = table.value, let floor = table.floor,
      case .normal(let law)? = table.bounds?.law
    else { return nil }
    return FacetResult(
      dimension: .fairness, facet: "representation", against: against, value: 1 - value,
      floor: ScoreFloor(value: 1 - floor.value, spread: floor.spread, method: floor.method),
      baseline: ScoreBaseline(value: 1, method: "absent-group"), deviation: law.deviation,
      subjects: parts.reduce(0) { $0 + $1.shares.groups.count },
      worst: table.details["worst"]?["columns"]?.arrayValue?.compactMap(\.stringValue) ?? [])
  }
}

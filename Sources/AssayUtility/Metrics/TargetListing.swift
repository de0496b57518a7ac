import AssayDocument
import AssayMetrics
import AssayTable

/// Collects the scores of targets and makes of them a score of the whole table.
struct TargetListing {
  let descriptor: MetricDescriptor
  /// The real side that a table with targets would be judged against.
  private let against: Against
  private(set) var scores: [Score] = []
  /// The scores that the table's may be.
  private var candidates: [Score] = []
  /// Parts of the dimension's score, a target each.
  var facets: [FacetResult] = []

  init(_ descriptor: MetricDescriptor, _ frame: ReferenceFrame) {
    self.descriptor = descriptor
    against = frame.rowCount(.holdout) == nil ? .training : .holdout
  }

  /// Adds the score of a target; a score that is no candidate is never the table's.
  mutating func add(_ score: Score, isCandidate: Bool = true) {
    scores.append(score)
    if isCandidate { candidates.append(score) }
  }

  /// Adds a target that cannot be judged.
  mutating func refuse(_ target: String, _ reason: String, _ against: Against) {
    scores.append(
      Score(
        metric: descriptor.id, dimension: descriptor.dimension, against: against,
        subject: Subject(target: target),
        outcome: .notApplicable(reason: reason.isEmpty ? "it cannot be judged" : reason),
        unit: descriptor.unit))
  }

  /// The targets whose gap can be measured; the others are refused.
  mutating func gaps(
    _ targets: Targets.Found, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [(found: GapOfTarget.Found, gap: PairedGap)] {
    var gaps: [(found: GapOfTarget.Found, gap: PairedGap)] = []
    for problem in targets.problems {
      guard let found = try await workspace.value(of: GapOfTarget(target: problem.column)) else {
        continue
      }
      if let gap = found.gap {
        gaps.append((found, gap))
      } else {
        refuse(problem.name, found.reason ?? "", found.rows.against)
      }
    }
    return gaps
  }

  /// The scores: the table first, which is as its worst target is, then the targets.
  func result(_ targets: Targets.Found) -> MetricResult {
    var own = scores
    for refused in targets.refused {
      own.append(
        Score(
          metric: descriptor.id, dimension: descriptor.dimension, against: against,
          subject: Subject(target: refused.name), outcome: .notApplicable(reason: refused.reason),
          unit: descriptor.unit))
    }
    // By position: the optimiser of Swift 6.3 fails on a score that is carried through the loop.
    guard let worst = worst(of: candidates) else {
      let reason = own.first?.reason ?? targets.absence ?? "no target can be judged"
      let absent = Score(
        metric: descriptor.id, dimension: descriptor.dimension, against: against,
        outcome: .notApplicable(reason: reason), unit: descriptor.unit)
      return MetricResult(scores: [absent] + own)
    }
    var table = candidates[worst]
    table.details = ["target": .string(table.subject.target ?? "")]
    table.details.merge(table.parameters) { own, _ in own }
    table.parameters = [:]
    let named = Set(own.compactMap(\.subject.target)).count
    if named > 1 { table.details["targets"] = .integer(named) }
    table.subject = .table
    return MetricResult(scores: [table] + own, facets: Self.joined(facets))
  }

  /// Where the first of the worst scores is; `nil` where none has a value.
  private func worst(of scores: [Score]) -> Int? {
    let isHigherWorse = descriptor.direction != .higherIsBetter
    var found: (index: Int, value: Double)?
    for (index, score) in scores.enumerated() {
      guard let value = score.value else { continue }
      if let known = found, isHigherWorse ? value <= known.value : value >= known.value { continue }
      found = (index, value)
    }
    return found?.index
  }

  /// One part for all targets: the mean, as sure as if all went up and down together.
  private static func joined(_ parts: [FacetResult]) -> [FacetResult] {
    guard var first = parts.first else { return [] }
    let count = Double(parts.count)
    first.value = parts.reduce(0) { $0 + $1.value } / count
    first.floor.spread = parts.reduce(0) { $0 + $1.floor.spread } / count
    first.deviation = parts.reduce(0) { $0 + $1.deviation } / count
    first.subjects = parts.count
    first.worst = (parts.max { $0.value < $1.value } ?? first).worst
    return [first]
  }
}

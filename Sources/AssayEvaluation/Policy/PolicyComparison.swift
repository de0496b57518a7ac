import AssayDocument
import AssayMetrics

/// One comparison of a policy: a requirement at one subject.
struct PolicyComparison: Sendable {
  /// What there is to compare.
  enum Found: Sendable {
    /// A quantity with bounds.
    case quantity(JudgedQuantity)
    /// Nothing, and why.
    case absent(String)
  }

  let requirement: PolicyRequirement
  /// The name of the verdict's row.
  var id: String
  let subject: Subject
  let dimension: Dimension
  let against: Against?
  let metric: MetricID?
  let found: Found
}

/// Finds what the requirements of a policy speak of in a document.
struct PolicyResolution {
  let document: EvaluationDocument
  let previous: EvaluationDocument?
  private let index: Index
  private let earlier: Index?

  init(document: EvaluationDocument, previous: EvaluationDocument?) {
    self.document = document
    self.previous = previous
    index = Index(document)
    earlier = previous.map(Index.init)
  }

  /// The comparisons of a requirement, at least one.
  func comparisons(_ requirement: PolicyRequirement) -> [PolicyComparison] {
    var found: [PolicyComparison]
    switch requirement.what {
    case .metric(let pattern): found = metrics(requirement, pattern: pattern)
    case .dimension(let dimension, let facet):
      found = [self.dimension(requirement, dimension, facet: facet)]
    }
    guard found.count > 1 else { return found }
    let several = Set(found.compactMap(\.metric)).count > 1
    for index in found.indices {
      var place = found[index].subject.columns.joined(separator: " × ")
      if several, let metric = found[index].metric {
        place = metric.rawValue + (place.isEmpty ? "" : " " + place)
      }
      found[index].id = "\(requirement.id) (\(place.isEmpty ? "the table" : place))"
    }
    return found
  }

  private func metrics(
    _ requirement: PolicyRequirement, pattern: String
  ) -> [PolicyComparison] {
    let names = index.metrics.filter { MetricCatalog.matches($0.rawValue, pattern: pattern) }
    let found = names.flatMap { metric in
      index.subjects(of: metric, requirement).map { comparison(requirement, metric, $0) }
    }
    if !found.isEmpty { return found }
    let reason =
      names.isEmpty
      ? "no score of \(pattern) is in the document"
      : "no score of \(pattern) speaks of \(Self.words(requirement))"
    return [
      PolicyComparison(
        requirement: requirement, id: requirement.id, subject: Self.subject(requirement),
        dimension: Self.dimension(of: pattern), against: requirement.against?.side,
        metric: names.first, found: .absent(reason))
    ]
  }

  private static func subject(_ requirement: PolicyRequirement) -> Subject {
    if case .columns(let columns) = requirement.place { return Subject(columns: columns) }
    return .table
  }

  private static func words(_ requirement: PolicyRequirement) -> String {
    let place =
      switch requirement.place {
      case .table: "the table as a whole"
      case .eachColumn: "single columns"
      case .eachPair: "pairs of columns"
      case .columns(let columns): columns.joined(separator: " × ")
      }
    let side = requirement.against.map { " against \($0.rawValue)" } ?? ""
    return place + (requirement.segment.map { " in \($0)" } ?? "") + side
  }

  /// The dimension that a metric's name begins with.
  static func dimension(of pattern: String) -> Dimension {
    pattern.split(separator: ".").first.flatMap { Dimension(rawValue: String($0)) } ?? .fidelity
  }

  private func comparison(
    _ requirement: PolicyRequirement, _ metric: MetricID, _ subject: Subject
  ) -> PolicyComparison {
    let scores = index.scores(metric, subject)
    let score = Self.chosen(scores, requirement)
    return PolicyComparison(
      requirement: requirement, id: requirement.id, subject: subject,
      dimension: scores.first?.dimension ?? Self.dimension(of: metric.rawValue),
      against: score?.against ?? requirement.against?.side, metric: metric,
      found: score.map { quantity(requirement, $0) }
        ?? .absent("no score of \(metric) against \(requirement.against?.rawValue ?? "real rows")"))
  }

  /// The score against the side that is asked for, or else the first of: both, holdout, training, none.
  private static func chosen(_ scores: [Score], _ requirement: PolicyRequirement) -> Score? {
    if let side = requirement.against?.side { return scores.first { $0.against == side } }
    for side in [Against.both, .holdout, .training, .none] {
      if let score = scores.first(where: { $0.against == side }) { return score }
    }
    return nil
  }

  private func quantity(
    _ requirement: PolicyRequirement, _ score: Score
  ) -> PolicyComparison.Found {
    if let reason = score.reason { return .absent(reason) }
    if let failure = score.failure { return .absent("it failed: \(failure.message)") }
    let direction = document.descriptor(score.metric)?.direction ?? .lowerIsBetter
    guard requirement.compare == .previous else {
      return ScoreQuantity(score: score, direction: direction).found(requirement.compare)
    }
    guard let earlier else { return .absent("no earlier document was given (--previous)") }
    let before = earlier.scores(score.metric, score.subject).first {
      $0.against == score.against && $0.parameters == score.parameters
    }
    guard let before, before.value != nil else {
      return .absent("the earlier document has no such score")
    }
    return ScoreQuantity(score: score, direction: direction).change(since: before)
  }

  private func dimension(
    _ requirement: PolicyRequirement, _ dimension: Dimension, facet: String?
  ) -> PolicyComparison {
    let side = requirement.against?.side ?? (document.inputs.holdout == nil ? .training : .holdout)
    func found(_ document: EvaluationDocument) -> PolicyComparison.Found {
      DimensionQuantity(
        score: document.dimension(dimension), facet: facet, against: side,
        realRows: (side == .holdout ? document.inputs.holdout : document.inputs.training)?.rows
          ?? 0, syntheticRows: document.inputs.synthetic.rows
      ).found(requirement.compare)
    }
    var result = found(document)
    if requirement.compare == .previous {
      switch (result, previous.map(found)) {
      case (_, nil): result = .absent("no earlier document was given (--previous)")
      case (.quantity(let now), .quantity(let before)?):
        result = .quantity(.change(before, now))
      case (.quantity, .absent(let reason)?):
        result = .absent("the earlier document has no such score: \(reason)")
      default: break
      }
    }
    return PolicyComparison(
      requirement: requirement, id: requirement.id, subject: Subject(facet: facet),
      dimension: dimension, against: side, metric: nil, found: result)
  }
}

extension PolicyResolution {
  /// Scores by metric and subject, in document order.
  struct Index {
    private(set) var metrics: [MetricID] = []
    private var subjects: [MetricID: [Subject]] = [:]
    private var scores: [Key: [Score]] = [:]

    private struct Key: Hashable {
      var metric: MetricID
      var subject: Subject
    }

    init(_ document: EvaluationDocument) {
      for score in document.scores {
        let key = Key(metric: score.metric, subject: score.subject)
        if subjects[score.metric] == nil { metrics.append(score.metric) }
        if scores[key] == nil { subjects[score.metric, default: []].append(score.subject) }
        scores[key, default: []].append(score)
      }
    }

    func scores(_ metric: MetricID, _ subject: Subject) -> [Score] {
      scores[Key(metric: metric, subject: subject)] ?? []
    }

    /// The subjects of a metric that a requirement means.
    func subjects(of metric: MetricID, _ requirement: PolicyRequirement) -> [Subject] {
      (subjects[metric] ?? []).filter { subject in
        guard subject.segment == requirement.segment else { return false }
        switch requirement.place {
        case .table: return subject.columns.isEmpty
        case .eachColumn: return subject.columns.count == 1
        case .eachPair: return subject.columns.count == 2
        case .columns(let names): return Set(names) == Set(subject.columns)
        }
      }
    }
  }
}

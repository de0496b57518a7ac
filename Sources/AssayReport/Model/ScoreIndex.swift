import AssayDocument

/// Finds the scores of a subject without going through all of them.
struct ScoreIndex {
  private var descriptors: [MetricID: MetricDescriptor] = [:]
  private var bySubject: [[String]: [Int]] = [:]
  private let scores: [Score]
  /// Whether there is a holdout to prefer.
  let preferred: Against

  init(_ document: EvaluationDocument) {
    scores = document.scores
    for descriptor in document.metrics where descriptors[descriptor.id] == nil {
      descriptors[descriptor.id] = descriptor
    }
    preferred = document.inputs.holdout == nil ? .training : .holdout
    for (position, score) in scores.enumerated() where score.subject.isPlain {
      let columns = score.subject.columns
      bySubject[columns, default: []].append(position)
    }
  }

  /// A score with its descriptor.
  func reading(_ score: Score) -> ScoreReading {
    ScoreReading(score: score, descriptor: descriptors[score.metric])
  }

  /// The scores of a subject, in document order.
  func readings(of columns: [String]) -> [ScoreReading] {
    (bySubject[columns] ?? []).map { reading(scores[$0]) }
  }

  /// The scores of a subject, each against the side that counts: the holdout where it has one.
  func preferredReadings(of columns: [String]) -> [ScoreReading] {
    let all = readings(of: columns)
    return all.filter { reading in
      reading.score.against == preferred
        || !all.contains {
          $0.score.metric == reading.score.metric && $0.score.against == preferred
            && $0.score.parameters == reading.score.parameters
        }
    }
  }
}

extension ReportModel {
  static func columns(_ document: EvaluationDocument, _ index: ScoreIndex) -> [ColumnBlock] {
    document.columns.enumerated().map { position, record in
      let readings = index.readings(of: [record.name])
      let preferred = index.preferredReadings(of: [record.name])
      let gap = preferred.lazy.compactMap { $0.score.details["location"]?.doubleValue }.first
      let ranked = preferred.filter { $0.isRanked && $0.score.value != nil }
      let scaled =
        ranked.first { $0.score.metric == "fidelity.total-variation" && $0.scale != nil }
        ?? ranked.first { $0.scale != nil && $0.score.dimension == .fidelity }
      return ColumnBlock(
        index: position, record: record, readings: readings, gap: gap,
        excess: ranked.filter { $0.score.dimension == .fidelity }.map(\.excess).max() ?? 0,
        scale: scaled?.scale)
    }
  }

  static func pairs(
    _ document: EvaluationDocument, _ index: ScoreIndex, _ tables: [[String]: Int]
  ) -> (rows: [PairRow], leftOut: Int) {
    let order = PairOrder(
      document.scores, metrics: document.metrics, preferred: index.preferred
    ).pairs
    let limit = pairLimit(columns: document.columns.count)
    // A pair with a table of its cells has a row, however near it is to real.
    let listed = order.prefix(limit) + order.dropFirst(limit).filter { tables[$0.sorted()] != nil }
    let rows = listed.map { columns in
      PairRow(
        columns: columns,
        readings: index.preferredReadings(of: columns).filter { $0.score.value != nil },
        table: tables[columns.sorted()])
    }
    return (rows, order.count - rows.count)
  }

  static func dimensions(
    _ document: EvaluationDocument, _ index: ScoreIndex
  ) -> [DimensionSection] {
    let table = index.readings(of: [])
    let scopes = MeasureScope.scopes(document.scores)
    return Dimension.allCases.map { dimension in
      let ours = table.filter { $0.score.dimension == dimension && $0.score.subject.isTable }
      var metrics: [MeasureLine] = []
      for reading in ours {
        if let at = metrics.firstIndex(where: {
          $0.readings.first?.score.metric == reading.score.metric
        }) {
          metrics[at].readings.append(reading)
        } else {
          metrics.append(
            MeasureLine(
              title: reading.title, descriptor: reading.descriptor,
              scope: scopes[reading.score.metric] ?? .rows, readings: [reading]))
        }
      }
      let others = document.scores.filter {
        $0.dimension == dimension && !$0.subject.isPlain && $0.status == .measured
          && ($0.against == index.preferred || $0.against == .both || $0.against == .none)
      }.map(index.reading)
      let order = others.indices.sorted {
        others[$0].excess == others[$1].excess ? $0 < $1 : others[$0].excess > others[$1].excess
      }
      let question = Wording.question(dimension)
      return DimensionSection(
        dimension: dimension,
        answer: document.verdict.answers.first { $0.question == question },
        score: document.dimension(dimension), metrics: metrics,
        others: order.prefix(otherLimit).map { others[$0] },
        othersLeftOut: max(0, others.count - otherLimit),
        findings: document.findings.filter { $0.dimension == dimension })
    }.sorted { left, right in
      order(left.dimension) < order(right.dimension)
    }
  }

  private static func order(_ dimension: Dimension) -> Int {
    Question.allCases.firstIndex(of: Wording.question(dimension)) ?? 0
  }
}

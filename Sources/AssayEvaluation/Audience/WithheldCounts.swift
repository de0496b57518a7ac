import AssayDocument

/// Takes counts of fewer than k rows out of a document, and what holds exact counts.
struct WithheldCounts {
  let k: Int
  /// Units of values that count rows.
  private static let countedUnits: Set<String> = ["records", "rows", "values"]
  /// Whole numbers in details that count other things than rows.
  private static let otherThings: Set<String> = [
    "columns", "pairs", "cells", "groups", "attacks", "levels", "features", "classes", "trees", "k",
    "depth", "bins", "tables", "triples", "plannedPairs", "possiblePairs", "possibleTables",
    "possibleTriples", "undefinedPairs", "pairsApart", "pooledCells", "decimals", "coefficients",
    "combinations", "comparisons", "conjunctions", "auxiliaryColumns", "stronger", "lost",
    "unlisted", "columnsThatHaveToGo", "inventedLevels", "missedLevels", "coveredLevels",
    "newPatterns", "syntheticPatterns", "patterns", "draws", "refits", "learners", "replicates",
    "permutations", "folds", "dimensions", "components", "neighbours", "degree", "predicates",
    "lag",
    "repeats", "findings", "secrets", "splits", "reports",
  ]

  /// The metrics whose values count rows.
  private let counting: Set<MetricID>

  init(k: Int, metrics: [MetricDescriptor]) {
    self.k = k
    counting = Set(metrics.filter { Self.countedUnits.contains($0.unit) }.map(\.id))
  }

  /// The words in place of a count.
  private var words: String { "fewer than \(k)" }

  private func isFew(_ count: Double) -> Bool { count > 0 && count < Double(k) }

  /// The document without small counts.
  func applied(to document: EvaluationDocument) -> EvaluationDocument {
    var form = document
    var gone: [Dimension: Int] = [:]
    form.scores = document.scores.map { score in
      let made = applied(to: score)
      if made.status != score.status { gone[score.dimension, default: 0] += 1 }
      return made
    }
    form.dimensions = document.dimensions.map { applied(to: $0, gone: gone[$0.id] ?? 0) }
    for index in form.baselines.indices {
      form.baselines[index].dimensions = form.baselines[index].dimensions.map {
        applied(to: $0, gone: 0)
      }
      for at in form.baselines[index].scores.indices {
        let one = form.baselines[index].scores[at]
        if counting.contains(one.metric), isFew(one.value ?? 0) {
          form.baselines[index].scores[at].value = nil
        }
      }
    }
    for index in form.findings.indices { applied(to: &form.findings[index].evidence) }
    for index in form.diagnoses.indices { applied(to: &form.diagnoses[index].evidence) }
    if let draws = form.draws { form.draws = applied(to: draws) }
    if let charts = form.charts { form.charts = applied(to: charts) }
    return form
  }

  private func applied(to draws: DrawsRecord) -> DrawsRecord {
    var draws = draws
    for index in draws.evidence.indices {
      draws.evidence[index].scores = draws.evidence[index].scores.map(applied(to:))
      draws.evidence[index].dimensions = draws.evidence[index].dimensions.map {
        applied(to: $0, gone: 0)
      }
    }
    for index in draws.scores.indices where draws.scores[index].kind == .metric {
      let one = draws.scores[index]
      guard counting.contains(MetricID(rawValue: one.id)),
        one.values.contains(where: { isFew($0 ?? 0) })
      else { continue }
      draws.scores[index].values = one.values.map { isFew($0 ?? 0) ? nil : $0 }
      // The mean would tell what is withheld.
      draws.scores[index].mean = nil
      draws.scores[index].betweenSpread = nil
    }
    return draws
  }

  private func applied(to original: Score) -> Score {
    var score = original
    score.bounds?.law = nil
    score.bounds?.excessLaw = nil
    score.n = RowCounts(
      training: shown(score.n.training), synthetic: shown(score.n.synthetic),
      holdout: shown(score.n.holdout))
    applied(to: &score.details)
    if Self.countedUnits.contains(score.unit), let value = score.value, isFew(value) {
      score.outcome = .notApplicable(reason: "the count is withheld: it is of \(words) rows")
      score.interval = nil
      score.bounds = nil
      score.test = nil
    }
    if Self.countedUnits.contains(score.unit), isFew(score.reference ?? 0) { score.reference = nil }
    return score
  }

  private func applied(to dimension: DimensionScore, gone: Int) -> DimensionScore {
    var dimension = dimension
    dimension.counts.measured -= gone
    dimension.counts.notApplicable += gone
    dimension.bounds?.law = nil
    dimension.bounds?.excessLaw = nil
    for index in dimension.members.indices {
      dimension.members[index].bounds?.law = nil
      dimension.members[index].bounds?.excessLaw = nil
    }
    return dimension
  }

  private func shown(_ rows: Int?) -> Int? { rows.flatMap { isFew(Double($0)) ? nil : $0 } }

  private func applied(to details: inout [String: DetailValue]) {
    details = Dictionary(
      details.map { ($0.key, shown($0.value, $0.key)) }, uniquingKeysWith: { first, _ in first })
  }

  private func shown(_ value: DetailValue, _ key: String) -> DetailValue {
    switch value {
    case .integer(let count):
      isFew(Double(count)) && !Self.otherThings.contains(key) ? .string(words) : value
    case .array(let list): .array(list.map { shown($0, key) })
    case .object(let members):
      .object(
        Dictionary(
          members.map { ($0.key, shown($0.value, $0.key)) }, uniquingKeysWith: { first, _ in first }
        ))
    case .number, .string, .boolean, .null: value
    }
  }

  /// Shares of cells to two digits, such that none tells of fewer than k rows once rows are rounded too.
  private func applied(to charts: ChartRecords) -> ChartRecords {
    func share(_ share: Double, _ rows: Int) -> Double {
      max(TwoDigits.round(share), TwoDigits.round(Double(k) / Double(rows), .up))
    }
    var charts = charts
    if var plane = charts.plane {
      for side in plane.sides.indices {
        let rows = TwoDigits.round(plane.sides[side].rows)
        plane.sides[side].rows = rows
        plane.sides[side].shares = plane.sides[side].shares.map { share($0, rows) }
      }
      charts.plane = plane
    }
    for pair in charts.pairs.indices {
      for side in charts.pairs[pair].sides.indices {
        charts.pairs[pair].sides[side].rows = TwoDigits.round(charts.pairs[pair].sides[side].rows)
        let rows = charts.pairs[pair].sides[side].rows
        charts.pairs[pair].sides[side].shares = charts.pairs[pair].sides[side].shares.map {
          $0.map { share($0, rows) }
        }
      }
    }
    return charts
  }
}

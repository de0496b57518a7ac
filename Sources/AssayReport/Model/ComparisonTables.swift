import AssayDocument

/// The tables that put a result beside others: generators of known faults, and the smallest
/// defects that would have been seen.
struct ComparisonTables {
  let document: EvaluationDocument
  let numbers: NumberText

  /// What generators of known faults get beside the table under test; `nil` where none was made.
  var baselines: ChartTable? {
    guard !document.baselines.isEmpty else { return nil }
    let against: Against = document.inputs.holdout == nil ? .training : .holdout
    let facets = ["marginal", "dependence", "joint"]
    var rows: [[String]] = [
      row(
        "this table", document.dimension(.fidelity),
        exact: document.summary(of: "privacy.exact-match", against: .training)?.value,
        share: document.summary(of: "privacy.distance-to-closest-record")?.value, facets, against)
    ]
    for baseline in document.baselines {
      func value(_ metric: MetricID, _ side: Against?) -> Double? {
        baseline.scores.first { $0.metric == metric && (side == nil || $0.against == side) }?.value
      }
      rows.append(
        row(
          baseline.title, baseline.dimensions.first { $0.id == .fidelity },
          exact: value("privacy.exact-match", .training),
          share: value("privacy.distance-to-closest-record", nil), facets, against))
    }
    return ChartTable(
      caption: "Generators of known faults on the same real rows",
      headers: ["Rows"] + facets.map { Wording.facet($0) } + [
        "equal to a real row", "closer to real than to holdout",
      ], rows: rows,
      note: "Single columns, relations and whole rows: from the far end (0) to a fresh real sample "
        + "(1), against \(Wording.against(against)).")
  }

  private func row(
    _ title: String, _ fidelity: DimensionScore?, exact: Double?, share: Double?,
    _ facets: [String], _ against: Against
  ) -> [String] {
    let scores = facets.map { facet in
      fidelity?.members.first { $0.facet == facet && $0.against == against }?.score
    }
    return [title] + scores.map { $0.map { numbers.position(min(1, max(0, $0))) } ?? "–" }
      + [exact, share].map { $0.map(numbers.percent) ?? "–" }
  }

  /// The smallest defect that each test would have seen; `nil` where none was looked for.
  var power: ChartTable? {
    guard let first = document.power.first else { return nil }
    let rows = document.power.map { record -> [String] in
      let what =
        record.facet.isEmpty
        ? Wording.spaced(record.defect) : "loss of \(Wording.facetPhrase(record.facet))"
      let smallest =
        record.smallest.map {
          record.unit == .rows
            ? "\(numbers.percent($0)) of the rows" : "\(numbers.number($0)) on the scale"
        } ?? "not up to \(numbers.percent(record.largest)) of the rows"
      return [what, document.descriptor(record.metric)?.title ?? record.metric.rawValue, smallest]
    }
    return ChartTable(
      caption: "The smallest defect that would have been seen, with a chance of "
        + numbers.percent(first.power),
      headers: ["Defect", "Seen by", "From"], rows: rows, note: nil)
  }
}

extension Wording {
  /// `single columns against holdout` for `marginal against holdout`.
  static func facetPhrase(_ words: String) -> String {
    let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
    guard let facet = parts.first else { return words }
    return ([Self.facet(facet)] + parts.dropFirst()).joined(separator: " ")
  }
}

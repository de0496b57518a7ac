import AssayDocument
import AssayTable
import Yams

extension PolicyReader {
  private static let requirementKeys = [
    "id", "metric", "dimension", "facet", "against", "subject", "columns", "segment", "compare",
    "at-most", "at-least", "severity", "on-undecided", "reason",
  ]

  /// One requirement, where it can be read.
  mutating func requirement(_ node: Node) -> PolicyRequirement? {
    guard case .mapping(let mapping) = node else {
      note(node, "each requirement must be a mapping with 'id', 'metric' or 'dimension', a margin")
      return nil
    }
    check(mapping, Self.requirementKeys)
    let id = require(mapping, "id", node).flatMap { name($0, "id") }
    let what = what(mapping, node)
    let margin = margin(mapping, node)
    let reason = require(mapping, "reason", node).flatMap { text($0, "reason") }
    let place = place(mapping)
    let isDimension = if case .dimension? = what { true } else { false }
    let compare =
      mapping["compare"].flatMap { word($0, as: PolicyCompare.self, "compare") }
      ?? (isDimension ? .normalised : .value)
    if isDimension, place != .table, let subject = mapping["subject"] ?? mapping["columns"] {
      note(subject, "a dimension has one score: columns belong to a 'metric'")
    }
    if isDimension, let segment = mapping["segment"] {
      note(segment, "a dimension has one score: a segment belongs to a 'metric'")
    }
    if isDimension, ![.normalised, .value, .previous, .effectiveRows].contains(compare),
      let node = mapping["compare"]
    {
      note(node, "a dimension is compared by: normalised, effective-rows, previous")
    }
    if !isDimension, compare == .effectiveRows, let node = mapping["compare"] {
      note(node, "'effective-rows' belongs to a 'dimension'")
    }
    let against = mapping["against"].flatMap { word($0, as: PolicyAgainst.self, "against") }
    let severity =
      mapping["severity"].flatMap { word($0, as: PolicySeverity.self, "severity") } ?? .major
    let undecided = mapping["on-undecided"].flatMap {
      word($0, as: OnUndecided.self, "on-undecided")
    }
    let segment = mapping["segment"].flatMap { text($0, "segment") }
    guard let id, let what, let margin, let reason else { return nil }
    if !seen.insert(id).inserted { note(mapping["id"], "the id '\(id)' is given twice") }
    return PolicyRequirement(
      id: id, what: what, against: against, place: place, segment: segment, compare: compare,
      margin: margin, severity: severity, onUndecided: undecided, reason: reason)
  }

  private mutating func what(_ mapping: Node.Mapping, _ node: Node) -> PolicyRequirement.What? {
    switch (mapping["metric"], mapping["dimension"]) {
    case (let metric?, nil):
      if let facet = mapping["facet"] { note(facet, "'facet' belongs to a 'dimension'") }
      return self.metric(metric).map { .metric($0) }
    case (nil, let name?):
      let dimension = word(name, as: Dimension.self, "dimension")
      let facet = mapping["facet"].flatMap { text($0, "facet") }
      if let facet, let node = mapping["facet"], !Self.facets.contains(facet) {
        let near = EditDistance.suggestion(for: facet, among: Self.facets)
        note(
          node,
          "unknown facet '\(facet)'; " + (near.map { "did you mean '\($0)'? " } ?? "")
            + "known: \(Self.facets.joined(separator: ", "))")
      }
      return dimension.map { .dimension($0, facet: facet) }
    case (let metric?, .some):
      note(metric, "a requirement speaks of a 'metric' or of a 'dimension', not of both")
    case (nil, nil):
      note(node, "a requirement needs a 'metric' or a 'dimension'")
    }
    return nil
  }

  /// The parts that dimensions are made of.
  static let facets = DimensionScoring.fidelityFacets.map(\.facet) + [DimensionScoring.prediction]

  private mutating func margin(
    _ mapping: Node.Mapping, _ node: Node
  ) -> PolicyRequirement.Margin? {
    switch (mapping["at-most"], mapping["at-least"]) {
    case (let most?, nil): return number(most, "at-most").map { .atMost($0) }
    case (nil, let least?): return number(least, "at-least").map { .atLeast($0) }
    case (let most?, .some):
      note(most, "a requirement has one margin: 'at-most' or 'at-least'")
    case (nil, nil):
      note(node, "a requirement needs a margin: 'at-most' or 'at-least'")
    }
    return nil
  }

  private mutating func place(_ mapping: Node.Mapping) -> PolicyRequirement.Place {
    if let columns = mapping["columns"] {
      if let subject = mapping["subject"] {
        note(subject, "'columns' says what 'subject' would: leave one out")
      }
      let names = texts(columns, "columns")
      if names.isEmpty { note(columns, "'columns' names at least one column") }
      return .columns(names)
    }
    guard let node = mapping["subject"] else { return .table }
    switch word(node, as: PlaceWord.self, "subject") {
    case .eachColumn: return .eachColumn
    case .eachPair: return .eachPair
    case .table, nil: return .table
    }
  }

  /// The words of `subject`.
  enum PlaceWord: String, CaseIterable {
    case table
    case eachColumn = "each-column"
    case eachPair = "each-pair"
  }
}

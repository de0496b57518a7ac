import AssayDocument

/// A document as patterns read it: against the holdout where that is a fair one, else training.
struct Reading {
  /// Columns that a diagnosis names, at most.
  static let namedColumns = 12

  let document: EvaluationDocument
  let against: Against
  /// Columns whose form is wrong, so that their scores say nothing of learning.
  private(set) var broken: Set<String> = []
  private let byMetric: [MetricID: [Score]]

  init(_ document: EvaluationDocument) {
    self.document = document
    let isFair =
      document.inputs.holdout != nil
      && !document.findings.contains { $0.id.hasPrefix("shifted-holdout") }
    against = isFair ? .holdout : .training
    byMetric = Dictionary(grouping: document.scores, by: \.metric)
    for pattern in [WrongKind(), WrongUnit()] as [any Pattern] {
      broken.formUnion(pattern.sign(in: self)?.columns ?? [])
    }
  }

  // Scores.

  /// The score of the table.
  func table(_ metric: MetricID, _ against: Against? = nil) -> Score? {
    byMetric[metric]?.first {
      $0.subject.isTable && $0.subject.facet == nil && $0.against == against ?? self.against
    }
  }

  /// The scores of columns or of pairs, as many columns each, that have a value.
  func scores(_ metric: MetricID, columns: Int, _ against: Against? = nil) -> [Score] {
    (byMetric[metric] ?? []).filter {
      $0.subject.columns.count == columns && $0.against == against ?? self.against
        && $0.value != nil
    }
  }

  /// The score of one column, with a parameter if the metric has several.
  func score(
    _ metric: MetricID, of column: String, _ parameter: (name: String, value: String)? = nil
  ) -> Score? {
    (byMetric[metric] ?? []).first { score in
      score.subject.columns == [column] && score.against == against && score.value != nil
        && (parameter.map { score.parameters[$0.name]?.stringValue == $0.value } ?? true)
    }
  }

  /// A part of fidelity.
  func facet(_ name: String) -> DimensionScore.Member? {
    document.dimension(.fidelity)?.members.first {
      $0.facet == name && $0.against == against && $0.score != nil
    }
  }

  // Columns.

  /// Columns that are compared as distributions.
  var features: [ColumnRecord] { document.columns.filter { $0.profile != nil } }

  /// Columns of numbers and days.
  var numbers: [ColumnRecord] {
    features.filter { ["real", "integer", "datetime"].contains($0.kind) }
  }

  /// Columns of levels.
  var levels: [ColumnRecord] {
    features.filter { !["real", "integer", "datetime"].contains($0.kind) }
  }

  /// The published shares of a column on the side that is read.
  func shares(_ column: ColumnRecord) -> (real: [Double], synthetic: [Double])? {
    guard let profile = column.profile else { return nil }
    let real = against == .holdout ? profile.holdout ?? profile.training : profile.training
    return real.count == profile.synthetic.count ? (real, profile.synthetic) : nil
  }

  // Findings.

  /// Findings by the start of their identifiers.
  func findings(_ code: String) -> [Finding] {
    document.findings.filter { $0.id.hasPrefix(code) }
  }

  /// Findings that want an explanation.
  var open: [Finding] { document.findings.filter { $0.severity != .notice } }

  /// The findings that a sign explains.
  func findings(explainedBy sign: Sign) -> [Finding] {
    document.findings.filter { finding in
      sign.explains.contains { entry in
        finding.id.hasPrefix(entry.code)
          && (entry.columns.isEmpty
            || finding.subject.columns.contains { entry.columns.contains($0) })
      }
    }
  }

  // Words.

  /// A share in per cent.
  static func percent(_ share: Double) -> String {
    let value = share * 100
    if value > 0, value < 0.1 { return "under 0.1 %" }
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths)) %" : "\(tenths) %"
  }

  /// A number to two digits.
  static func hundredths(_ value: Double) -> String {
    let scaled = Int((abs(value) * 100).rounded())
    let rest = scaled % 100
    return "\(value < 0 && scaled > 0 ? "−" : "")\(scaled / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// A few names, such as `'a', 'b' and 3 more`.
  static func list(_ names: [String], limit: Int = 3) -> String {
    let shown = names.prefix(limit).map { "'\($0)'" }
    let rest = names.count - shown.count
    if rest > 0 { return shown.joined(separator: ", ") + " and \(rest) more" }
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
    return shown.dropLast().joined(separator: ", ") + " and " + last
  }

  /// `1 column`, `2 columns`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

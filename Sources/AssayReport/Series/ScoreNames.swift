import AssayDocument

/// How scores of several documents are named and written: those of dimensions as a report does it.
enum ScoreNames {
  /// What a score is called; that of a dimension by the question that it answers.
  static func title(_ title: String, _ dimension: Dimension, _ metric: MetricID?) -> String {
    metric == nil ? Wording.question(dimension).title : title
  }

  /// What a score compares with.
  static func against(_ against: Against?) -> String { against.map(Wording.against) ?? "–" }

  /// A value; that of a dimension is a position between the ends of its scale, never beyond them.
  static func value(_ value: Double, _ metric: MetricID?, _ numbers: NumberText) -> String {
    metric == nil ? numbers.position(onScale(value, metric)) : numbers.number(value)
  }

  /// The two ends of the scale of dimensions.
  static let scale =
    "Looks real? and Useful?: 0 = the far end of the scale, 1 = \(Wording.freshSample)."

  /// A value as it is drawn.
  static func onScale(_ value: Double, _ metric: MetricID?) -> Double {
    metric == nil ? min(1, max(0, value)) : value
  }

  /// The columns that something speaks of, with all that tells it from others of the same columns.
  static func subject(_ subject: Subject) -> String {
    var text = subject.columns.map { VisibleText.clipped($0, to: 30) }.joined(separator: " × ")
    func add(_ part: String?, after word: String) {
      guard let part else { return }
      text += (text.isEmpty ? "" : word) + VisibleText.clipped(part, to: 40)
    }
    add(subject.segment, after: ", ")
    add(subject.given, after: " by ")
    add(subject.target.map { "models of " + VisibleText.clipped($0, to: 30) }, after: ", ")
    let facet = subject.facet.map(Wording.facet)
    add(facet.map { $0.prefix(1).lowercased() + $0.dropFirst() }, after: ", ")
    return text.isEmpty ? "the table" : text
  }

  /// What a finding speaks of.
  static func subject(of finding: Finding) -> String {
    finding.subject.isTable ? Wording.whole(finding) : subject(finding.subject)
  }
}

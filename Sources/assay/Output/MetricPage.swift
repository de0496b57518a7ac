import AssayDocument
import AssayReport

/// What a metric is, for the terminal.
enum MetricPage {
  /// The metrics, grouped by dimension.
  static func list(_ descriptors: [MetricDescriptor], width: Int) -> String {
    var text = ""
    let idWidth = (descriptors.map(\.id.rawValue.count).max() ?? 0) + 2
    for dimension in Dimension.allCases {
      let members = descriptors.filter { $0.dimension == dimension }
      guard !members.isEmpty else { continue }
      text += (text.isEmpty ? "" : "\n") + heading(dimension) + "\n"
      for member in members {
        text += Wrap.hanging(
          "  " + DisplayWidth.pad(member.id.rawValue, to: idWidth), member.summary, width: width)
      }
    }
    return text + "\nOne metric's page: assay metrics ID\n"
  }

  /// One metric's page.
  static func text(_ metric: MetricDescriptor, width: Int) -> String {
    var text = "\(metric.title)\n\(metric.id.rawValue), revision \(metric.revision)\n\n"
    text += Wrap.hanging("", metric.summary, width: width) + "\n"
    func line(_ label: String, _ value: String) {
      guard !value.isEmpty else { return }
      text += Wrap.hanging(DisplayWidth.pad(label, to: 16), value, width: width)
    }
    line("Formula", metric.formula)
    line("Range", range(metric))
    line("Direction", direction(metric.direction))
    line("Zero of scale", anchor(metric.anchor))
    line("Read it as", metric.howToRead)
    line("Unchanged by", metric.invariances.joined(separator: "; "))
    line("Sees", metric.sees.map(words).joined(separator: ", "))
    line("Does not see", metric.blindTo.map(words).joined(separator: ", "))
    line("Cannot tell", metric.cannotSee)
    for (position, entry) in metric.defaults.sorted(by: { $0.key < $1.key }).enumerated() {
      line(position == 0 ? "Defaults" : "", "\(entry.key) = \(entry.value)")
    }
    for (position, citation) in metric.citations.enumerated() {
      let doi = citation.doi.map { ", doi:\($0)" } ?? ""
      line(position == 0 ? "Source" : "", citation.text + doi)
    }
    return text
  }

  private static func heading(_ dimension: Dimension) -> String {
    switch dimension {
    case .diagnostics: "diagnostics: Valid?"
    case .fidelity: "fidelity: Looks real?"
    case .utility: "utility: Useful?"
    case .fairness: "fairness: Fair?"
    case .privacy: "privacy: Leaks?"
    }
  }

  private static func range(_ metric: MetricDescriptor) -> String {
    let unit = metric.unit.isEmpty ? "" : " \(metric.unit)"
    guard let upper = metric.upperLimit else { return "\(number(metric.lowerLimit)) and up\(unit)" }
    return "\(number(metric.lowerLimit)) to \(number(upper))\(unit)"
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  private static func direction(_ direction: Direction) -> String {
    switch direction {
    case .higherIsBetter: "larger is better"
    case .lowerIsBetter: "smaller is better"
    case .closerToFreshSample: "best where a fresh real sample is"
    }
  }

  private static func anchor(_ anchor: MetricDescriptor.Anchor) -> String {
    switch anchor {
    case .shuffledColumns: "shuffled columns"
    case .uniformValues: "uniform values over the range or the levels"
    case .copiedRows: "the real rows themselves"
    case .none: ""
    }
  }

  /// `droppedLevel` as `dropped level`.
  private static func words(_ damage: MetricDescriptor.Damage) -> String {
    damage.rawValue.reduce(into: "") { text, letter in
      text += letter.isUppercase ? " " + letter.lowercased() : String(letter)
    }
  }
}

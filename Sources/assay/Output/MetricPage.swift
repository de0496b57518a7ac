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
    for line in lines(metric) {
      text += Wrap.hanging(DisplayWidth.pad(line.label, to: 16), line.value, width: width)
    }
    return text
  }

  /// The pages of many, as one document.
  static func markdown(_ descriptors: [MetricDescriptor]) -> String {
    var text =
      "# Metrics\n\nWhat each metric measures, how it is read, and what it cannot see. "
      + "`assay metrics --markdown` prints this page.\n"
    for dimension in Dimension.allCases {
      let members = descriptors.filter { $0.dimension == dimension }
      guard !members.isEmpty else { continue }
      text += "\n## \(heading(dimension))\n"
      for metric in members {
        text += "\n### \(escaped(metric.title))\n\n`\(metric.id.rawValue)`, revision "
        text += "\(metric.revision). \(escaped(metric.summary))\n\n"
        var label = ""
        for line in lines(metric) {
          if !line.label.isEmpty { label = line.label }
          let value = label == "Formula" ? "`\(line.value)`" : escaped(line.value)
          text += line.label.isEmpty ? "  - \(value)\n" : "- *\(label)*: \(value)\n"
        }
      }
    }
    return text
  }

  /// What a page says, in order; a line without a label goes on with the one before.
  private static func lines(_ metric: MetricDescriptor) -> [(label: String, value: String)] {
    var lines = [
      ("Formula", metric.formula), ("Range", range(metric)),
      ("Direction", direction(metric.direction)), ("Zero of scale", anchor(metric.anchor)),
      ("Read it as", metric.howToRead),
      ("Unchanged by", metric.invariances.joined(separator: "; ")),
      ("Sees", metric.sees.map(words).joined(separator: ", ")),
      ("Does not see", metric.blindTo.map(words).joined(separator: ", ")),
      ("Cannot tell", metric.cannotSee),
    ].filter { !$0.1.isEmpty }
    for (position, entry) in metric.defaults.sorted(by: { $0.key < $1.key }).enumerated() {
      lines.append((position == 0 ? "Defaults" : "", "\(entry.key) = \(entry.value)"))
    }
    for (position, citation) in metric.citations.enumerated() {
      let doi = citation.doi.map { ", doi:\($0)" } ?? ""
      lines.append((position == 0 ? "Source" : "", citation.text + doi))
    }
    return lines.map { (label: $0.0, value: $0.1) }
  }

  /// Text in which Markdown finds nothing to do.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { out, letter in
      if "\\`*_<>|[]#".contains(letter) { out.append("\\") }
      out.append(letter)
    }
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

import AssayDocument
import AssayTable

/// Writes a policy as YAML, with a comment on what each part means.
struct PolicyWriter {
  let policy: Policy

  func text() -> String {
    var lines = [
      "# A policy of assay: what a document must show. Print it with 'assay policy show', check a",
      "# changed one with 'assay policy check FILE', use it with '--policy FILE'.",
      "assay-policy: 1", "name: \(quoted(policy.name))", "version: \(quoted(policy.version))",
    ]
    if !policy.title.isEmpty { lines.append("title: \(quoted(policy.title))") }
    if !policy.purpose.isEmpty { lines.append("purpose: \(quoted(policy.purpose))") }
    if policy.isAdvisory {
      lines += ["", "# It advises: the exit status is 0 whatever it finds.", "advisory: true"]
    }
    lines += [
      "", "# The chance, at most, that any requirement fails although all of them hold.",
      "alpha: \(number(policy.alpha))", "",
      "# What becomes of a requirement that these rows cannot decide: fail (status 2), warn, pass.",
      "on-undecided:",
    ]
    for severity in PolicySeverity.allCases {
      let action = policy.onUndecided[severity] ?? severity.standardOnUndecided
      lines.append("  \(severity.rawValue): \(action.rawValue)")
    }
    lines += [
      "",
      "# A requirement passes when its unfavourable bound (95 %) keeps to the margin, and fails",
      "# when its favourable bound does not, at its share of alpha.",
      "requirements:" + (policy.requirements.isEmpty ? " []" : ""),
    ]
    for requirement in policy.requirements { lines += self.requirement(requirement) }
    lines += coverage + waivers
    return lines.joined(separator: "\n") + "\n"
  }

  private func requirement(_ requirement: PolicyRequirement) -> [String] {
    var lines = ["  - id: \(quoted(requirement.id))"]
    switch requirement.what {
    case .metric(let pattern): lines.append("    metric: \(quoted(pattern))")
    case .dimension(let dimension, let facet):
      lines.append("    dimension: \(dimension.rawValue)")
      if let facet { lines.append("    facet: \(facet)") }
    }
    if let against = requirement.against { lines.append("    against: \(against.rawValue)") }
    switch requirement.place {
    case .table: break
    case .eachColumn: lines.append("    subject: each-column")
    case .eachPair: lines.append("    subject: each-pair")
    case .columns(let names): lines.append("    columns: \(list(names))")
    }
    if let segment = requirement.segment { lines.append("    segment: \(quoted(segment))") }
    lines.append("    compare: \(requirement.compare.rawValue)")
    switch requirement.margin {
    case .atMost(let value): lines.append("    at-most: \(number(value))")
    case .atLeast(let value): lines.append("    at-least: \(number(value))")
    }
    lines.append("    severity: \(requirement.severity.rawValue)")
    if let action = requirement.onUndecided { lines.append("    on-undecided: \(action.rawValue)") }
    lines.append("    reason: \(quoted(requirement.reason))")
    return lines
  }

  private var coverage: [String] {
    guard !policy.coverage.isEmpty else { return [] }
    var lines = ["", "# What must have been measured; what was not, fails.", "coverage:"]
    if !policy.coverage.metrics.isEmpty {
      lines.append("  metrics: \(list(policy.coverage.metrics))")
    }
    if !policy.coverage.dimensions.isEmpty {
      lines.append(
        "  dimensions: [\(policy.coverage.dimensions.map(\.rawValue).joined(separator: ", "))]")
    }
    return lines
  }

  private var waivers: [String] {
    guard !policy.waivers.isEmpty else { return [] }
    var lines = ["", "# Exceptions, read against --as-of where they end.", "waivers:"]
    for waiver in policy.waivers {
      lines.append("  - requirement: \(quoted(waiver.requirement))")
      if !waiver.columns.isEmpty { lines.append("    columns: \(list(waiver.columns))") }
      lines.append("    owner: \(quoted(waiver.owner))")
      lines.append("    reason: \(quoted(waiver.reason))")
      if let expires = waiver.expires { lines.append("    expires: \(quoted(expires))") }
    }
    return lines
  }

  private func list(_ texts: [String]) -> String {
    "[\(texts.map(quoted).joined(separator: ", "))]"
  }

  /// A text in quotes where YAML could take it for something else.
  private func quoted(_ text: String) -> String {
    let isWord =
      text.utf8.allSatisfy { byte in
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
          || (0x30...0x39).contains(byte) || byte == 0x2E || byte == 0x2F
      } && text.utf8.first.map { (0x61...0x7A).contains($0) } ?? false
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    return isWord && !reserved.contains(text.lowercased()) ? text : TableSchema.quoted(text)
  }

  /// The shortest spelling that reads back equal.
  private func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }
}

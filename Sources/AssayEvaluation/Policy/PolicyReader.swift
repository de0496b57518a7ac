import AssayDocument
import AssayTable
import Yams

/// Walks the YAML of a policy and collects every problem with its line.
struct PolicyReader {
  let file: String
  /// The metrics that the catalogue has.
  let metrics: [MetricID]
  private(set) var problems: [(line: Int, text: String)] = []
  /// The ids of requirements that were read.
  var seen: Set<String> = []

  init(file: String, metrics: [MetricID]) {
    self.file = file
    self.metrics = metrics
  }

  static let keys = [
    "assay-policy", "name", "version", "title", "purpose", "advisory", "alpha", "on-undecided",
    "requirements", "coverage", "waivers",
  ]

  /// The policy, as far as it can be read; it counts only where there are no ``problems``.
  mutating func read(_ root: Node?) -> Policy {
    var policy = Policy(name: "", version: "", requirements: [])
    guard let root, case .mapping(let mapping) = root else {
      note(root, "expected a mapping with 'name', 'version' and 'requirements'")
      return policy
    }
    check(mapping, Self.keys)
    if let format = require(mapping, "assay-policy", root), format.int != 1 {
      note(format, "'assay-policy' is the version of this form and must be 1")
    }
    policy.name = require(mapping, "name", root).flatMap { name($0, "name") } ?? ""
    policy.version = require(mapping, "version", root).flatMap { text($0, "version") } ?? ""
    policy.title = mapping["title"].flatMap { text($0, "title") } ?? ""
    policy.purpose = mapping["purpose"].flatMap { text($0, "purpose") } ?? ""
    policy.isAdvisory = mapping["advisory"].flatMap { flag($0, "advisory") } ?? false
    if let node = mapping["alpha"], let alpha = number(node, "alpha") {
      if alpha > 0, alpha <= 0.1 {
        policy.alpha = alpha
      } else {
        note(node, "'alpha' must be above 0 and at most 0.1: the chance of a false alarm in all")
      }
    }
    if let node = mapping["on-undecided"] { policy.onUndecided.merge(actions(node)) { $1 } }
    for item in list(require(mapping, "requirements", root), "requirements") {
      if let requirement = requirement(item) { policy.requirements.append(requirement) }
    }
    if let node = mapping["coverage"] { policy.coverage = coverage(node) }
    if let node = mapping["waivers"] {
      for item in list(node, "waivers") {
        if let waiver = waiver(item, policy) { policy.waivers.append(waiver) }
      }
    }
    return policy
  }

  mutating func note(_ node: Node?, _ message: String) {
    problems.append((node?.mark?.line ?? 0, message))
  }

  /// Every problem with its place, in the order of the file.
  var lines: [String] {
    problems.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
      .map {
        $0.element.line > 0
          ? "\(file):\($0.element.line): \($0.element.text)" : "\(file): \($0.element.text)"
      }
  }

  /// Notes keys that are not known.
  mutating func check(_ mapping: Node.Mapping, _ known: [String]) {
    for (key, _) in mapping {
      let word = key.string ?? "?"
      guard !known.contains(word) else { continue }
      let near = EditDistance.suggestion(for: word, among: known)
      note(
        key,
        "unknown key '\(word)'; "
          + (near.map { "did you mean '\($0)'?" } ?? "known: \(known.joined(separator: ", "))"))
    }
  }

  mutating func require(_ mapping: Node.Mapping, _ key: String, _ parent: Node) -> Node? {
    if let node = mapping[key] { return node }
    note(parent, "'\(key)' is missing")
    return nil
  }

  mutating func text(_ node: Node, _ key: String) -> String? {
    guard let text = node.scalar?.string, !text.isEmpty else {
      note(node, "'\(key)' must be a text")
      return nil
    }
    return text
  }

  /// A name that can stand in a command: letters, digits, `-`, `_` and `.`.
  mutating func name(_ node: Node, _ key: String) -> String? {
    guard let text = text(node, key) else { return nil }
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == 0x2D || byte == 0x2E || byte == 0x5F
    }
    if isPlain { return text }
    note(node, "'\(key)' may hold letters, digits, '-', '_' and '.'")
    return nil
  }

  mutating func number(_ node: Node, _ key: String) -> Double? {
    guard let text = node.scalar?.string, let number = Double(text), number.isFinite else {
      note(node, "'\(key)' must be a number")
      return nil
    }
    return number
  }

  mutating func flag(_ node: Node, _ key: String) -> Bool? {
    guard let flag = node.bool else {
      note(node, "'\(key)' must be true or false")
      return nil
    }
    return flag
  }

  mutating func word<W: RawRepresentable<String> & CaseIterable>(
    _ node: Node, as type: W.Type, _ key: String
  ) -> W? {
    if let text = node.scalar?.string, let word = W(rawValue: text) { return word }
    let text = node.scalar?.string ?? "?"
    let known = W.allCases.map(\.rawValue)
    let near = EditDistance.suggestion(for: text, among: known)
    note(
      node,
      "unknown \(key) '\(text)'; " + (near.map { "did you mean '\($0)'? " } ?? "")
        + "known: \(known.joined(separator: ", "))")
    return nil
  }

  mutating func list(_ node: Node?, _ key: String) -> [Node] {
    guard let node else { return [] }
    guard case .sequence(let items) = node else {
      note(node, "'\(key)' must be a list")
      return []
    }
    return Array(items)
  }

  mutating func texts(_ node: Node, _ key: String) -> [String] {
    list(node, key).compactMap { text($0, key) }
  }

  private mutating func actions(_ node: Node) -> [PolicySeverity: OnUndecided] {
    guard case .mapping(let mapping) = node else {
      note(node, "'on-undecided' must say what becomes of each severity, as in 'blocking: fail'")
      return [:]
    }
    check(mapping, PolicySeverity.allCases.map(\.rawValue))
    var actions: [PolicySeverity: OnUndecided] = [:]
    for severity in PolicySeverity.allCases {
      guard let value = mapping[severity.rawValue] else { continue }
      actions[severity] = word(value, as: OnUndecided.self, "on-undecided")
    }
    return actions
  }

  private mutating func coverage(_ node: Node) -> Policy.Coverage {
    guard case .mapping(let mapping) = node else {
      note(node, "'coverage' must hold 'metrics' or 'dimensions'")
      return Policy.Coverage()
    }
    check(mapping, ["metrics", "dimensions"])
    var coverage = Policy.Coverage()
    if let list = mapping["metrics"] {
      for item in self.list(list, "metrics") {
        if let name = metric(item) { coverage.metrics.append(name) }
      }
    }
    if let list = mapping["dimensions"] {
      for item in self.list(list, "dimensions") {
        if let dimension = word(item, as: Dimension.self, "dimension") {
          coverage.dimensions.append(dimension)
        }
      }
    }
    return coverage
  }

  /// The name or pattern of a metric that the catalogue has.
  mutating func metric(_ node: Node) -> String? {
    guard let pattern = text(node, "metric") else { return nil }
    if metrics.contains(where: { PolicyMatching.matches($0, pattern) }) { return pattern }
    let ids = metrics.map(\.rawValue)
    let short = ids.compactMap { $0.split(separator: ".").last.map(String.init) }
    let near = EditDistance.suggestion(for: pattern, among: ids + short)
    note(
      node,
      "no metric matches '\(pattern)'"
        + (near.map { "; did you mean '\($0)'?" } ?? "; 'assay metrics' lists them"))
    return nil
  }

  private mutating func waiver(_ node: Node, _ policy: Policy) -> Policy.Waiver? {
    guard case .mapping(let mapping) = node else {
      note(node, "each waiver must be a mapping with 'requirement', 'owner' and 'reason'")
      return nil
    }
    check(mapping, ["requirement", "columns", "owner", "reason", "expires"])
    let id = require(mapping, "requirement", node)
    let known =
      policy.requirements.map(\.id) + policy.coverage.metrics.map { "coverage/\($0)" }
      + policy.coverage.dimensions.map { "coverage/\($0.rawValue)" }
    if let id, let text = id.string, !known.contains(text) {
      let near = EditDistance.suggestion(for: text, among: known)
      note(
        id,
        "no requirement is called '\(text)'"
          + (near.map { "; did you mean '\($0)'?" } ?? "; known: \(known.joined(separator: ", "))"))
    }
    var waiver = Policy.Waiver(
      requirement: id.flatMap { text($0, "requirement") } ?? "",
      owner: require(mapping, "owner", node).flatMap { text($0, "owner") } ?? "",
      reason: require(mapping, "reason", node).flatMap { text($0, "reason") } ?? "")
    if let columns = mapping["columns"] { waiver.columns = texts(columns, "columns") }
    if let end = mapping["expires"], let text = text(end, "expires") {
      if PolicyDay(text) == nil { note(end, "'expires' must be a day such as 2027-01-31") }
      waiver.expires = text
    }
    return waiver
  }
}

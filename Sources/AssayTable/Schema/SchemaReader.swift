import Yams

/// Walks the YAML tree and collects every problem instead of stopping at the first.
package struct SchemaReader {
  let file: String
  private(set) var problems: [String] = []

  init(file: String) { self.file = file }

  /// One line for a text that is no YAML.
  package static func problem(of error: any Error, in file: String) -> String {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "\(file):\(mark.line): not YAML: \(problem)"
    case .duplicatedKeysInMapping(let duplicates, let context):
      "\(file):\(context.mark.line): the key '\(duplicates.first ?? "?")' is given twice"
    default: "\(file): not YAML: \(error)"
    }
  }

  private mutating func note(_ node: Node?, _ message: String) {
    let line = node?.mark.map { "\(file):\($0.line): " } ?? "\(file): "
    problems.append(line + message)
  }

  private mutating func unknown(_ key: Node, among known: [String]) {
    let word = key.string ?? "?"
    let near = EditDistance.suggestion(for: word, among: known)
    note(
      key,
      "unknown key '\(word)'; "
        + (near.map { "did you mean '\($0)'?" } ?? "known: \(known.joined(separator: ", "))"))
  }

  mutating func read(_ root: Node?) -> [ColumnDeclaration] {
    guard let root, case .mapping(let mapping) = root else {
      note(root, "expected a mapping with 'columns'")
      return []
    }
    for (key, value) in mapping {
      switch key.string {
      case "version":
        if value.int != 1 { note(value, "version must be 1") }
      case "columns": break
      default:
        unknown(key, among: ["version", "columns"])
      }
    }
    guard let list = mapping["columns"], case .sequence(let items) = list else {
      note(mapping["columns"] ?? root, "'columns' must be a list")
      return []
    }
    var seen: Set<String> = []
    var columns: [ColumnDeclaration] = []
    for item in items {
      guard let column = self.column(item) else { continue }
      if seen.insert(column.name).inserted {
        columns.append(column)
      } else {
        note(item, "column '\(column.name)' is declared twice")
      }
    }
    return columns
  }

  private mutating func column(_ node: Node) -> ColumnDeclaration? {
    guard case .mapping(let mapping) = node else {
      note(node, "each column must be a mapping with 'name'")
      return nil
    }
    guard let name = mapping["name"]?.string else {
      note(node, "a column has no 'name'")
      return nil
    }
    var column = ColumnDeclaration(name: name, line: node.mark?.line)
    for (key, value) in mapping {
      switch key.string {
      case "name": break
      case "kind": column.kind = word(value, as: ColumnKind.self, what: "kind")
      case "role", "roles":
        column.roles = words(value).compactMap { word($0, as: ColumnRole.self, what: "role") }
      case "order": column.order = words(value).compactMap(\.string)
      case "missing": column.missingTokens = words(value).compactMap(\.string)
      case "tolerance": column.tolerance = tolerance(value, of: mapping["kind"]?.string)
      default:
        unknown(
          key, among: ["name", "kind", "role", "roles", "order", "missing", "tolerance"])
      }
    }
    if column.kind == .ordinal, column.order.isEmpty {
      note(node, "ordinal column '\(name)' needs 'order': its levels, lowest first")
    }
    return column
  }

  /// A number of at least 0, with a unit of time where it has one.
  private mutating func tolerance(_ node: Node, of kind: String?) -> Double? {
    let text = node.string ?? ""
    let digits = text.prefix { !$0.isLetter || $0 == "e" || $0 == "E" }
    let unit = text[digits.endIndex...]
    let seconds: [Substring: Double] = ["s": 1, "min": 60, "h": 3_600, "d": 86_400]
    let number = Double(digits.trimmingBlanks())
    guard let number, number.isFinite, number >= 0, unit.isEmpty || seconds[unit] != nil else {
      note(
        node,
        "'tolerance' takes a number of at least 0 such as 0.5, or a time such as '2 d' "
          + "(s, min, h, d), not '\(text)'")
      return nil
    }
    if !unit.isEmpty, let kind, kind != ColumnKind.datetime.rawValue {
      note(node, "'tolerance: \(text)' is a time, and the column is declared as \(kind)")
    }
    return number * (seconds[unit] ?? 1)
  }

  private func words(_ node: Node) -> [Node] {
    if case .sequence(let items) = node { return Array(items) }
    return [node]
  }

  private mutating func word<W: RawRepresentable & CaseIterable>(
    _ node: Node, as type: W.Type, what: String
  ) -> W? where W.RawValue == String {
    guard let text = node.string, let value = W(rawValue: text) else {
      let known = W.allCases.map(\.rawValue)
      let near = EditDistance.suggestion(for: node.string ?? "", among: known)
      note(
        node,
        "unknown \(what) '\(node.string ?? "?")'; "
          + (near.map { "did you mean '\($0)'? " } ?? "")
          + "known: \(known.joined(separator: ", "))")
      return nil
    }
    return value
  }
}

extension Substring {
  /// The text without blanks at its ends.
  fileprivate func trimmingBlanks() -> Substring {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}

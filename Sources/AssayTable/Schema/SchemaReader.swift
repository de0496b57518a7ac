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
      default:
        unknown(key, among: ["name", "kind", "role", "roles", "order", "missing"])
      }
    }
    if column.kind == .ordinal, column.order.isEmpty {
      note(node, "ordinal column '\(name)' needs 'order': its levels, lowest first")
    }
    return column
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

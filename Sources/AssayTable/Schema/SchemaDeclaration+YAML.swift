import Yams

extension SchemaDeclaration {
  /// Reads declarations from YAML.
  ///
  /// ```yaml
  /// version: 1
  /// columns:
  ///   - name: age
  ///     kind: integer
  ///     roles: [sensitive]
  /// ```
  ///
  /// - Throws: ``SchemaFileError`` with every problem and its line.
  public init(yaml: String, file: String) throws(SchemaFileError) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch {
      throw SchemaFileError(file: file, problems: ["\(file): not YAML: \(error)"])
    }
    var reader = SchemaReader(file: file)
    let columns = reader.read(root)
    guard reader.problems.isEmpty else {
      throw SchemaFileError(file: file, problems: reader.problems)
    }
    self.init(columns)
  }
}

extension TableSchema {
  /// The schema as YAML that ``SchemaDeclaration/init(yaml:file:)`` reads back to the same kinds,
  /// roles, orders and missing tokens; the reasons stand in comments.
  public func yaml() -> String {
    var text = "# What assay takes the columns to be. Edit what is wrong and pass it by --schema.\n"
    text += "version: 1\ncolumns:\n"
    for column in columns {
      text += "  - name: \(Self.quoted(column.name))\n"
      text += "    kind: \(column.kind.rawValue)\n"
      if !column.roles.isEmpty {
        text += "    roles: [\(column.roles.map(\.rawValue).joined(separator: ", "))]\n"
      }
      if !column.order.isEmpty {
        text += "    order: [\(column.order.map(Self.quoted).joined(separator: ", "))]\n"
      }
      if !column.missingTokens.isEmpty {
        text += "    missing: [\(column.missingTokens.map(Self.quoted).joined(separator: ", "))]\n"
      }
      for reason in column.why {
        text += "    # \(reason.unicodeScalars.map { $0.value < 32 ? " " : String($0) }.joined())\n"
      }
    }
    return text
  }

  /// A YAML double-quoted scalar, safe for any text.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default:
        let value = scalar.value
        let isControl =
          value < 0x20 || (0x7F...0x9F).contains(value) || value == 0x2028 || value == 0x2029
          || value == 0xFEFF
        if isControl {
          let digits = String(value, radix: 16, uppercase: true)
          out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out + "\""
  }
}

/// A schema file that cannot be used.
public struct SchemaFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file's name as the user gave it.
  public var file: String
  /// Every problem, with its line.
  public var problems: [String]

  /// The problems, a line each.
  public var description: String { problems.joined(separator: "\n") }
}

/// Walks the YAML tree and collects every problem instead of stopping at the first.
private struct SchemaReader {
  let file: String
  var problems: [String] = []

  private mutating func note(_ node: Node?, _ message: String) {
    let line = node?.mark.map { "\(file):\($0.line): " } ?? "\(file): "
    problems.append(line + message)
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
        note(key, "unknown key '\(key.string ?? "?")'; known: version, columns")
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
        note(
          key,
          "unknown key '\(key.string ?? "?")'; known: name, kind, role, roles, order, missing")
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
      let known = W.allCases.map(\.rawValue).joined(separator: ", ")
      note(node, "unknown \(what) '\(node.string ?? "?")'; known: \(known)")
      return nil
    }
    return value
  }
}

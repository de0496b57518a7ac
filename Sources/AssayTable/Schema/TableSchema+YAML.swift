extension TableSchema {
  /// The schema as YAML that ``SchemaDeclaration/init(yaml:file:)`` reads back to the same kinds,
  /// roles, orders and missing tokens; the reasons stand in comments.
  public func yaml() -> String {
    var text = "# What assay takes the columns to be. Edit what is wrong and pass it by --schema.\n"
    text += "version: 1\ncolumns:\(columns.isEmpty ? " []" : "")\n"
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
        text += "    # \(Self.comment(reason))\n"
      }
    }
    return text
  }

  /// A reason on one line, without characters that YAML does not take.
  static func comment(_ text: String) -> String {
    text.unicodeScalars.map { isPlain($0) ? String($0) : " " }.joined()
  }

  /// Whether YAML takes the character as it stands and on one line.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
    default: true
    }
  }

  /// A YAML double-quoted scalar, safe for any text.
  package static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default:
        if !isPlain(scalar) {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out + "\""
  }
}

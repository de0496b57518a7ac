extension TableSchema {
  /// The schema as YAML that ``SchemaDeclaration/init(yaml:file:)`` reads back to the same kinds,
  /// roles, orders, missing tokens and tolerances; the reasons stand in comments.
  public func yaml() -> String {
    var text = "# What assay takes the columns to be. Edit what is wrong and pass it by --schema.\n"
    text +=
      "# 'tolerance: 0.5' in a column of numbers, '2 d' in one of dates: as near as a near copy is.\n"
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
      if let tolerance = column.tolerance {
        let unit = column.kind == .datetime ? "  # seconds" : ""
        text += "    tolerance: \(Self.number(tolerance))\(unit)\n"
      }
      for reason in column.why {
        text += "    # \(Self.comment(reason))\n"
      }
    }
    return text
  }

  /// A number as short as it reads back.
  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
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

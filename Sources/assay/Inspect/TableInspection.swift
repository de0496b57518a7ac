import AssayFiles
import AssayReport
import AssayTable

/// What a file holds: its form, its columns, and what was noticed while reading.
struct TableInspection: Sendable, Encodable {
  var name: String
  var rows: Int
  var format: String
  var delimiter: String?
  var encoding: String
  var compression: String
  var hasHeader: Bool
  var sha256: String
  var columns: [ColumnProfile]
  var droppedIndex: String?
  var notices: [String]
  var suggestions: [RoleSuggestion]?

  /// The schema that was inferred.
  let schema: TableSchema

  private enum CodingKeys: String, CodingKey {
    case name, rows, format, delimiter, encoding, compression, hasHeader, sha256, columns
    case droppedIndex, notices, suggestions
  }

  /// Looks at a table.
  ///
  /// - Throws: ``DataError`` where a declaration speaks of no column.
  init(_ table: RawTable, declared: SchemaDeclaration, suggests: Bool) throws(DataError) {
    let inference = SchemaInference(training: table, holdout: nil, declared: declared)
    guard inference.problems.isEmpty else {
      throw DataError(inference.problems.map { "\(table.name): \($0)" })
    }
    schema = inference.schema
    name = table.name
    rows = table.rowCount
    format = table.source.format.rawValue
    delimiter = table.source.delimiter.map { $0 == "\t" ? "tab" : String($0) }
    encoding = table.source.encoding.rawValue
    compression = table.source.compression.rawValue
    hasHeader = table.source.hasHeader
    sha256 = table.source.sha256
    droppedIndex = inference.droppedIndex
    notices = table.notices.map(\.description)
    columns = inference.schema.columns.compactMap { column in
      table.columns.first { $0.name == column.name }.map { ColumnProfile($0, schema: column) }
    }
    suggestions = suggests ? RoleSuggestions.make(columns, rows: table.rowCount) : nil
  }

  /// The inspection for the terminal.
  func text(width: Int) -> String {
    let form = [
      format == "delimitedText" ? "text" : format,
      delimiter.map { "delimiter '\($0)'" }, encoding,
      compression == "none" ? nil : compression, hasHeader ? nil : "no header",
    ].compactMap(\.self).joined(separator: ", ")
    var text =
      "\(VisibleText.line(name))  \(Count.rows(rows)) × \(columns.count) columns  (\(form))\n"
    var table = TextTable()
    table.add(["column", "kind", "missing", "distinct", "values"])
    for column in columns {
      table.add([
        VisibleText.cut(column.name, to: 32),
        column.kind + (column.roles.isEmpty ? "" : " (\(column.roles.joined(separator: ", ")))"),
        Count.percent(column.missing, of: rows), Count.text(column.distinct), Self.values(column),
      ])
    }
    text += table.text(width: width)
    text += Self.block("Decisions", decisions, width: width)
    text += Self.block("Notices", notices, width: width)
    if let suggestions { text += Self.proposals(suggestions, width: width) }
    return text
  }

  /// Decisions that a person may want to look at.
  private var decisions: [String] {
    let dropped = droppedIndex.map { name in
      ["the first column\(name.isEmpty ? "" : " '\(name)'") counts the rows: it is left out"]
    }
    let columns = zip(self.columns, schema.columns).filter { profile, schema in
      !schema.missingTokens.isEmpty || ["identifier", "text"].contains(profile.kind)
        || profile.distinct == 0
    }
    return (dropped ?? []) + columns.map { "\($0.0.name): \($0.0.why.joined(separator: "; "))" }
  }

  private static func values(_ column: ColumnProfile) -> String {
    if let range = column.range {
      return range.first == range.last
        ? "always \(range[0])" : "\(range[0]) … \(range[1]) … \(range[2])"
    }
    guard let commonest = column.commonest else { return "" }
    let present = column.rows - column.missing
    let shown = commonest.prefix(3).map {
      "\(VisibleText.cut($0.value, to: 20)) \(Count.percent($0.rows, of: present))"
    }
    return shown.joined(separator: ", ") + (column.distinct > 3 ? ", …" : "")
  }

  private static func block(_ title: String, _ lines: [String], width: Int) -> String {
    guard !lines.isEmpty else { return "" }
    return "\(title)\n"
      + lines.map { Wrap.hanging("  ", VisibleText.line($0), width: width) }.joined()
  }

  private static func proposals(_ suggestions: [RoleSuggestion], width: Int) -> String {
    guard !suggestions.isEmpty else {
      return "Suggestions\n  no column's name or values say more\n"
    }
    var table = TextTable()
    for one in suggestions {
      table.add([VisibleText.cut(one.column, to: 32), one.role, one.reason])
    }
    let flags = suggestions.map { $0.flag }.joined(separator: " ")
    return "Suggestions, for you to decide\n" + table.text(width: width)
      + Wrap.hanging("  as flags: ", VisibleText.line(flags), width: width)
  }
}

extension RoleSuggestion {
  /// The flag that gives the column the role.
  var flag: String {
    switch role {
    case ColumnRole.target.rawValue: "--target \(ShellWord.quoted(column))"
    case ColumnRole.sensitive.rawValue: "--sensitive \(ShellWord.quoted(column))"
    case ColumnRole.group.rawValue: "--group \(ShellWord.quoted(column))"
    default: "--role \(ShellWord.quoted("\(column)=\(role)"))"
    }
  }
}

/// Words as a shell takes them.
enum ShellWord {
  /// The text in quotes where it needs them.
  static func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      switch $0 {
      case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-", "=", "/", ":", ",": true
      default: false
      }
    }
    if isPlain, !text.isEmpty { return text }
    return "'" + text.replacing("'", with: "'\\''") + "'"
  }
}

/// Counts and shares for people.
enum Count {
  /// A count with its thousands apart.
  static func text(_ count: Int) -> String {
    var digits = Array(String(abs(count)))
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: position)
      position -= 3
    }
    return (count < 0 ? "-" : "") + String(digits)
  }

  /// A count of rows in words.
  static func rows(_ count: Int) -> String { "\(text(count)) \(count == 1 ? "row" : "rows")" }

  /// A share in percent.
  static func percent(_ count: Int, of total: Int) -> String {
    guard total > 0 else { return "–" }
    if count == 0 { return "0 %" }
    if count == total { return "100 %" }
    let tenths = (Double(count) / Double(total) * 1_000).rounded() / 10
    if tenths < 0.1 { return "< 0.1 %" }
    if tenths > 99.9 { return "> 99.9 %" }
    return tenths < 10 ? "\(tenths) %" : "\(Int(tenths.rounded())) %"
  }
}

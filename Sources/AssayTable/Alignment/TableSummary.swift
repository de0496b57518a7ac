/// What a document says of a file: a name and digests, never a path or a value.
public struct TableSummary: Sendable, Hashable {
  /// A given name, or the file's base name.
  public var name: String
  /// The digest of the file's bytes as they are stored.
  public var sha256: String
  /// The number of bytes as stored.
  public var bytes: Int
  /// The number of data rows.
  public var rows: Int
  /// The number of columns in the file.
  public var columns: Int
  /// What was noticed while reading.
  public var notices: [String]

  /// Makes a summary.
  public init(
    name: String, sha256: String, bytes: Int, rows: Int, columns: Int, notices: [String]
  ) {
    self.name = name
    self.sha256 = sha256
    self.bytes = bytes
    self.rows = rows
    self.columns = columns
    self.notices = notices
  }
}

extension RawTable {
  /// What a document says of the file.
  public var summary: TableSummary {
    TableSummary(
      name: name, sha256: source.sha256, bytes: source.bytes, rows: rowCount,
      columns: columns.count, notices: summarised)
  }

  /// The notices, a line each; columns that mix numbers and words share one.
  private var summarised: [String] {
    var lines: [String] = []
    let mixed = notices.filter { $0.code == .mixedCells }
    for notice in notices {
      if notice.code != .mixedCells || mixed.count == 1 {
        lines.append(notice.description)
      } else if notice == mixed[0] {
        let names = mixed.compactMap(\.columnName).map { "'\($0)'" }
        let listed = names.prefix(3).joined(separator: ", ")
        let rest = names.count > 3 ? " and \(names.count - 3) more" : ""
        lines.append("\(mixed.count) columns hold numbers and words: \(listed)\(rest)")
      }
    }
    return lines
  }
}

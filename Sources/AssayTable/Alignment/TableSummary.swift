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

internal import AssayFiles

/// Reads Parquet with the help of a `duckdb` command, if one is at hand.
///
/// The command is asked for the columns' types first, so that strings stay strings whatever they look like; then it
/// writes the rows as delimited text into a pipe. No shell is involved.
struct ParquetReader {
  let options: ReadingOptions

  /// Reads a Parquet file.
  ///
  /// - Throws: `notATable` with the way out if no command is found or the file has no path; `nestedColumn` for lists
  ///   and structures, all of them at once; `file` if the command fails.
  func read(_ contents: MappedFile, path: String) throws(TableError) -> DelimitedReader.Parsed {
    let command = ChildProcess.find("duckdb", searchPath: options.commandSearchPath)
    guard let command, path != "-" else {
      let advice = FileFormat.parquet.advice(for: path) ?? ""
      let parts = advice.split(separator: ";", maxSplits: 1)
      throw TableError(
        file: path, message: String(parts.first ?? ""),
        remedy: String(parts.last?.drop { $0 == " " } ?? ""),
        problems: [.init(code: .notATable)])
    }
    let table = Self.quoted(path)
    let types = try run(
      command, "copy (select column_name, column_type from (describe select * from \(table)))", path
    )
    var inner = options
    inner.delimiter = ","
    inner.hasHeader = true
    inner.decimalMark = "."
    inner.textColumns.formUnion(try textColumns(types, path, inner))
    let limit = options.rowLimit.map { " limit \($0)" } ?? ""
    let rows = try run(command, "copy (select * from \(table)\(limit))", path)
    var ignored = SourceInfo(
      sha256: "", bytes: 0, format: .parquet, delimiter: nil, hasHeader: true, encoding: .utf8,
      compression: .none)
    return try TableReader(options: inner).text(rows, path, &ignored)
  }

  /// A path as an SQL string; quotes are doubled.
  static func quoted(_ path: String) -> String {
    "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  private func run(
    _ command: String, _ copy: String, _ path: String
  ) throws(TableError) -> MappedFile {
    let statement = copy + " to '/dev/stdout' (format csv, header true, nullstr '')"
    do {
      return try ChildProcess.output(
        of: command, arguments: ["-c", statement], name: path, limit: options.maxInflatedBytes)
    } catch {
      throw TableError(error, file: path)
    }
  }

  /// The columns that hold strings.
  private func textColumns(
    _ types: MappedFile, _ path: String, _ options: ReadingOptions
  ) throws(TableError) -> Set<String> {
    let bytes = Bytes(types)
    let cells = CellScanner(delimiter: 0x2C, end: bytes.count)
    var place = cells.row(bytes, at: 0).next
    var strings: Set<String> = []
    var problems: [TableError.Problem] = []
    var position = 0
    while place < bytes.count {
      let row = cells.row(bytes, at: place)
      place = row.next
      position += 1
      guard row.cells.count == 2 else { continue }
      let texts = row.cells.map {
        String(
          decoding: CellScanner.unescaped(bytes, $0.start, $0.length), as: UTF8.self)
      }
      let isNested =
        texts[1].hasPrefix("STRUCT") || texts[1].hasPrefix("MAP") || texts[1].hasPrefix("UNION")
        || texts[1].hasSuffix("]") || texts[1] == "BLOB"
      if isNested {
        problems.append(
          .init(
            code: .nestedColumn, column: position, columnName: texts[0],
            expected: "one number, string, date or boolean a row", found: "a nested or binary type")
        )
      }
      if texts[1] == "VARCHAR" || texts[1].hasPrefix("ENUM") || texts[1] == "UUID" {
        strings.insert(texts[0])
      }
    }
    guard problems.isEmpty else {
      throw TableError(
        file: path, message: "\(problems.count) columns hold more than one value a row",
        remedy: "leave these columns out or spread them over columns of their own",
        problems: problems)
    }
    return strings
  }
}

internal import AssayFiles

/// Turns JSON lines into delimited text: the names are the union of all keys in order of first appearance.
///
/// Missing keys and `null` become blank cells. Numbers, `true` and `false` keep their spelling; strings are quoted.
struct JSONLines {
  let bytes: Bytes
  let contents: MappedFile
  let file: String
  let options: ReadingOptions

  init(_ contents: MappedFile, file: String, options: ReadingOptions) {
    bytes = Bytes(contents)
    self.contents = contents
    self.file = file
    self.options = options
  }

  /// One value of an object: its key's number and what stands in its cell.
  private struct Value {
    var key: Int32
    var cell: [UInt8]
  }

  /// The table as delimited text.
  ///
  /// - Throws: `badJSON` and `nestedJSON`, several at once with their lines.
  /// - Complexity: O(n).
  func delimited() throws(TableError) -> (file: MappedFile, notices: [ReadingNotice]) {
    var keys = LevelListBuilder()
    var rows: [[Value]] = []
    var problems: [TableError.Problem] = []
    var problemCount = 0
    var line = 0
    var place = contents.prefix(3) == [0xEF, 0xBB, 0xBF] ? 3 : 0
    while place < bytes.count {
      line += 1
      var end = place
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      var parser = JSONObjectParser(bytes: bytes, place: place, end: end)
      place = end + 1
      if parser.isBlank { continue }
      var row: [Value] = []
      do throws(JSONObjectParser.Failure) {
        try parser.object { key, cell in
          row.append(Value(key: keys.insert(key.span), cell: cell))
        }
        if hasRepeats(row) { throw .badJSON("one key for each value", "a key twice") }
        rows.append(row)
        if let limit = options.rowLimit, rows.count >= limit { break }
      } catch {
        problemCount += 1
        if problems.count < options.maxProblems { problems.append(error.problem(line)) }
      }
    }
    if !problems.isEmpty {
      throw TableError(
        file: file,
        message: problemCount == 1
          ? "a line cannot be read" : "\(problemCount) lines cannot be read",
        remedy: "write one flat JSON object a line",
        problems: problems, problemCount: problemCount)
    }
    let list = keys.finish()
    guard list.count > 0 else {
      throw TableError(
        file: file, message: "the objects hold no keys", remedy: "check how the file was made",
        problems: [.init(code: .empty)])
    }
    return try write(list, rows)
  }

  private func hasRepeats(_ row: [Value]) -> Bool {
    Set(row.map(\.key)).count != row.count
  }

  private func write(
    _ keys: LevelList, _ rows: [[Value]]
  ) throws(TableError) -> (file: MappedFile, notices: [ReadingNotice]) {
    var missing = 0
    do {
      let output = try GrowingBytes(expected: contents.count, limit: .max / 2, path: file)
      for key in 0..<keys.count {
        if key > 0 { try output.append(0x2C) }
        try output.append(JSONObjectParser.quoted(keys.bytes(at: key)))
      }
      try output.append(0x0A)
      var cells = [[UInt8]](repeating: [], count: keys.count)
      for row in rows {
        for value in row { cells[Int(value.key)] = value.cell }
        for key in cells.indices {
          if key > 0 { try output.append(0x2C) }
          try output.append(cells[key])
        }
        try output.append(0x0A)
        for value in row { cells[Int(value.key)] = [] }
        missing += keys.count - row.count
      }
      let notices =
        missing == 0
        ? []
        : [
          ReadingNotice(
            code: .missingKeys, count: missing,
            message: "\(missing) values are missing because their object lacks the key")
        ]
      return (output.finish(name: contents.name), notices)
    } catch {
      throw TableError(error, file: file)
    }
  }
}

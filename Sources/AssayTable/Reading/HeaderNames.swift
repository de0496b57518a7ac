/// The names of the columns, and what is wrong with them.
struct HeaderNames {
  let names: [String]
  /// The first column has no name or one that data frames give to their row numbers.
  let firstMayCountRows: Bool
  /// The first column has no name and was given one.
  let isFirstUnnamed: Bool

  /// Takes the names from a row of cells.
  ///
  /// - Throws: `duplicateName` and `emptyName`, all of them at once. A first name may be empty; it becomes `column_1`.
  init(
    _ cells: [Cell], _ bytes: Bytes, file: String, line: Int, maxProblems: Int
  ) throws(TableError) {
    let names = cells.map { cell in
      let raw =
        cell.isEscaped
        ? CellScanner.unescaped(bytes, cell.start, cell.length)
        : bytes.copy(cell.start, cell.length)
      return String(decoding: raw, as: UTF8.self)
    }
    var problems: [TableError.Problem] = []
    var seen: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      if name.allSatisfy(\.isWhitespace) {
        if index == 0, names.count > 1 { continue }
        problems.append(
          .init(
            code: .emptyName, line: line, column: index + 1, expected: "a name",
            found: "an empty cell"))
      } else if let first = seen[name] {
        problems.append(
          .init(
            code: .duplicateName, line: line, column: index + 1, columnName: name,
            expected: "different names",
            found: "the name in columns \(first + 1) and \(index + 1)"))
      } else {
        seen[name] = index
      }
    }
    if !problems.isEmpty {
      throw TableError(
        file: file, message: "the row of names cannot be used",
        remedy:
          "give every column a name of its own; if the first row holds no names, say so by "
          + "--no-header",
        problems: Array(problems.prefix(maxProblems)), problemCount: problems.count)
    }
    let first = names.first ?? ""
    isFirstUnnamed = first.allSatisfy(\.isWhitespace)
    firstMayCountRows = isFirstUnnamed || first == "Unnamed: 0"
    var filled = names
    if isFirstUnnamed {
      var name = "column_1"
      while seen[name] != nil { name += "_" }
      filled[0] = name
    }
    self.names = filled
  }

  /// Invents names for a file without them.
  init(count: Int) {
    names = (1...max(1, count)).map { "column_\($0)" }
    firstMayCountRows = false
    isFirstUnnamed = false
  }
}

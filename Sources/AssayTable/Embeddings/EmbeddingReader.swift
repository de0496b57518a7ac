import AssayFiles

/// Reads vectors of rows: a `.npy` array, or a table whose columns all hold numbers.
///
/// Which of both is told from the contents.
public struct EmbeddingReader: Sendable {
  /// How tables are read.
  public var options: ReadingOptions

  /// Makes a reader.
  public init(options: ReadingOptions = ReadingOptions()) { self.options = options }

  /// Reads a file.
  ///
  /// - Parameter path: Where the file is.
  /// - Returns: The vectors, in the order of the rows.
  /// - Throws: ``TableError`` for a file that is not there, an array of another form, columns that
  ///   hold other things than numbers, and blank cells.
  /// - Complexity: O(bytes).
  public func read(path: String) throws(TableError) -> EmbeddingTable {
    let file: MappedFile
    do { file = try MappedFile.open(path, limit: options.maxInflatedBytes) } catch {
      throw TableError(error, file: path)
    }
    guard NumpyArray.isNumpy(file.prefix(6)) else { return try table(file) }
    let array = try NumpyArray(file)
    return EmbeddingTable(
      name: file.name, sha256: file.sha256(), rowCount: array.rows, dimensions: array.columns,
      values: array.values)
  }

  private func table(_ file: MappedFile) throws(TableError) -> EmbeddingTable {
    var options = options
    options.computesDigest = true
    options.textColumns = []
    let table = try TableReader(options: options).read(file)
    var columns: [NumericValues] = []
    var problems: [TableError.Problem] = []
    for column in table.columns where !column.isRowIndex {
      guard case .numeric(let values) = column.values else {
        problems.append(
          .init(
            code: .notATable, column: column.position + 1, columnName: column.name,
            expected: "numbers", found: "other things"))
        continue
      }
      if values.missingCount > 0 {
        problems.append(
          .init(
            code: .notATable, column: column.position + 1, columnName: column.name,
            expected: "a number in every row", found: "\(values.missingCount) blank cells"))
      }
      columns.append(values)
    }
    if columns.isEmpty, problems.isEmpty { problems.append(.init(code: .empty)) }
    guard problems.isEmpty else {
      throw TableError(
        file: file.path, message: "does not hold one vector of numbers a row",
        remedy: "give a table of numbers alone, or a NumPy array (.npy)",
        problems: Array(problems.prefix(20)), problemCount: problems.count)
    }
    var values = [Double](repeating: 0, count: table.rowCount * columns.count)
    for (place, column) in columns.enumerated() {
      for row in 0..<table.rowCount { values[row * columns.count + place] = column.values[row] }
    }
    return EmbeddingTable(
      name: table.name, sha256: table.source.sha256, rowCount: table.rowCount,
      dimensions: columns.count, values: values)
  }
}

import AssayTable

extension Run {
  /// A CSV file to typed columns, strings as codes and levels.
  func reading(hasDigest: Bool) throws -> Outcome {
    let reader = TableReader(options: ReadingOptions(threads: threads, computesDigest: hasDigest))
    return try timed {
      let table = try reader.read(path: real)
      return [Double(table.rowCount), Double(table.columns.count)]
    }
  }
}

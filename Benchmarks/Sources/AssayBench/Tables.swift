import AssayDocument
import AssayTable

extension Run {
  /// Reads a table without its digest.
  func table(_ path: String) throws -> RawTable {
    try TableReader(options: ReadingOptions(threads: threads, computesDigest: false))
      .read(path: path)
  }

  /// The numbers of a column, without the rows that have none.
  func numbers(_ column: String, of table: RawTable) throws -> [Double] {
    guard case .numeric(let values) = table.columns.first(where: { $0.name == column })?.values
    else { throw Problem("'\(column)' holds no numbers") }
    return (0..<values.count).compactMap { values[$0] }
  }

  /// The aligned pair, as metrics get it, without the column of names: 29 features at every size.
  func comparison() throws -> Comparison {
    let names = SchemaDeclaration([ColumnDeclaration(name: "s7", roles: [.excluded])])
    let tables = try RealTables(
      training: table(real), holdout: nil, declared: names, threads: threads)
    return try Comparison(tables, synthetic: table(synthetic))
  }
}

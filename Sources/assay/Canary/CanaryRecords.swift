import AssayNumerics
import AssayPrivacy
import AssayMetrics
import AssayTable
import AssayTestKit

/// Records that do not occur but might: each cell a value of its column, drawn on its own, and of many
/// drawn records those that lie furthest from all real ones.
struct CanaryRecords {
  /// The canaries.
  let table: RawTable
  /// The seed of draws and coins.
  let seed: UInt64

  /// How many records are drawn for each that is kept.
  private static let draws = 6

  /// Draws canaries for a table.
  ///
  /// Columns that name rows, and free text, stay blank: another row's name would break them.
  ///
  /// - Throws: ``DataError`` where the table gives too few different records.
  init(_ real: RawTable, count: Int, seed: UInt64, threads: Int) throws {
    self.seed = seed
    let candidates = count * Self.draws
    let tables = try RealTables(
      training: real, holdout: nil, declared: SchemaDeclaration(), threads: threads)
    var drawn = Self.rows(real, candidates, seed: seed, column: real.columns[0].name)
    for column in real.columns {
      let schema = tables.schema.columns.first { $0.name == column.name }
      if schema?.isFeature != true {
        drawn = drawn.replacing(
          column.name,
          from: TableBuilder().levels(column.name, [String?](repeating: nil, count: candidates))
            .table())
      } else {
        drawn = drawn.replacing(
          column.name,
          from: Self.rows(
            real.columns([column.name]), candidates, seed: seed, column: column.name))
      }
    }
    let comparison = try Comparison(tables, synthetic: drawn)
    let isolation = try CanaryIsolation.distances(comparison, threads: threads)
    var seen: Set<Int> = []
    let order = isolation.distances.indices.sorted {
      (isolation.distances[$1], $0) < (isolation.distances[$0], $1)
    }.filter { isolation.distances[$0] > 0 && seen.insert(isolation.group[$0]).inserted }
    guard order.count >= count else {
      throw DataError(
        "\(real.name): only \(order.count) different records that do not occur could be drawn, "
          + "\(count) are wanted; ask for fewer with --count")
    }
    // In random order, so that places in the file say nothing.
    var chosen = Array(order.prefix(count))
    var stream = RandomStream(seed: seed, name: "canaries", "order")
    stream.shuffle(&chosen)
    table = drawn.rows(chosen)
  }

  /// Which canaries are included: a fair coin each.
  func coins() -> [Bool] {
    var stream = RandomStream(seed: seed, name: "canaries", "coins")
    return (0..<table.rowCount).map { _ in stream.next() >> 63 == 1 }
  }

  private static func rows(
    _ table: RawTable, _ count: Int, seed: UInt64, column: String
  ) -> RawTable {
    var stream = RandomStream(seed: seed, name: "canaries", "column", column)
    return table.rows((0..<count).map { _ in stream.below(table.rowCount) })
  }
}

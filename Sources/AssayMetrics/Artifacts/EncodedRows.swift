package import AssayDocument
import AssayNumerics
package import AssayTable

/// Rows as a learner reads them: a random choice in random order, the same whatever the order of the
/// file.
package struct EncodedTable: Sendable {
  /// How they were encoded.
  package var encoding: RowEncoding
  /// Where each row is in its table.
  package var places: [Int]
  /// The numbers, row-major; NaN is missing.
  package var values: [Float]
  /// Equal for rows that are encoded alike.
  package var keys: [UInt64]

  /// The number of rows.
  package var count: Int { places.count }
  /// The number of columns.
  package var width: Int { encoding.columns.count }

  /// Encodes the rows at `places`.
  package init(_ encoding: RowEncoding, _ table: AlignedTable, places: [Int], keys: [UInt64]) {
    self.encoding = encoding
    self.places = places
    self.keys = places.map { keys[$0] }
    let width = encoding.columns.count
    var values = [Float](repeating: 0, count: places.count * width)
    for column in 0..<width {
      for (row, value) in encoding.values(column, of: table, rows: places).enumerated() {
        values[row * width + column] = value
      }
    }
    self.values = values
  }

  /// As many of the first rows.
  package func prefix(_ count: Int) -> EncodedTable { rows(0..<min(count, self.count)) }

  /// Rows that follow each other.
  package func rows(_ range: Range<Int>) -> EncodedTable {
    var result = self
    result.places = Array(places[range])
    result.keys = Array(keys[range])
    result.values = Array(values[range.lowerBound * width..<range.upperBound * width])
    return result
  }

  /// One column.
  package func column(_ column: Int) -> [Float] { (0..<count).map { values[$0 * width + column] } }

  /// The rows with other numbers in their columns.
  package func replacing(_ columns: [[Float]]) -> EncodedTable {
    var result = self
    for (column, own) in columns.enumerated() {
      for row in 0..<count { result.values[row * width + column] = own[row] }
    }
    for row in 0..<count {
      var key: UInt64 = 0x9E37_79B9_7F4A_7C15
      for column in 0..<width {
        key = RowEncoding.mixed(key, result.values[row * width + column])
      }
      result.keys[row] = key
    }
    return result
  }

  /// The same rows with every column in an order of its own: right columns, no relations.
  package func shuffledColumns(seed: UInt64) -> EncodedTable {
    replacing(
      (0..<width).map { column in
        var stream = RandomStream(seed: seed, name: "shuffle", encoding.columns[column].name)
        var own = self.column(column)
        stream.shuffle(&own)
        return own
      })
  }
}

/// Encoded rows of a role, at most `limit` of them; of each declared entity one row.
///
/// Rows of one entity resemble each other, and a test that takes them for independent rows rejects
/// too often.
package struct EncodedRows: Artifact {
  package typealias Frame = ReferenceFrame

  package var role: TableRole
  package var limit: Int
  /// Whether columns that the synthetic side lacks are read as missing there, not left out.
  package var keepsUnfit: Bool

  package init(role: TableRole, limit: Int, keepsUnfit: Bool = false) {
    self.role = role
    self.limit = limit
    self.keepsUnfit = keepsUnfit
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> EncodedTable {
    guard let table = frame.table(role) else {
      throw MetricError(code: "role.absent", message: "there is no \(role.rawValue) table")
    }
    // Where the synthetic side lacks nothing both encodings are one.
    let keeps = keepsUnfit && frame.schema.featureIndices.contains { frame.unfit[$0] != nil }
    let encoding = try await workspace.value(of: RowEncodings(keepsUnfit: keeps))
    let found = try await workspace.value(of: EncodedOrder(role: role, keepsUnfit: keeps))
    return EncodedTable(
      encoding, table, places: found.order.prefix(limit).map { Int($0) }, keys: found.keys)
  }
}

/// The rows of a role in a random order that their contents decide, with a key for each row; of each
/// declared entity one row.
struct EncodedOrder: Artifact {
  typealias Frame = ReferenceFrame

  var role: TableRole
  var keepsUnfit: Bool

  struct Found: Sendable {
    /// The rows.
    var order: [Int32]
    /// The key of each row of the table.
    var keys: [UInt64]
  }

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found {
    guard let table = frame.table(role) else {
      throw MetricError(code: "role.absent", message: "there is no \(role.rawValue) table")
    }
    let encoding = try await workspace.value(of: RowEncodings(keepsUnfit: keepsUnfit))
    let keys: [UInt64]
    do throws(NumericsError) {
      keys = try encoding.keys(of: table, threads: workspace.threads)
    } catch {
      throw MetricError(error)
    }
    // Rows in the order of their contents, so that the order of the file plays no part; rows that
    // are alike may change places. As many bits as a number holds are enough to tell rows apart.
    let numbers = keys.map { Double($0 >> 11) }
    var order = sortPermutation(numbers.span).map { Int($0) }
    var stream = RandomStream(seed: workspace.plan.seed, name: "learners", role.rawValue)
    stream.shuffle(&order)
    if let group = frame.schema.indices(of: .group).first,
      role != .synthetic || frame.unfit[group] == nil
    {
      order = Self.oneOfEach(order, Entities.codes(table.columns[group]))
    }
    return Found(order: order.map { Int32($0) }, keys: keys)
  }

  private static func oneOfEach(_ order: [Int], _ entities: [Int32]) -> [Int] {
    var seen: Set<Int32> = []
    return order.filter { entities[$0] < 0 || seen.insert(entities[$0]).inserted }
  }
}

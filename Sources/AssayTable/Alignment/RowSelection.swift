extension ColumnData {
  /// The rows at the given positions, in their order; a position may occur more than once.
  ///
  /// - Complexity: O(positions).
  package func rows(_ positions: [Int]) -> ColumnData {
    switch self {
    case .nominal(let codes):
      return .nominal(positions.map { codes[$0] })
    case .numeric(let values):
      return .numeric(
        NumericValues(
          values: positions.map { values.values[$0] },
          validity: values.validity.map { mask in
            ValidityMask(present: positions.map { mask[$0] })
          }))
    case .bytes(let values):
      var bytes: [UInt8] = []
      var offsets = [0]
      offsets.reserveCapacity(positions.count + 1)
      for position in positions {
        bytes += values.bytes(at: position)
        offsets.append(bytes.count)
      }
      return .bytes(TextValues(bytes: bytes, offsets: offsets))
    }
  }
}

extension AlignedTable {
  /// The rows at the given positions, in their order; a position may occur more than once.
  ///
  /// - Complexity: O(positions · columns).
  package func rows(_ positions: [Int]) -> AlignedTable {
    AlignedTable(rowCount: positions.count, columns: columns.map { $0.rows(positions) })
  }

  /// This table with rows replaced: row `places[i]` becomes row `sources[i]` of another.
  ///
  /// - Complexity: O(rows · columns).
  package func replacing(
    _ places: [Int], with sources: [Int], of other: AlignedTable
  ) -> AlignedTable {
    var source = [Int](repeating: -1, count: rowCount)
    for (place, row) in zip(places, sources) { source[place] = row }
    let columns = zip(self.columns, other.columns).map { own, theirs -> ColumnData in
      switch (own, theirs) {
      case (.nominal(let a), .nominal(let b)):
        return .nominal(a.indices.map { source[$0] < 0 ? a[$0] : b[source[$0]] })
      case (.numeric(let a), .numeric(let b)):
        return .numeric(
          NumericValues(
            values: source.indices.map { source[$0] < 0 ? a.values[$0] : b.values[source[$0]] },
            validity: ValidityMask(
              present: source.indices.map {
                source[$0] < 0 ? a.validity?[$0] ?? true : b.validity?[source[$0]] ?? true
              })))
      case (.bytes(let a), .bytes(let b)):
        var bytes: [UInt8] = []
        var offsets = [0]
        for row in source.indices {
          bytes += source[row] < 0 ? a.bytes(at: row) : b.bytes(at: source[row])
          offsets.append(bytes.count)
        }
        return .bytes(TextValues(bytes: bytes, offsets: offsets))
      default:
        // Sides of one comparison hold every column in one form.
        return own
      }
    }
    return AlignedTable(rowCount: rowCount, columns: columns)
  }
}

extension Comparison {
  /// A comparison of the same real side with other rows, already in its form.
  ///
  /// - Parameters:
  ///   - base: Where the real side and the levels come from.
  ///   - rows: The rows under test.
  ///   - name: What they are called.
  ///   - keepsForm: Whether rows of `base`'s synthetic side are among them, whose lacking columns
  ///     and differences of form then stay.
  package init(_ base: Comparison, rows: AlignedTable, name: String, keepsForm: Bool) {
    real = base.real
    synthetic = rows
    levels = base.levels
    unfit = keepsForm ? base.unfit : [:]
    disagreements = keepsForm ? base.disagreements : base.real.disagreements
    representation =
      keepsForm ? base.representation : base.representation.map { _ in [] }
    source = TableSummary(
      name: name, sha256: "", bytes: 0, rows: rows.rowCount, columns: rows.columns.count,
      notices: [])
  }
}

import AssayNumerics
import AssayTable

/// What one column of a record must be.
enum Clause: Hashable, Sendable {
  /// A number of at most this.
  case atMost(Double)
  /// A number of at least this.
  case atLeast(Double)
  /// This number.
  case number(Double)
  /// This level.
  case level(Int32)
  /// No value.
  case missing
}

/// A description that may fit one record only: what some columns must be, all at once.
struct Predicate: Hashable, Sendable {
  /// Positions among the columns of the attack, ascending, each with its clause.
  var clauses: [Int: Clause]
}

/// Finds the rows of a table that meet a predicate, by the rarest of its clauses.
struct PredicateIndex: Sendable {
  private enum Column: Sendable {
    /// Rows in the order of their numbers, and the rows without one.
    case numeric(sorted: [Double], rows: [Int32], missing: [Int32])
    /// The rows of each level, −1 for missing.
    case nominal([Int32: [Int32]])
  }

  private let columns: [Column]
  private let cells: [ColumnData]

  /// - Complexity: O(rows · columns · log rows).
  init(_ table: AlignedTable, columns: [Int], threads: Int) throws(NumericsError) {
    let cells = columns.map { table.columns[$0] }
    self.cells = cells
    self.columns = try parallelChunks(count: columns.count, chunk: 1, threads: threads) { range in
      switch cells[range.lowerBound] {
      case .numeric(let values):
        var rows: [Int32] = []
        var missing: [Int32] = []
        for row in 0..<values.count {
          if values[row] == nil { missing.append(Int32(row)) } else { rows.append(Int32(row)) }
        }
        let present = rows.map { values.values[Int($0)] + 0 }
        let made = sorted(present.span, carrying: rows)
        return .numeric(sorted: made.0, rows: made.1, missing: missing)
      case .nominal(let codes):
        var rows: [Int32: [Int32]] = [:]
        for (row, code) in codes.enumerated() {
          rows[max(-1, code), default: []].append(Int32(row))
        }
        return .nominal(rows)
      case .bytes:
        return .nominal([:])
      }
    }
  }

  /// The rows that meet a predicate; `nil` where they are more than `limit`.
  func rows(_ predicate: Predicate, limit: Int) -> [Int32]? {
    var rarest: (position: Int, rows: ArraySlice<Int32>)?
    for (position, clause) in predicate.clauses.sorted(by: { $0.key < $1.key }) {
      let found = candidates(position, clause)
      if found.count < rarest?.rows.count ?? .max { rarest = (position, found) }
    }
    guard let rarest else { return nil }
    let others = predicate.clauses.filter { $0.key != rarest.position }
    if others.isEmpty { return rarest.rows.count <= limit ? Array(rarest.rows) : nil }
    var found: [Int32] = []
    for row in rarest.rows where others.allSatisfy({ meets(Int(row), $0.key, $0.value) }) {
      found.append(row)
      if found.count > limit { return nil }
    }
    return found
  }

  private func candidates(_ position: Int, _ clause: Clause) -> ArraySlice<Int32> {
    switch columns[position] {
    case .numeric(let sorted, let rows, let missing):
      switch clause {
      case .atMost(let value): return rows[..<partitionPoint(sorted.span, from: 0) { $0 <= value }]
      case .atLeast(let value): return rows[partitionPoint(sorted.span, from: 0) { $0 < value }...]
      case .number(let value):
        let start = partitionPoint(sorted.span, from: 0) { $0 < value }
        return rows[start..<partitionPoint(sorted.span, from: start) { $0 <= value }]
      case .missing: return missing[...]
      case .level: return []
      }
    case .nominal(let rows):
      switch clause {
      case .level(let code): return rows[code]?[...] ?? []
      case .missing: return rows[-1]?[...] ?? []
      default: return []
      }
    }
  }

  private func meets(_ row: Int, _ position: Int, _ clause: Clause) -> Bool {
    switch cells[position] {
    case .numeric(let values):
      guard let value = values[row] else { return clause == .missing }
      switch clause {
      case .atMost(let bound): return value <= bound
      case .atLeast(let bound): return value >= bound
      case .number(let wanted): return value == wanted
      default: return false
      }
    case .nominal(let codes):
      if codes[row] < 0 { return clause == .missing }
      return clause == .level(codes[row])
    case .bytes:
      return false
    }
  }
}

import AssayMetrics
import AssayNumerics
import AssayTable

/// Forms predicates that exactly one synthetic row meets.
struct PredicateForms {
  let table: AlignedTable
  let columns: [Int]
  let names: [String]
  let levels: [[String]]
  let index: PredicateIndex
  let seed: UInt64
  private let medians: [Double?]

  init(
    _ table: AlignedTable, columns: [Int], frame: ExchangeableFrame, index: PredicateIndex,
    seed: UInt64
  ) {
    self.table = table
    self.columns = columns
    self.index = index
    self.seed = seed
    names = columns.map { frame.schema.columns[$0].name }
    levels = columns.map { frame.levelNames($0) ?? [] }
    medians = columns.map { column in
      guard let present = table.columns[column].numeric?.presentValues, !present.isEmpty else {
        return nil
      }
      let sorted = sortedCopy(present.span)
      return try? quantile(sorted: sorted.span, probability: 0.5)
    }
  }

  /// Extremes, values and levels that occur once, single missing cells: one column each.
  ///
  /// The order in which they are taken is seeded and does not depend on the order of rows or levels.
  func univariate(limit: Int) -> [Predicate] {
    var found: [Predicate] = []
    for (position, column) in columns.enumerated() {
      var clauses: [Clause] = [.missing]
      switch table.columns[column] {
      case .numeric(let values):
        let sorted = sortedCopy(values.presentValues.span)
        if let low = sorted.first, let high = sorted.last {
          clauses += [.atMost(low), .atLeast(high)]
        }
        for place in sorted.indices {
          let isAlone =
            (place == 0 || sorted[place - 1] != sorted[place])
            && (place + 1 == sorted.count || sorted[place + 1] != sorted[place])
          if isAlone { clauses.append(.number(sorted[place])) }
        }
      case .nominal(let codes):
        var counts: [Int32: Int] = [:]
        for code in codes where code >= 0 { counts[code, default: 0] += 1 }
        let once = counts.filter { $0.value == 1 }.keys.sorted {
          levels[position][Int($0)] < levels[position][Int($1)]
        }
        clauses += once.map { .level($0) }
      case .bytes:
        continue
      }
      for clause in clauses {
        let predicate = Predicate(clauses: [position: clause])
        if index.rows(predicate, limit: 1)?.count == 1 { found.append(predicate) }
      }
    }
    var stream = RandomStream(seed: seed, name: "predicates", "univariate")
    stream.shuffle(&found)
    return Array(found.prefix(limit))
  }

  /// Predicates on several columns of random rows: numbers on their side of the median, levels.
  ///
  /// - Parameters:
  ///   - chosen: The columns to choose from.
  ///   - width: How many of them a predicate has.
  ///   - limit: How many predicates are wanted.
  /// - Returns: Different predicates that exactly one row meets; fewer where so many attempts do not
  ///   find enough.
  func multivariate(_ chosen: [Int], width: Int, limit: Int) -> [Predicate] {
    guard width >= 1, width <= chosen.count, table.rowCount > 0 else { return [] }
    var stream = RandomStream(seed: seed, name: "predicates", String(width), String(chosen.count))
    var seen: Set<Predicate> = []
    var found: [Predicate] = []
    var places = chosen
    for _ in 0..<limit * 40 where found.count < limit {
      let row = stream.below(table.rowCount)
      for place in 0..<width { places.swapAt(place, place + stream.below(places.count - place)) }
      var clauses: [Int: Clause] = [:]
      for position in places.prefix(width) { clauses[position] = clause(position, row) }
      let predicate = Predicate(clauses: clauses)
      guard index.rows(predicate, limit: 1)?.count == 1, seen.insert(predicate).inserted else {
        continue
      }
      found.append(predicate)
    }
    return found
  }

  private func clause(_ position: Int, _ row: Int) -> Clause {
    switch table.columns[columns[position]] {
    case .numeric(let values):
      guard let value = values[row] else { return .missing }
      return value > medians[position] ?? 0 ? .atLeast(value) : .atMost(value)
    case .nominal(let codes): return codes[row] < 0 ? .missing : .level(codes[row])
    case .bytes: return .missing
    }
  }
}

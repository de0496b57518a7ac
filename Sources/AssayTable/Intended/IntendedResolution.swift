import AssayDocument
import AssayNumerics

/// Brings declared differences to the columns and levels of the real side, with every problem.
struct IntendedResolution {
  let schema: TableSchema
  let levels: [SharedLevels?]
  let matchers: [LevelMatcher?]
  let tables: [(role: TableRole, table: AlignedTable)]
  private(set) var problems: [String] = []
  private var targets: [IntendedRows.Target] = []
  private var filters: [IntendedRows.Filter] = []
  private var places: [Int: IntendedDifference] = [:]

  init(
    schema: TableSchema, levels: [SharedLevels?], matchers: [LevelMatcher?],
    training: AlignedTable, holdout: AlignedTable?
  ) {
    self.schema = schema
    self.levels = levels
    self.matchers = matchers
    tables = [(.training, training)] + (holdout.map { [(.holdout, $0)] } ?? [])
  }

  private mutating func refuse(_ item: IntendedDifference, _ problem: String) {
    problems.append((item.place.map { $0 + ": " } ?? "intended: ") + problem)
  }

  /// The weighed rows, or `nil` with ``problems``.
  mutating func rows(_ declared: [IntendedDifference]) -> IntendedRows? {
    for item in declared where item.isFilter { addFilter(item) }
    var base: [[Double]] = []
    for (role, table) in tables {
      let weights = startingWeights(table)
      if problems.isEmpty, !weights.contains(where: { $0 > 0 }) {
        problems.append("intended: no row of the \(Self.name(role)) is kept by the filters")
      }
      base.append(weights)
    }
    for item in declared where !item.isFilter { addTarget(item, training: base[0]) }
    guard problems.isEmpty else { return nil }
    var weights: [TableRole: [Double]] = [:]
    var effective: [TableRole: Double] = [:]
    for (side, start) in zip(tables, base) {
      checkLevels(side.role, side.table, start)
      guard problems.isEmpty else { continue }
      let margins = targets.map {
        (levels: Self.codes(side.table.columns[$0.column]), shares: $0.shares)
      }
      guard let raked = margins.isEmpty ? start : Raking.weights(start, margins: margins) else {
        let names = targets.map { "'\(schema.columns[$0.column].name)'" }
        problems.append(
          "intended: the shares of \(names.joined(separator: ", ")) cannot hold together in the "
            + "\(Self.name(side.role))")
        continue
      }
      let sum = pairwiseSum(raked.span)
      let rows = Self.effectiveRows(raked, sum: sum)
      weights[side.role] = raked.map { $0 * (rows / sum) }
      effective[side.role] = rows
    }
    guard problems.isEmpty else { return nil }
    return IntendedRows(
      declared: declared, targets: targets, filters: filters, weights: weights,
      effectiveRows: effective)
  }

  private static func name(_ role: TableRole) -> String {
    role == .holdout ? "holdout" : "real table"
  }

  /// `(Σ w)² / Σ w²`.
  static func effectiveRows(_ weights: [Double], sum: Double) -> Double {
    let squares = weights.map { $0 * $0 }
    return sum * sum / pairwiseSum(squares.span)
  }

  private static func codes(_ data: ColumnData) -> [Int32] {
    if case .nominal(let codes) = data { codes } else { [] }
  }

  /// The declared weight column where there is one, and 0 for rows that a filter drops.
  private func startingWeights(_ table: AlignedTable) -> [Double] {
    let weight = schema.indices(of: .weight).first.flatMap { table.columns[$0].numeric }
    return (0..<table.rowCount).map { row in
      guard filters.allSatisfy({ $0.keeps(table.columns[$0.column], row: row) }) else { return 0 }
      return weight.map { max(0, $0[row] ?? 0) } ?? 1
    }
  }

  private mutating func position(_ item: IntendedDifference) -> Int? {
    guard let position = schema.index(of: item.column) else {
      let near = EditDistance.suggestion(for: item.column, among: schema.columns.map(\.name))
      refuse(
        item,
        "there is no column '\(item.column)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
      return nil
    }
    return position
  }

  private mutating func level(_ name: String, of column: Int, _ item: IntendedDifference) -> Int? {
    guard var matcher = matchers[column], let known = levels[column]?.names else { return nil }
    let place = Int(matcher.position(of: name))
    guard place < known.count else {
      let near = EditDistance.suggestion(for: name, among: known)
      refuse(
        item,
        "column '\(item.column)' has no level '\(name)'"
          + (near.map { "; did you mean '\($0)'?" } ?? ""))
      return nil
    }
    return place
  }

  private mutating func addFilter(_ item: IntendedDifference) {
    guard let column = position(item) else { return }
    var filter = IntendedRows.Filter(column: column, margin: item.margin)
    let kind = schema.columns[column].kind
    switch item.form {
    case .levels(let names):
      guard kind.isNominal else {
        return refuse(item, "column '\(item.column)' has no levels; give 'from' and 'to'")
      }
      filter.levels = Set(names.compactMap { level($0, of: column, item) })
    case .range(let from, let to):
      guard kind == .integer || kind == .real else {
        return refuse(item, "column '\(item.column)' holds no numbers; give 'levels'")
      }
      if let from, let to, from > to { refuse(item, "'from' is above 'to'") }
      (filter.from, filter.to) = (from, to)
    case .balanced, .shares, .enriched: return
    }
    filters.append(filter)
  }

  private mutating func addTarget(_ item: IntendedDifference, training: [Double]) {
    guard let column = position(item) else { return }
    guard schema.columns[column].kind.isNominal, let known = levels[column] else {
      return refuse(
        item,
        "column '\(item.column)' holds no levels, and shares are of levels; declare it as a "
          + "category in the schema if its values are names")
    }
    guard places[column] == nil else {
      return refuse(item, "column '\(item.column)' is given shares twice")
    }
    places[column] = item
    let count = known.realCount
    let real = Self.shares(
      Self.codes(tables[0].table.columns[column]), weights: training, levels: count)
    var shares = [Double](repeating: 0, count: count)
    var named = Array(0..<count)
    switch item.form {
    case .balanced:
      let present = real.indices.filter { real[$0] > 0 }
      for level in present { shares[level] = 1 / Double(present.count) }
      named = present
    case .shares(let given):
      named = []
      for (name, share) in given.sorted(by: { $0.key < $1.key }) {
        guard let level = level(name, of: column, item) else { continue }
        shares[level] += share
        if !named.contains(level) { named.append(level) }
      }
      let sum = given.values.sorted().reduce(0, +)
      if given.values.contains(where: { !($0 >= 0 && $0 <= 1) }) || abs(sum - 1) > 1e-6 {
        refuse(item, "the shares of '\(item.column)' must be 0 to 1 and sum to 1, not \(sum)")
      } else if problems.isEmpty {
        shares = shares.map { $0 / sum }
      }
    case .enriched(let name, let factor):
      guard let level = level(name, of: column, item) else { return }
      let share = factor * real[level]
      guard factor > 0, factor.isFinite, share < 1 else {
        return refuse(
          item,
          "\(factor) times the share of '\(name)' must be above 0 and below all of the rows")
      }
      named = [level]
      for other in shares.indices {
        shares[other] =
          other == level
          ? share : real[level] < 1 ? real[other] * (1 - share) / (1 - real[level]) : 0
      }
    case .range, .levels: return
    }
    targets.append(
      IntendedRows.Target(
        column: column, shares: shares, named: named.sorted(), margin: item.margin))
  }

  private static func shares(_ codes: [Int32], weights: [Double], levels: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: levels)
    for (row, code) in codes.enumerated() where code >= 0 { sums[Int(code)] += weights[row] }
    let total = sums.reduce(0, +)
    return total > 0 ? sums.map { $0 / total } : sums
  }

  /// Every level with a declared share needs a real row that can stand for it.
  private mutating func checkLevels(
    _ role: TableRole, _ table: AlignedTable, _ weights: [Double]
  ) {
    for target in targets {
      let codes = Self.codes(table.columns[target.column])
      let real = Self.shares(codes, weights: weights, levels: target.shares.count)
      for level in real.indices where target.shares[level] > 0 && real[level] == 0 {
        guard let item = places[target.column] else { continue }
        refuse(
          item,
          "level '\(levels[target.column]?.names[level] ?? "")' of '\(item.column)' has a share but "
            + "no row in the \(Self.name(role)), so no real row can stand for it")
      }
    }
  }
}

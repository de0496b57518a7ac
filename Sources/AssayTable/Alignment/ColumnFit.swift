import AssayNumerics

/// What was fitted on the training rows of one column, before the synthetic rows were read.
public enum ColumnFit: Sendable {
  /// A column of numbers or points in time.
  case numeric(NumericFit)
  /// A column of levels.
  case nominal(NominalFit)

  /// The cells of the column on its own.
  public var marginalCells: CellMap {
    switch self {
    case .numeric(let fit): fit.marginal
    case .nominal(let fit): fit.marginal
    }
  }

  /// The cells of the column in a pair.
  public var pairCells: CellMap {
    switch self {
    case .numeric(let fit): fit.pair
    case .nominal(let fit): fit.pair
    }
  }

  /// The numeric fit, where the column has numbers.
  public var numeric: NumericFit? { if case .numeric(let fit) = self { fit } else { nil } }

  /// The nominal fit, where the column has levels.
  public var nominal: NominalFit? { if case .nominal(let fit) = self { fit } else { nil } }

  /// Fits every feature column; columns that are no features have no fit.
  static func fit(
    _ table: AlignedTable, schema: TableSchema, levels: [SharedLevels?], settings: BinSettings,
    threads: Int
  ) throws(NumericsError) -> [ColumnFit?] {
    try parallelChunks(count: schema.columns.count, chunk: 1, threads: threads) {
      range throws(NumericsError) -> ColumnFit? in
      let position = range.lowerBound
      guard schema.columns[position].isFeature else { return nil }
      switch table.columns[position] {
      case .numeric(let values):
        return .numeric(NumericFit(values, settings: settings))
      case .nominal(let codes):
        return levels[position].map { .nominal(NominalFit(codes, levels: $0, settings: settings)) }
      case .bytes:
        return nil
      }
    }
  }
}

/// Sorted training values, scales and bin edges of a column of numbers.
public struct NumericFit: Sendable {
  /// The present training values, ascending.
  public let sorted: [Double]
  /// The number of missing training values.
  public let missing: Int
  /// The mean of the present values; 0 without any.
  public let mean: Double
  /// The standard deviation (divisor n − 1); 0 where it is not defined.
  public let standardDeviation: Double
  /// The interquartile range (type 7).
  public let interquartileRange: Double
  /// Cells of the column on its own.
  public let marginal: CellMap
  /// Cells of the column in a pair.
  public let pair: CellMap
  /// The fine grid, which the other two coarsen.
  public let fine: CellMap
  /// The share of values that occur more than once.
  public let tiedShare: Double

  /// The number of distinct values is two or more.
  public var varies: Bool { sorted.first != sorted.last }

  init(_ values: NumericValues, settings: BinSettings) {
    let ascending = sortedCopy(values.presentValues.span)
    sorted = ascending
    missing = values.count - ascending.count
    // Each of these throws for samples too small to define it, which is what 0 stands for.
    mean = (try? AssayNumerics.mean(ascending.span)) ?? 0
    standardDeviation = (try? AssayNumerics.variance(ascending.span).squareRoot()) ?? 0
    let upper = (try? quantile(sorted: ascending.span, probability: 0.75)) ?? 0
    let lower = (try? quantile(sorted: ascending.span, probability: 0.25)) ?? 0
    interquartileRange = upper - lower
    var tied = 0
    for i in ascending.indices {
      let before = i > 0 && ascending[i - 1] == ascending[i]
      let after = i + 1 < ascending.count && ascending[i + 1] == ascending[i]
      if before || after { tied += 1 }
    }
    tiedShare = ascending.isEmpty ? 0 : Double(tied) / Double(ascending.count)
    let bins = settings.marginalBins(for: ascending.count)
    let own = Self.edges(ascending, bins: bins, atomsAlone: true)
    let paired = Self.edges(ascending, bins: min(settings.pairBins, bins), atomsAlone: false)
    let grid = Self.edges(ascending, bins: settings.fineBins, atomsAlone: true)
    let all = Array(Set(own + paired + grid)).sorted()
    marginal = CellMap(edges: own)
    pair = CellMap(edges: paired)
    fine = CellMap(edges: all)
  }

  /// Edges of [a, b) cells: quantiles of the values that are no atoms, and each atom on its own.
  ///
  /// An atom is a value with a share above 2/bins. In a column on its own its cell holds nothing
  /// else, so that values beside it are seen; in a pair its cell reaches to the next larger
  /// training value, so that they are not seen again with every partner.
  static func edges(_ sorted: [Double], bins: Int, atomsAlone: Bool) -> [Double] {
    guard let first = sorted.first, first != sorted.last else {
      return sorted.first.map { [$0, $0.nextUp] } ?? []
    }
    var atoms: [(value: Double, next: Double)] = []
    var rest: [Double] = []
    let limit = 2 * Double(sorted.count) / Double(bins)
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      if Double(end - start) > limit {
        atoms.append(
          (sorted[start], atomsAlone || end == sorted.count ? sorted[start].nextUp : sorted[end]))
      } else {
        rest.append(contentsOf: sorted[start..<end])
      }
      start = end
    }
    var edges = Set<Double>()
    for atom in atoms {
      edges.insert(atom.value)
      edges.insert(atom.next)
    }
    if !rest.isEmpty {
      let share = Double(rest.count) / Double(sorted.count)
      let pieces = max(1, Int((Double(bins) * share).rounded()))
      for piece in stride(from: 1, to: pieces, by: 1) {
        edges.insert(rest[piece * rest.count / pieces])
      }
    }
    return edges.sorted()
  }
}

/// Level counts and cells of a column of levels.
public struct NominalFit: Sendable {
  /// Training rows of each training level.
  public let counts: [Int]
  /// The number of missing training values.
  public let missing: Int
  /// Cells of the column on its own: every level that is not rare.
  public let marginal: CellMap
  /// Cells of the column in a pair: the commonest levels and the rest.
  public let pair: CellMap

  /// Two or more levels occur.
  public var varies: Bool { counts.filter { $0 > 0 }.count > 1 }

  init(_ codes: [Int32], levels: SharedLevels, settings: BinSettings) {
    var counts = [Int](repeating: 0, count: levels.trainingCount)
    var missing = 0
    for code in codes {
      if code >= 0 { counts[Int(code)] += 1 } else { missing += 1 }
    }
    self.counts = counts
    self.missing = missing
    let common = counts.indices.filter { counts[$0] >= settings.rareLevelCount }
    marginal = CellMap(levels: common, of: levels.trainingCount)
    // Levels of equal counts are ranked by name: their position depends on the order of rows.
    let ranked = counts.indices.filter { counts[$0] > 0 }.sorted {
      (counts[$0], levels.names[$1]) > (counts[$1], levels.names[$0])
    }
    let kept =
      ranked.count <= settings.pairBins ? ranked : Array(ranked.prefix(settings.pairBins - 1))
    pair = CellMap(levels: kept.sorted(), of: levels.trainingCount)
  }
}

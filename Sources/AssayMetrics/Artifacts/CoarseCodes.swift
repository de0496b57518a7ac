import AssayDocument
package import AssayNumerics
package import AssayTable

/// The cells of the rows of a source, five a column and one for missing: for tables of three columns
/// and more, which finer cells would leave empty.
package struct CoarseCodes: Artifact {
  package typealias Frame = ReferenceFrame

  package var source: PairSource

  package init(source: PairSource) {
    self.source = source
  }

  /// Cells of a column, at most, the missing cell aside.
  package static let cells = 5

  /// Cells of the columns that can be paired.
  package struct Value: Sendable {
    /// By column, in the order of ``PairPlan/columns(_:)``.
    package var ordered: OrderedCodes
    /// The number of cells of each column.
    package var sizes: [Int]
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Value {
    let columns = PairPlan.columns(frame)
    let training = try await workspace.value(of: PairCodes(source: .role(.training)))
    let own = try await workspace.value(of: PairCodes(source: source))
    let made = try parallelMap(columns.count, threads: workspace.threads) {
      index throws(MetricError) -> (codes: [UInt8], size: Int) in
      guard let fit = frame.fits[columns[index]] else { return ([], 1) }
      let map = Self.map(
        fit.pairCells, counts: Self.counts(training.codes[index], cells: fit.pairCells.count),
        names: frame.levels[columns[index]]?.names ?? [])
      let table = map.cells
      return (own.codes[index].map { table[Int($0)] }, map.count)
    }
    return Value(
      ordered: OrderedCodes(
        codes: made.map(\.codes), offsets: own.offsets, weights: own.weights),
      sizes: made.map(\.size))
  }

  private static func counts(_ codes: [UInt8], cells: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: cells)
    for code in codes { counts[Int(code)] += 1 }
    return counts
  }

  /// The coarse cell of each cell: neighbours of numbers are joined to equal shares, the rarest
  /// levels into one.
  package static func map(_ cells: CellMap, counts: [Int], names: [String]) -> (
    cells: [UInt8], count: Int
  ) {
    let own = cells.count - 1
    var coarse = [Int](repeating: 0, count: cells.count)
    switch cells.rule {
    case .edges:
      let total = max(1, counts[..<own].reduce(0, +))
      var before = 0
      for cell in 0..<own {
        // The middle of the cell decides, so that a common value does not drag others along.
        let middle = 2 * before + counts[cell]
        coarse[cell] = min(Self.cells - 1, Self.cells * middle / (2 * total))
        before += counts[cell]
      }
    case .levels(let kept, _):
      let ranked = (0..<own).sorted { left, right in
        let name = { (cell: Int) in cell < kept.count ? names[kept[cell]] : "" }
        return (counts[left], name(right)) > (counts[right], name(left))
      }
      for (rank, cell) in ranked.enumerated() { coarse[cell] = min(rank, Self.cells - 1) }
    }
    // Numbered without gaps, missing last.
    let used = Set(coarse[..<own]).sorted()
    for cell in 0..<own { coarse[cell] = used.firstIndex(of: coarse[cell]) ?? 0 }
    coarse[own] = used.count
    return (coarse.map { UInt8($0) }, used.count + 1)
  }
}

/// Which triples of columns are looked at.
package struct TriplePlan: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  /// Triples of positions in ``PairPlan/columns(_:)``.
  package struct Value: Sendable {
    /// The triples, each ascending.
    package var triples: [[Int]]
    /// How many there are in all.
    package var possible: Int
  }

  /// How many triples are looked at, at most.
  package static func limit(_ preset: EvaluationPlan.Preset) -> Int {
    switch preset {
    case .quick: 24
    case .standard: 200
    case .full: 2_000
    }
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Value {
    let columns = PairPlan.columns(frame)
    let count = columns.count
    guard count >= 3 else { return Value(triples: [], possible: 0) }
    let possible = count * (count - 1) * (count - 2) / 6
    let chosen = NamedChoice(frame, columns, seed: workspace.plan.seed, purpose: "triples")
    let limit = Self.limit(workspace.plan.preset)
    guard possible > limit else {
      var triples: [[Int]] = []
      for first in 0..<count {
        for second in stride(from: first + 1, to: count, by: 1) {
          for third in stride(from: second + 1, to: count, by: 1) {
            triples.append([first, second, third])
          }
        }
      }
      return Value(triples: triples, possible: possible)
    }
    return Value(triples: chosen.subsets(of: 3, count: limit), possible: possible)
  }
}

/// Seeded choices of columns that do not depend on their order in the table.
package struct NamedChoice {
  /// The positions, by name.
  package let byName: [Int]
  package private(set) var stream: RandomStream

  package init(_ frame: ReferenceFrame, _ columns: [Int], seed: UInt64, purpose: String) {
    byName = columns.indices.sorted {
      frame.schema.columns[columns[$0]].name < frame.schema.columns[columns[$1]].name
    }
    stream = RandomStream(seed: seed, name: purpose)
  }

  /// Different subsets of a size, each ascending; there must be more of them than wanted.
  package func subsets(of size: Int, count: Int) -> [[Int]] {
    var stream = stream
    var found: Set<[Int]> = []
    var ordered: [[Int]] = []
    while ordered.count < count {
      var chosen: Set<Int> = []
      while chosen.count < size { chosen.insert(byName[stream.below(byName.count)]) }
      let subset = chosen.sorted()
      if found.insert(subset).inserted { ordered.append(subset) }
    }
    return ordered.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

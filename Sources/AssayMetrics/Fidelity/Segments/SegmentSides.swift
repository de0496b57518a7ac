import AssayDocument
import AssayNumerics
import AssayTable

/// The cells of the rows of every side that segments are counted from.
struct SegmentSides: Sendable {
  /// The rows of one side, by column: a sample where there are more than the plan looks at.
  struct Side: Sendable {
    var fine, coarse: [[UInt8]]
    var count: Int
  }

  let real, synthetic, shuffled: Side
  /// The other real side, whose rows help to know what a fresh sample gets.
  let other: Side?
  let fineSizes, coarseSizes: [Int]
  /// The coarse cell of each pair cell, by column.
  let maps: [[UInt8]]

  init(
    _ frame: ReferenceFrame, role: TableRole, _ workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) {
    let limit = SegmentSearch.rowLimit(workspace.plan.preset)
    real = try await Self.side(.role(role), limit, workspace)
    synthetic = try await Self.side(.role(.synthetic), limit, workspace)
    shuffled = try await Self.side(.shuffled, limit, workspace)
    let rest: TableRole = role == .training ? .holdout : .training
    other =
      frame.rowCount(rest) == nil ? nil : try await Self.side(.role(rest), limit, workspace)
    coarseSizes = try await workspace.value(of: CoarseCodes(source: .role(.training))).sizes
    let columns = PairPlan.columns(frame)
    fineSizes = columns.map { frame.fits[$0]?.pairCells.count ?? 1 }
    let training = try await workspace.value(of: PairCodes(source: .role(.training))).codes
    maps = columns.indices.map { index in
      guard let cells = frame.fits[columns[index]]?.pairCells else { return [] }
      var counts = [Int](repeating: 0, count: cells.count)
      for code in training[index] { counts[Int(code)] += 1 }
      return CoarseCodes.map(
        cells, counts: counts, names: frame.levels[columns[index]]?.names ?? []
      ).cells
    }
  }

  private static func side(
    _ source: PairSource, _ limit: Int, _ workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Side {
    let fine = try await workspace.value(of: PairCodes(source: source)).codes
    let coarse = try await workspace.value(of: CoarseCodes(source: source)).ordered.codes
    // Rows are in random order, so the first ones are a random sample.
    return Side(fine: fine, coarse: coarse, count: min(limit, fine.first?.count ?? 0))
  }

  /// Counts all sides over the cells of some columns.
  func table(_ shape: [Int], _ codes: (Side) -> [[UInt8]]) -> SegmentCounts {
    func counted(_ side: Side?) -> [Double] {
      SegmentTable.count(side.map { .init(codes: codes($0), count: $0.count) }, shape)
    }
    let own = counted(real)
    return SegmentCounts(
      shape: shape, real: own, synthetic: counted(synthetic),
      pooled: other == nil ? own : zip(own, counted(other)).map { $0 + $1 },
      shuffled: counted(shuffled))
  }
}

/// The triples of columns that are looked at, as positions in ``PairPlan/columns(_:)``.
struct SegmentTriples: Sendable {
  let chosen: [[Int]]
  let possible: Int

  /// How many triples are looked at, at most.
  static func limit(_ preset: EvaluationPlan.Preset) -> Int {
    switch preset {
    case .quick: 60
    case .standard: 500
    case .full: 2_000
    }
  }

  /// All triples or a seeded choice; those of two sensitive columns come first.
  init(_ frame: ReferenceFrame, _ columns: [Int], _ plan: EvaluationPlan) {
    let count = columns.count
    guard count >= 3 else {
      chosen = []
      possible = 0
      return
    }
    possible = count * (count - 1) * (count - 2) / 6
    let limit = Self.limit(plan.preset)
    let sensitive = Set(frame.schema.indices(of: .sensitive))
    let given = columns.indices.filter { sensitive.contains(columns[$0]) }
    var found: Set<[Int]> = []
    for (index, first) in given.enumerated() {
      for second in given[(index + 1)...] {
        for third in 0..<count where third != first && third != second && found.count < limit {
          found.insert([first, second, third].sorted())
        }
      }
    }
    if possible <= limit {
      for first in 0..<count {
        for second in stride(from: first + 1, to: count, by: 1) {
          for third in stride(from: second + 1, to: count, by: 1) {
            found.insert([first, second, third])
          }
        }
      }
    } else {
      let choice = NamedChoice(frame, columns, seed: plan.seed, purpose: "segments")
      for triple in choice.subsets(of: 3, count: limit - found.count) {
        found.insert(triple)
      }
    }
    chosen = found.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// A seeded workload of counting queries: conditions on one to three columns at once.
struct QueryPlan: Artifact {
  typealias Frame = ReferenceFrame

  /// The queries that are asked.
  struct Value: Sendable {
    /// The columns of each query, as positions in ``PairPlan/columns(_:)``, in ascending order.
    var columns: [[Int]]
    /// The training rows that each counts.
    var counts: [Double]
    /// For each column and cell, a bit for each query that the cell is in, or that says nothing of
    /// the column; ``words`` words a cell.
    var masks: [[UInt64]]
    /// Words of 64 queries.
    var words: Int
    /// Queries that were drawn to find them.
    var candidates: Int
  }

  /// The share of training rows that a query counts at least, so that its error can be told.
  static let selectivity = 0.001

  /// How many queries are asked, at most.
  static func count(_ preset: EvaluationPlan.Preset) -> Int { preset == .quick ? 256 : 1_024 }

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Value {
    let columns = PairPlan.columns(frame)
    let wanted = Self.count(workspace.plan.preset)
    guard !columns.isEmpty else {
      return Value(columns: [], counts: [], masks: [], words: 0, candidates: 0)
    }
    let training = try await workspace.value(of: PairCodes(source: .role(.training)))
    let cells = columns.indices.map { QueryCells(frame, columns[$0], training.codes[$0]) }
    let choice = NamedChoice(frame, columns, seed: workspace.plan.seed, purpose: "queries")
    var stream = choice.stream
    var kept: [(columns: [Int], held: [Set<Int>], count: Double)] = []
    var asked = 0
    // A few rounds of candidates; what counts too few rows is dropped.
    for _ in 0..<4 where kept.count < wanted {
      var candidates: [(columns: [Int], held: [Set<Int>])] = []
      for query in 0..<wanted {
        let size = min(columns.count, 1 + query % 3)
        var order = choice.byName
        stream.shuffle(&order)
        let own = Array(order.prefix(size))
        let held = own.map { column in
          // Several conditions are wider each, so that what they count together is not empty.
          cells[column].chosen(share: 0.05 + 0.55 * stream.uniform(), &stream)
        }
        candidates.append((own, held))
      }
      asked += candidates.count
      let masks = Self.masks(candidates, frame: frame, columns: columns)
      let counts = QueryCounts.total(
        try QueryCounts.count(
          training, masks, words: Self.words(candidates.count), threads: workspace.threads),
        words: Self.words(candidates.count))
      let rows = counts[counts.count - 1]
      let least = max(Double(workspace.plan.k), Self.selectivity * rows)
      for (query, candidate) in candidates.enumerated()
      where kept.count < wanted && counts[query] >= least {
        kept.append((candidate.columns, candidate.held, counts[query]))
      }
    }
    let queries = kept.map { (columns: $0.columns, held: $0.held) }
    return Value(
      columns: kept.map { $0.columns.sorted() }, counts: kept.map(\.count),
      masks: Self.masks(queries, frame: frame, columns: columns),
      words: Self.words(queries.count), candidates: asked)
  }

  static func words(_ queries: Int) -> Int { (queries + 63) / 64 }

  private static func masks(
    _ queries: [(columns: [Int], held: [Set<Int>])], frame: ReferenceFrame, columns: [Int]
  ) -> [[UInt64]] {
    let words = words(queries.count)
    var masks = columns.map { column in
      [UInt64](repeating: .max, count: words * (frame.fits[column]?.pairCells.count ?? 1))
    }
    for (query, one) in queries.enumerated() {
      let bit = UInt64(1) << UInt64(query % 64)
      for (column, held) in zip(one.columns, one.held) {
        for cell in 0..<masks[column].count / max(1, words) where !held.contains(cell) {
          masks[column][cell * words + query / 64] &= ~bit
        }
      }
    }
    return masks
  }
}

/// The cells of one column with their training shares, in an order that does not depend on that of
/// rows.
struct QueryCells {
  private let order: [Int]
  private let shares: [Double]
  /// Whether conditions are runs of neighbours.
  private let isNumeric: Bool

  init(_ frame: ReferenceFrame, _ column: Int, _ codes: [UInt8]) {
    guard let map = frame.fits[column]?.pairCells else {
      (order, shares, isNumeric) = ([], [], false)
      return
    }
    var counts = [Double](repeating: 0, count: map.count)
    for code in codes { counts[Int(code)] += 1 }
    let rows = Double(max(1, codes.count))
    shares = counts.map { $0 / rows }
    switch map.rule {
    case .edges:
      order = Array(0..<map.missingCell)
      isNumeric = true
    case .levels(let kept, _):
      let names = frame.levels[column]?.names ?? []
      order =
        kept.indices.sorted { names[kept[$0]] < names[kept[$1]] } + [kept.count, map.missingCell]
      isNumeric = false
    }
  }

  /// Random cells that hold at least a share of training: neighbours of a number, any levels.
  func chosen(share: Double, _ stream: inout RandomStream) -> Set<Int> {
    var order = order
    if isNumeric {
      let start = stream.below(max(1, order.count))
      order = Array(order[start...]) + order[..<start].reversed()
    } else {
      stream.shuffle(&order)
    }
    var held: Set<Int> = []
    var sum = 0.0
    for cell in order {
      if sum >= share { break }
      held.insert(cell)
      sum += shares[cell]
    }
    return held
  }
}

/// Counts the rows that each query of a workload holds for.
enum QueryCounts {
  /// By group of resampling: the rows of each query (64 a word), then the rows of the group.
  ///
  /// - Complexity: O(rows · (columns · words + queries that hold)).
  static func count(
    _ codes: OrderedCodes, _ masks: [[UInt64]], words: Int, threads: Int
  ) throws(MetricError) -> [Float] {
    try parallelMap(codes.offsets.count - 1, threads: threads) { group in
      var counts = [Double](repeating: 0, count: 64 * words + 1)
      var held = [UInt64](repeating: .max, count: words)
      for row in codes.offsets[group]..<codes.offsets[group + 1] {
        let weight = codes.weights.isEmpty ? 1 : Double(codes.weights[row])
        counts[64 * words] += weight
        var span = held.mutableSpan
        for word in 0..<words { span[word] = .max }
        for (column, own) in masks.enumerated() {
          let start = Int(codes.codes[column][row]) * words
          let mask = own.span
          for word in 0..<words { span[word] &= mask[start + word] }
        }
        for word in 0..<words {
          var rest = span[word]
          while rest != 0 {
            counts[64 * word + rest.trailingZeroBitCount] += weight
            rest &= rest - 1
          }
        }
      }
      return counts.map { Float($0) }
    }.flatMap(\.self)
  }

  /// The sums over groups of resampling.
  static func total(_ counts: [Float], words: Int) -> [Double] {
    let cells = 64 * words + 1
    var total = [Double](repeating: 0, count: cells)
    for position in counts.indices { total[position % cells] += Double(counts[position]) }
    return total
  }
}

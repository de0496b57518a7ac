public import AssayDocument
import AssayNumerics
public import AssayTable

/// NIST's k-marginal score over the cells of its own tool, so that its published figures can be met.
///
/// ```
/// 500·(2 − mean Σ_c |p_c − q_c|)
/// ```
///
/// over all pairs of columns, each within the levels of the sensitive columns where there are some
/// (the tool groups by place): tables of three. Numbers have twenty ranges of percentile ranks of
/// training, columns of levels every level a cell. With as many cells as that a fresh real sample
/// of the size at hand is far from 1000; ``KMarginal`` says how far. Run by name only.
///
/// - Complexity: O(pairs · rows).
///
/// Source: Task, Bhagat & Howarth (2023), SDNist v2: Deidentified Data Report Tool,
/// doi:10.18434/mds2-2943.
public struct ParityKMarginal: Metric {
  /// Edges of columns that are not cut at percentiles, by name: cells (a, b].
  public var edges: [String: [Double]]

  /// Makes the metric.
  public init(edges: [String: [Double]] = [:]) { self.edges = edges }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.parity-k-marginal", title: "k-marginal score, cells of NIST's tool",
      dimension: .fidelity,
      summary: "NIST's k-marginal score as its own tool computes it.",
      formula: "500·(2 − mean Σ |p_c − q_c|) over pairs within sensitive groups",
      unit: "points", upperLimit: 1000, direction: .higherIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift, .shuffledColumns], blindTo: [],
      cannotSee: "relations of more columns; differences inside a range; copied rows",
      defaults: [
        "numbers": "twenty ranges of percentile ranks", "levels": "each a cell",
        "groups": "the sensitive columns",
      ],
      howToRead: "For comparison with published figures only: see the k-marginal score.",
      citations: [
        .init(
          "Task, Bhagat & Howarth (2023), SDNist v2: Deidentified Data Report Tool",
          doi: "10.18434/mds2-2943")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let given = Set(frame.schema.indices(of: .sensitive))
    let columns = frame.schema.featureIndices.filter {
      frame.unfit[$0] == nil && !given.contains($0)
    }
    var score = Score(
      metric: descriptor.id, dimension: .fidelity, against: .training,
      outcome: .notApplicable(reason: "fewer than two columns can be compared"),
      unit: descriptor.unit,
      n: RowCounts(
        training: frame.rowCount(.training), synthetic: frame.rowCount(.synthetic)))
    guard columns.count >= 2, let real = frame.table(.training),
      let synthetic = frame.table(.synthetic), real.rowCount > 0, synthetic.rowCount > 0
    else { return MetricResult(scores: [score]) }
    let all = columns + given.sorted().filter { frame.unfit[$0] == nil }
    let coded = try parallelMap(all.count, threads: workspace.threads) {
      index throws(MetricError) -> (real: [Int32], synthetic: [Int32]) in
      let column = all[index]
      let name = frame.schema.columns[column].name
      guard let cells = LegacyPercentiles(real.columns[column], edges: edges[name]) else {
        return ([], [])
      }
      return (cells.codes(real.columns[column]), cells.codes(synthetic.columns[column]))
    }
    let groups = (columns.count..<all.count).filter { !coded[$0].real.isEmpty }
    let places = columns.indices.filter { !coded[$0].real.isEmpty }
    var pairs: [(first: Int, second: Int)] = []
    for first in places {
      for second in places where second > first { pairs.append((first, second)) }
    }
    guard !pairs.isEmpty else { return MetricResult(scores: [score]) }
    let planned = pairs
    let distances = try parallelMap(planned.count, threads: workspace.threads) {
      index throws(MetricError) -> Double in
      let subject = groups + [planned[index].first, planned[index].second]
      return Self.distance(
        subject.map { coded[$0].real }, subject.map { coded[$0].synthetic })
    }
    score.outcome = .measured(
      min(1000, max(0, 500 * (2 - distances.reduce(0, +) / Double(distances.count)))))
    score.details = [
      "tables": .integer(distances.count),
      "groups": .strings(groups.map { frame.schema.columns[all[$0]].name }),
    ]
    return MetricResult(scores: [score])
  }

  /// Joint cells up to this number are counted in a table, more by their keys.
  private static let largest = 1 << 22

  /// `Σ |p − q|` over joint cells.
  private static func distance(_ real: [[Int32]], _ synthetic: [[Int32]]) -> Double {
    let sizes = real.indices.map { column in
      Int(max(real[column].max() ?? 0, synthetic[column].max() ?? 0) + 2)
    }
    let own = keys(real, sizes)
    let other = keys(synthetic, sizes)
    let n = Double(own.count)
    let m = Double(other.count)
    if sizes.reduce(1.0, { $0 * Double($1) }) <= Double(largest) {
      let cells = sizes.reduce(1, *)
      let first = count(own.span, cells)
      let second = count(other.span, cells)
      var sum = 0.0
      for cell in 0..<cells where first[cell] + second[cell] > 0 {
        sum += abs(Double(first[cell]) / n - Double(second[cell]) / m)
      }
      return sum
    }
    var counts: [Int: (real: Int, synthetic: Int)] = [:]
    for key in own { counts[key, default: (0, 0)].real += 1 }
    for key in other { counts[key, default: (0, 0)].synthetic += 1 }
    var sum = 0.0
    for cell in counts.keys.sorted() {
      let count = counts[cell] ?? (0, 0)
      sum += abs(Double(count.real) / n - Double(count.synthetic) / m)
    }
    return sum
  }

  /// A number for the joint cell of each row.
  private static func keys(_ side: [[Int32]], _ sizes: [Int]) -> [Int] {
    var keys = [Int](repeating: 0, count: side[0].count)
    for (codes, size) in zip(side, sizes) { add(codes.span, size, &keys) }
    return keys
  }

  private static func add(_ codes: Span<Int32>, _ size: Int, _ keys: inout [Int]) {
    var span = keys.mutableSpan
    for row in 0..<codes.count { span[row] = span[row] &* size &+ Int(codes[row]) &+ 1 }
  }

  private static func count(_ keys: Span<Int>, _ cells: Int) -> [Int32] {
    var counts = [Int32](repeating: 0, count: cells)
    var span = counts.mutableSpan
    for row in 0..<keys.count { span[keys[row]] += 1 }
    return counts
  }
}

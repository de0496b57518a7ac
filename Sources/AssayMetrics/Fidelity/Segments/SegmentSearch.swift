import AssayDocument
import AssayNumerics
import AssayTable

/// Looks into every segment: the rows of one cell of a column, or of two cells of two columns.
struct SegmentSearch: Artifact {
  typealias Frame = ReferenceFrame

  /// The real side.
  var role: TableRole

  /// A column that can be paired, by position, and one of its cells: the pair cells where it is the
  /// only condition, coarse ones where there are two.
  struct Condition: Sendable, Hashable, Comparable {
    var column: Int
    var cell: Int

    static func < (left: Condition, right: Condition) -> Bool {
      (left.column, left.cell) < (right.column, right.cell)
    }
  }

  /// What one table says of one segment.
  struct Part: Sendable {
    var conditions: [Condition]
    var real, synthetic: Int
    var value, floor, spread, baseline: Double
    var differences: [SegmentDifference]
  }

  /// A segment with everything that was compared in it.
  struct Segment: Sendable {
    var conditions: [Condition]
    var real, synthetic: Int
    /// Means over the columns that were compared.
    var value, floor, spread, baseline: Double
    var columns: Int
    /// The accused ones, by evidence, a cell a column.
    var differences: [SegmentDifference]
  }

  struct Value: Sendable {
    var segments: [Segment]
    /// Segments with too few rows of either side.
    var unsupported: Int
    /// Segments with enough real rows that have too few synthetic ones.
    var lacking: Int
    /// Comparisons in the family.
    var comparisons: Int
    /// Rows of each side that were counted.
    var real, synthetic: Int
    var pairs, triples, possibleTriples: Int
    /// Labellings of which the largest difference was found.
    var relabellings: Int
    /// The least adjusted p-value and its evidence.
    var pValue, evidence: Double
    /// Whether rows are independent, so that they could be tested.
    var isTested: Bool
    /// The coarse cell of each pair cell, by column.
    var maps: [[UInt8]]
  }

  /// Rows of each side that a segment has at least.
  static let support = 30
  /// The family-wise level at which segments are accused.
  static let level = 0.05

  /// Rows of a side that are counted, at most.
  static func rowLimit(_ preset: EvaluationPlan.Preset) -> Int {
    switch preset {
    case .quick: 50_000
    case .standard: 200_000
    case .full: .max
    }
  }

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Value {
    let plan = try await workspace.value(of: PairPlan())
    let sides = try await SegmentSides(frame, role: role, workspace)
    let triples = SegmentTriples(frame, plan.columns, workspace.plan)
    let gaps = try ExpectedGaps(real: sides.real.count, synthetic: sides.synthetic.count)
    let isTested = frame.schema.indices(of: .group).isEmpty
    let scan = SegmentScan(
      sides: sides, gaps: gaps, k: workspace.plan.k,
      relabelling: isTested
        ? SegmentRelabelling(
          real: sides.real.count, synthetic: sides.synthetic.count, plan: workspace.plan) : nil)
    let pairs = plan.pairs
    let ofPairs = try parallelMap(pairs.count, threads: workspace.threads) {
      index throws(MetricError) -> SegmentScan.Found in
      try scan.pair(pairs[index].first, pairs[index].second)
    }
    let chosen = triples.chosen
    let ofTriples = try parallelMap(chosen.count, threads: workspace.threads) {
      index throws(MetricError) -> SegmentScan.Found in
      try scan.triple(chosen[index])
    }
    var found = SegmentScan.Found()
    for part in ofPairs + ofTriples { found.add(part) }
    return try Self.value(
      found, sides: sides, pairs: pairs.count, triples: triples, isTested: isTested)
  }

  private static func value(
    _ found: SegmentScan.Found, sides: SegmentSides, pairs: Int, triples: SegmentTriples,
    isTested: Bool
  ) throws(MetricError) -> Value {
    var parts = found.parts
    // All comparisons are one family. Holm's procedure: those that were not worked out are larger than
    // any that were.
    let places = parts.indices.flatMap { part in
      parts[part].differences.indices.map { (part, $0) }
    }
    let pValues = places.map { parts[$0.0].differences[$0.1].pValue }
    var running = 0.0
    var best = (pValue: 1.0, evidence: 0.0)
    for (rank, place) in pValues.indices.sorted(by: { (pValues[$0], $0) < (pValues[$1], $1) })
      .enumerated()
    {
      running = max(running, min(1, Double(found.comparisons - rank) * pValues[place]))
      let (part, index) = places[place]
      parts[part].differences[index].adjusted = running
    }
    // The largest difference of labels given out anew; only where no labelling reaches a difference
    // does Holm's procedure speak, if it says less.
    let maxima = found.maxima
    for (part, index) in places {
      let difference = parts[part].differences[index]
      let beyond = maxima.count { $0 >= difference.statistic * (1 - 1e-9) }
      var adjusted = Double(1 + beyond) / Double(1 + maxima.count)
      if beyond == 0 { adjusted = min(adjusted, difference.adjusted) }
      adjusted = max(adjusted, difference.pValue)
      parts[part].differences[index].adjusted = adjusted
      if (adjusted, -difference.evidence) < (best.pValue, -best.evidence) {
        best = (adjusted, difference.evidence)
      }
    }
    var order: [[Condition]: Int] = [:]
    var gathered: [[Int]] = []
    for (index, part) in parts.enumerated() {
      if let known = order[part.conditions] {
        gathered[known].append(index)
      } else {
        order[part.conditions] = gathered.count
        gathered.append([index])
      }
    }
    let segments = gathered.map { indices in Self.joined(indices.map { parts[$0] }) }
    return Value(
      segments: segments.sorted { $0.conditions.lexicographicallyPrecedes($1.conditions) },
      unsupported: found.unsupported.count, lacking: found.lacking.count,
      comparisons: found.comparisons, real: sides.real.count, synthetic: sides.synthetic.count,
      pairs: pairs, triples: triples.chosen.count, possibleTriples: triples.possible,
      relabellings: maxima.count, pValue: best.pValue, evidence: best.evidence, isTested: isTested,
      maps: sides.maps)
  }

  private static func joined(_ parts: [Part]) -> Segment {
    let count = Double(parts.count)
    func mean(_ quantity: (Part) -> Double) -> Double {
      parts.reduce(0) { $0 + quantity($1) } / count
    }
    let accused = parts.flatMap(\.differences).filter { $0.adjusted <= level }.sorted {
      ($0.evidence, $1.column, $1.cell) > ($1.evidence, $0.column, $0.cell)
    }
    var columns: Set<Int> = []
    return Segment(
      conditions: parts[0].conditions, real: parts[0].real, synthetic: parts[0].synthetic,
      value: mean(\.value), floor: mean(\.floor), spread: mean(\.spread),
      baseline: mean(\.baseline), columns: parts.count,
      differences: accused.filter { columns.insert($0.column).inserted })
  }
}

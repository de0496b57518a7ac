package import AssayDocument
import AssayNumerics
package import AssayTable

/// Correlations of every planned pair of columns of numbers, with replicates and splits.
package struct CorrelationCalibration: Artifact {
  package typealias Frame = ReferenceFrame

  package var kind: CorrelationKind

  package init(kind: CorrelationKind) {
    self.kind = kind
  }

  /// What was found for one pair and one real side.
  package struct Pair: Sendable {
    package var columns: [Int]
    /// The exact coefficients of the two sides; `nil` where one is not defined.
    package var real, synthetic: Double?
    /// Rows with both values.
    package var realCount, syntheticCount: Int
    package var deviation: Double
    package var splitFloor: ScoreFloor
  }

  /// What was found for one real side.
  package struct Side: Sendable {
    package var pairs: [Pair]
    package var deviation: Double
    package var spread: Double
    /// Pairs without a coefficient on the real side.
    package var undefined: Int
  }

  /// Features of numbers whose training values vary.
  package static func columns(_ frame: ReferenceFrame) -> [Int] {
    frame.schema.featureIndices.filter {
      frame.fits[$0]?.numeric?.varies == true
    }
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Against: Side] {
    let columns = Self.columns(frame)
    let pairs = Self.pairs(columns.count, plan: workspace.plan)
    guard !pairs.isEmpty else { return [:] }
    let calibrator = try await Calibrator(workspace)
    let fits = columns.compactMap { frame.fits[$0]?.numeric }
    var sources: [PanelSource] = []
    for role in TableRole.allCases {
      guard let table = frame.table(role) else { continue }
      let layout = try await workspace.value(of: Shards(role: role))
      let kind = self.kind
      let weights = try await workspace.value(of: ExactRowWeights(role: role)) ?? []
      let sorted = try parallelMap(columns.count, threads: workspace.threads) {
        index throws(MetricError) -> CorrelationColumn in
        guard let values = table.columns[columns[index]].numeric else {
          throw MetricError(code: "column.kind", message: "the column holds no numbers")
        }
        return CorrelationColumn(values, kind: kind, weights: weights)
      }
      sources.append(
        PanelSource(
          role: role, columns: sorted, fits: fits, rows: RowPlaces(layout)))
    }
    var found = [[Against: PanelCorrelations.Replicated]](repeating: [:], count: pairs.count)
    var exact = [[TableRole: ExactCorrelation]](repeating: [:], count: pairs.count)
    for panel in CorrelationPanel.panels(pairs) {
      let own = try PanelCorrelations(panel, sources, calibrator, threads: workspace.threads)
      for (index, place) in panel.places.enumerated() {
        found[place] = own.replicated[index]
        exact[place] = own.exact[index]
      }
    }
    var sides: [Against: Side] = [:]
    for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)]
    where frame.rowCount(role) != nil {
      var side = SideSums()
      for (index, pair) in pairs.enumerated() {
        guard let replicated = found[index][against] else { continue }
        side.add(
          replicated, real: exact[index][role], synthetic: exact[index][.synthetic],
          columns: [columns[pair.first], columns[pair.second]])
      }
      sides[against] = side.side
    }
    return sides
  }

  /// Every pair, or a seeded choice of as many as the plan allows.
  package static func pairs(
    _ count: Int, plan: EvaluationPlan
  ) -> [(first: Int, second: Int)] {
    var pairs: [(first: Int, second: Int)] = []
    for first in 0..<count {
      for second in stride(from: first + 1, to: count, by: 1) { pairs.append((first, second)) }
    }
    guard let limit = plan.pairLimit, pairs.count > limit else { return pairs }
    var stream = RandomStream(seed: plan.seed, name: "number-pairs")
    stream.shuffle(&pairs)
    return pairs.prefix(limit).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }
}

/// Adds up the pairs of one real side.
package struct SideSums {
  private var pairs: [CorrelationCalibration.Pair] = []
  private var replicates: [Double] = []
  private var splits: [Double] = []
  private var undefined = 0

  package mutating func add(
    _ found: PanelCorrelations.Replicated, real: ExactCorrelation?, synthetic: ExactCorrelation?,
    columns: [Int]
  ) {
    guard let real, real.value != nil else {
      undefined += 1
      return
    }
    let block = found.block
    let floor = block.splitFloor(found.subject)
    pairs.append(
      CorrelationCalibration.Pair(
        columns: columns, real: real.value, synthetic: synthetic?.value, realCount: real.count,
        syntheticCount: synthetic?.count ?? 0, deviation: block.deviation(found.subject),
        splitFloor: ScoreFloor(
          value: floor.mean, spread: floor.deviation, method: FloorMethod.splits)))
    Self.add(block.replicates, found.subject, block.subjects, to: &replicates)
    Self.add(block.splits, found.subject, block.subjects, to: &splits)
  }

  package var side: CorrelationCalibration.Side {
    let count = Double(max(1, pairs.count))
    func deviation(_ sums: [Double]) -> Double {
      CalibratedBlock.moments(sums.map { $0 / count }, subject: 0, of: 1).deviation
    }
    return CorrelationCalibration.Side(
      pairs: pairs, deviation: deviation(replicates), spread: deviation(splits),
      undefined: undefined)
  }

  private static func add(
    _ matrix: [Double], _ subject: Int, _ subjects: Int, to sums: inout [Double]
  ) {
    let rows = matrix.count / max(subjects, 1)
    if sums.isEmpty { sums = [Double](repeating: 0, count: rows) }
    for row in 0..<rows { sums[row] += matrix[row * subjects + subject] }
  }
}

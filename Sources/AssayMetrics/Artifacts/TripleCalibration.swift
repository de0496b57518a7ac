package import AssayDocument
package import AssayNumerics
package import AssayTable

/// How far the tables of three columns are from the real ones, with replicates and splits.
package struct TripleCalibration: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  /// What was found for one triple and one real side.
  package struct Triple: Sendable {
    /// Schema positions.
    package var columns: [Int]
    /// The total variation distance of the cells.
    package var cells: PairCalibration.Calibrated
    /// The unbiased squared distance over Σ p².
    package var squaredDistance: PairCalibration.Calibrated
    /// The unbiased distance of the cells; `nil` where a side has fewer than three rows.
    package var distance: MarginalDistance?
  }

  /// What was found for one real side.
  package struct Side: Sendable {
    package var triples: [Triple]
    /// Averages over triples.
    package var cells, squaredDistance: PairCalibration.Calibrated
  }

  /// What was found.
  package struct Found: Sendable {
    package var sides: [Against: Side]
    /// What random subsamples of the training rows get.
    package var ladder: SubsampleLadder
    /// How many triples there are in all.
    package var possible: Int
  }

  /// How many triples go into one matrix product.
  private static let blockSize = 8

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found {
    let plan = try await workspace.value(of: TriplePlan())
    let triples = plan.triples
    let draws = try await workspace.value(of: SubsampleDraws())
    guard !triples.isEmpty else {
      return Found(sides: [:], ladder: SubsampleLadder(draws, distances: []), possible: 0)
    }
    let columns = PairPlan.columns(frame)
    let calibrator = try await Calibrator(workspace)
    var codes: [PairSource: CoarseCodes.Value] = [:]
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      codes[.role(role)] = try await workspace.value(of: CoarseCodes(source: .role(role)))
    }
    codes[.shuffled] = try await workspace.value(of: CoarseCodes(source: .shuffled))
    let (sources, size) = (codes, Self.blockSize)
    let blocks = try parallelMap(
      (triples.count + size - 1) / size, threads: workspace.threads
    ) { block throws(MetricError) -> TripleBlock in
      let range = block * size..<min(triples.count, (block + 1) * size)
      return TripleBlock(
        Array(triples[range]), columns: columns, sources: sources, calibrator: calibrator,
        subsamples: draws.draws)
    }
    var sides: [Against: Side] = [:]
    for against in [Against.training, .holdout] {
      let parts = blocks.compactMap { $0.sides[against] }
      if !parts.isEmpty { sides[against] = Self.side(parts) }
    }
    var distances = [Double](repeating: 0, count: draws.draws.replicates)
    for block in blocks {
      for (index, sum) in block.subsamples.enumerated() {
        distances[index] += sum / Double(triples.count)
      }
    }
    return Found(
      sides: sides, ladder: SubsampleLadder(draws, distances: distances),
      possible: plan.possible)
  }

  private static func side(_ parts: [TripleBlock.Side]) -> Side {
    let triples = parts.flatMap(\.triples)
    let count = Double(triples.count)
    func average(
      _ value: KeyPath<Triple, PairCalibration.Calibrated>,
      _ replicates: KeyPath<TripleBlock.Side, [Double]>,
      _ splits: KeyPath<TripleBlock.Side, [Double]>, isUnbiased: Bool
    ) -> PairCalibration.Calibrated {
      func moments(_ sums: KeyPath<TripleBlock.Side, [Double]>) -> (
        mean: Double, deviation: Double
      ) {
        var summed = parts[0][keyPath: sums]
        for part in parts.dropFirst() {
          for (index, addend) in part[keyPath: sums].enumerated() { summed[index] += addend }
        }
        return CalibratedBlock.moments(summed.map { $0 / count }, subject: 0, of: 1)
      }
      let split = moments(splits)
      return PairCalibration.Calibrated(
        value: triples.reduce(0) { $0 + $1[keyPath: value].value } / count,
        deviation: moments(replicates).deviation,
        floor: ScoreFloor(
          value: isUnbiased ? 0 : split.mean, spread: split.deviation, method: FloorMethod.splits),
        baseline: triples.reduce(0) { $0 + $1[keyPath: value].baseline } / count)
    }
    return Side(
      triples: triples,
      cells: average(\.cells, \.cellReplicates, \.cellSplits, isUnbiased: false),
      squaredDistance: average(
        \.squaredDistance, \.squareReplicates, \.squareSplits, isUnbiased: true))
  }
}

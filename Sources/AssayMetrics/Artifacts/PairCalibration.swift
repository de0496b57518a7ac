import AssayDocument
import AssayNumerics
import AssayTable

/// Association and cell distance of every planned pair of columns, with replicates and splits.
struct PairCalibration: Artifact {
  typealias Frame = ReferenceFrame

  /// What was found for one pair and one real side.
  struct Pair: Sendable {
    /// Schema positions.
    var columns: [Int]
    /// Bias-corrected Cramér's V of the real side, the synthetic side and the shuffled columns.
    var real, synthetic, shuffled: Double
    /// Absolute difference of V; its deviation, and what splits and shuffled columns get.
    var association: Calibrated
    /// Total variation of the cells, likewise.
    var cells: Calibrated
    /// The cells with the largest differences: first cell, second cell, real share, synthetic share.
    var worst: [(first: Int, second: Int, real: Double, synthetic: Double, count: Int)]
  }

  /// A value with what is needed to judge it.
  struct Calibrated: Sendable {
    var value: Double
    var deviation: Double
    var floor: ScoreFloor
    var baseline: Double
  }

  /// What was found for one real side.
  struct Side: Sendable {
    var pairs: [Pair]
    /// Averages over pairs.
    var meanAssociation: Calibrated
    var meanCells: Calibrated
  }

  /// How many pairs go into one matrix product.
  private static let blockSize = 24

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Against: Side] {
    let plan = try await workspace.value(of: PairPlan())
    // A column that is lacking on the synthetic side is missing in every row, so its pairs come out
    // as shuffled columns do: they stay in the mean.
    let fit = plan.pairs
    guard !fit.isEmpty else { return [:] }
    let calibrator = try await Calibrator(workspace)
    var codes: [PairSource: OrderedCodes] = [:]
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      codes[.role(role)] = try await workspace.value(of: PairCodes(source: .role(role)))
    }
    codes[.shuffled] = try await workspace.value(of: PairCodes(source: .shuffled))
    let sizes = plan.columns.map { frame.fits[$0]?.pairCells.count ?? 1 }
    let sources = codes
    let blocks = (fit.count + Self.blockSize - 1) / Self.blockSize
    let results = try parallelMap(blocks, threads: workspace.threads) {
      block throws(MetricError) -> [Against: Block] in
      let range = block * Self.blockSize..<min(fit.count, (block + 1) * Self.blockSize)
      return PairBlock(
        pairs: Array(fit[range]), columns: plan.columns, sizes: sizes, sources: sources
      ).calibrate(calibrator)
    }
    var sides: [Against: Side] = [:]
    for against in [Against.training, .holdout] {
      let parts = results.compactMap { $0[against] }
      if !parts.isEmpty { sides[against] = Self.side(parts) }
    }
    return sides
  }

  /// What one block of pairs came to.
  struct Block: Sendable {
    var pairs: [Pair]
    /// Sums over the pairs of the block, for each replicate and for each split.
    var associationReplicates, associationSplits, cellReplicates, cellSplits: [Double]
  }

  private static func side(_ blocks: [Block]) -> Side {
    let pairs = blocks.flatMap(\.pairs)
    func mean(
      _ replicates: KeyPath<Block, [Double]>, _ splits: KeyPath<Block, [Double]>,
      _ value: KeyPath<Pair, Calibrated>
    ) -> Calibrated {
      let count = Double(pairs.count)
      var summed = blocks[0][keyPath: replicates]
      var split = blocks[0][keyPath: splits]
      for block in blocks.dropFirst() {
        for (index, addend) in block[keyPath: replicates].enumerated() { summed[index] += addend }
        for (index, addend) in block[keyPath: splits].enumerated() { split[index] += addend }
      }
      let spread = CalibratedBlock.moments(split.map { $0 / count }, subject: 0, of: 1)
      return Calibrated(
        value: pairs.reduce(0) { $0 + $1[keyPath: value].value } / count,
        deviation: CalibratedBlock.moments(summed.map { $0 / count }, subject: 0, of: 1).deviation,
        floor: ScoreFloor(
          value: spread.mean, spread: spread.deviation, method: FloorMethod.splits),
        baseline: pairs.reduce(0) { $0 + $1[keyPath: value].baseline } / count)
    }
    return Side(
      pairs: pairs,
      meanAssociation: mean(\.associationReplicates, \.associationSplits, \.association),
      meanCells: mean(\.cellReplicates, \.cellSplits, \.cells))
  }
}

/// The names that documents give to ways of finding what a fresh real sample gets.
enum FloorMethod {
  /// Random halves of the real rows, brought to the sizes at hand.
  static let splits = "size-matched-splits"
  /// A formula.
  static let closedForm = "closed-form"
}

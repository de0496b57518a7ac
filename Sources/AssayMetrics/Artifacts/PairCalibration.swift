package import AssayDocument
package import AssayNumerics
package import AssayTable

/// Association and cell distance of every planned pair of columns, with replicates and splits.
package struct PairCalibration: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  /// What was found for one pair and one real side.
  package struct Pair: Sendable {
    /// Schema positions.
    package var columns: [Int]
    /// What the table of the real side, the synthetic side and the shuffled columns shows.
    package var real, synthetic, shuffled: TableAssociation
    /// By ``PairStatistics/Quantity``, with deviation and what splits and shuffled columns get.
    package var quantities: [Calibrated]
    /// The unbiased distance of the cells; `nil` where a side has fewer than three rows.
    package var distance: MarginalDistance?
    /// The cells with the largest differences: first cell, second cell, real share, synthetic share.
    package var worst: [(first: Int, second: Int, real: Double, synthetic: Double, count: Int)]

    /// What was found of one quantity.
    package subscript(quantity: PairStatistics.Quantity) -> Calibrated {
      quantities[quantity.rawValue]
    }
  }

  /// A value with what is needed to judge it.
  package struct Calibrated: Sendable {
    package var value: Double
    package var deviation: Double
    package var floor: ScoreFloor
    package var baseline: Double
    /// The value in each replicate, of averages only.
    package var replicates: [Double]

    /// Makes a calibrated value.
    package init(
      value: Double, deviation: Double, floor: ScoreFloor, baseline: Double,
      replicates: [Double] = []
    ) {
      self.value = value
      self.deviation = deviation
      self.floor = floor
      self.baseline = baseline
      self.replicates = replicates
    }
  }

  /// What was found for one real side.
  package struct Side: Sendable {
    package var pairs: [Pair]
    /// Averages over pairs, by ``PairStatistics/Quantity``.
    package var means: [Calibrated]

    /// The average of one quantity.
    package subscript(quantity: PairStatistics.Quantity) -> Calibrated { means[quantity.rawValue] }
  }

  /// How many pairs go into one matrix product.
  private static let blockSize = 24

  package func derive(
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
  package struct Block: Sendable {
    package var pairs: [Pair]
    /// Sums over the pairs of the block, for each quantity a sum for each replicate and split.
    package var replicates, splits: [[Double]]
  }

  private static func side(_ blocks: [Block]) -> Side {
    let pairs = blocks.flatMap(\.pairs)
    let count = Double(pairs.count)
    func means(_ sums: KeyPath<Block, [[Double]]>, _ quantity: Int) -> [Double] {
      var summed = blocks[0][keyPath: sums][quantity]
      for block in blocks.dropFirst() {
        for (index, addend) in block[keyPath: sums][quantity].enumerated() {
          summed[index] += addend
        }
      }
      return summed.map { $0 / count }
    }
    func moments(_ means: [Double]) -> (mean: Double, deviation: Double) {
      CalibratedBlock.moments(means, subject: 0, of: 1)
    }
    return Side(
      pairs: pairs,
      means: PairStatistics.Quantity.allCases.map { quantity in
        let split = moments(means(\.splits, quantity.rawValue))
        let replicates = means(\.replicates, quantity.rawValue)
        return Calibrated(
          value: pairs.reduce(0) { $0 + $1[quantity].value } / count,
          deviation: moments(replicates).deviation,
          floor: ScoreFloor(
            value: quantity == .squaredDistance ? 0 : split.mean, spread: split.deviation,
            method: FloorMethod.splits),
          baseline: pairs.reduce(0) { $0 + $1[quantity].baseline } / count,
          replicates: replicates)
      })
  }
}

/// The names that documents give to ways of finding what a fresh real sample gets.
package enum FloorMethod {
  /// Random halves of the real rows, brought to the sizes at hand.
  package static let splits = "size-matched-splits"
  /// A formula.
  package static let closedForm = "closed-form"
  /// Labels of the pooled rows given out anew.
  package static let relabellings = "relabellings"
}

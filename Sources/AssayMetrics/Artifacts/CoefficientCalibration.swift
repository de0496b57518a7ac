package import AssayDocument
import AssayNumerics
package import AssayTable

/// A coefficient of two columns of numbers that is known row by row.
package protocol PairCoefficient: Sendable, Hashable {
  /// What is made of a column once for all of its pairs.
  associatedtype Column: Sendable

  /// Prepares a column; values are NaN where missing.
  func column(_ values: [Double]) -> Column

  /// Measures the rows in which both columns have a value; `nil` where it is not defined.
  func measure(_ first: Column, _ second: Column, weights: [Double]) -> InfluentialCoefficient?

  /// Rows of each role that are looked at for a number of pairs, at most.
  func rowLimit(pairs: Int, preset: EvaluationPlan.Preset) -> Int
}

/// A coefficient with the influence of each of its rows.
package struct InfluentialCoefficient: Sendable {
  package var value: Double
  /// The rows that it is of.
  package var rows: [Int32]
  /// Their influences; their weighted mean is 0.
  package var influence: [Double]
}

/// A coefficient of every planned pair of columns of numbers, with replicates and splits.
///
/// What a replicate gets is the coefficient and the mean influence of the rows that it draws: one
/// matrix product for all replicates, whatever the coefficient costs.
package struct CoefficientCalibration<Coefficient: PairCoefficient>: Artifact {
  package typealias Frame = ReferenceFrame

  package var coefficient: Coefficient

  /// How many pairs go into one matrix product of draws.
  private static var blockSize: Int { 24 }

  /// What was found.
  package struct Found: Sendable {
    package var sides: [Against: CorrelationCalibration.Side]
    /// Rows that were looked at, by role.
    package var rows: [TableRole: Int]
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found {
    let columns = CorrelationCalibration.columns(frame)
    let pairs = CorrelationCalibration.pairs(columns.count, plan: workspace.plan)
    guard !pairs.isEmpty else { return Found(sides: [:], rows: [:]) }
    let calibrator = try await Calibrator(workspace)
    let limit = coefficient.rowLimit(pairs: pairs.count, preset: workspace.plan.preset)
    var samples: [TableRole: SampledNumbers] = [:]
    var prepared: [TableRole: [Coefficient.Column]] = [:]
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      let sample = try await workspace.value(of: NumberSample(role: role, limit: limit))
      samples[role] = sample
      prepared[role] = try parallelMap(columns.count, threads: workspace.threads) {
        coefficient.column(sample.values[$0])
      }
    }
    let (sources, made) = (samples, prepared)
    let size = Self.blockSize
    let blocks = try parallelMap((pairs.count + size - 1) / size, threads: workspace.threads) {
      block throws(MetricError) -> Block in
      let range = block * size..<min(pairs.count, (block + 1) * size)
      return Block(
        coefficient: coefficient, pairs: Array(pairs[range]), samples: sources, columns: made,
        calibrator: calibrator)
    }
    var sides: [Against: CorrelationCalibration.Side] = [:]
    for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)]
    where frame.rowCount(role) != nil {
      var side = SideSums()
      for (index, pair) in pairs.enumerated() {
        let block = blocks[index / size]
        guard let calibrated = block.calibrated[against] else { continue }
        side.add(
          .init(block: calibrated, subject: index % size), real: block.exact[index % size][role],
          synthetic: block.exact[index % size][.synthetic],
          columns: [columns[pair.first], columns[pair.second]])
      }
      sides[against] = side.side
    }
    return Found(sides: sides, rows: samples.mapValues(\.count))
  }

  /// A few pairs that are calibrated together.
  private struct Block: Sendable {
    /// For each pair by role.
    var exact: [[TableRole: ExactCorrelation]]
    var calibrated: [Against: CalibratedBlock] = [:]

    init(
      coefficient: Coefficient, pairs: [(first: Int, second: Int)],
      samples: [TableRole: SampledNumbers], columns: [TableRole: [Coefficient.Column]],
      calibrator: Calibrator
    ) {
      exact = pairs.map { _ in [:] }
      var sums: [TableRole: [Float]] = [:]
      for (role, sample) in samples {
        guard let columns = columns[role] else { continue }
        var own = [Float](repeating: 0, count: 2 * pairs.count * (sample.offsets.count - 1))
        for (index, pair) in pairs.enumerated() {
          let found = coefficient.measure(
            columns[pair.first], columns[pair.second], weights: sample.weights)
          exact[index][role] = ExactCorrelation(
            value: found?.value, count: found?.rows.count ?? 0)
          Self.add(found, sample, index: index, of: pairs.count, to: &own)
        }
        sums[role] = own
      }
      calibrated = calibrator.calibrate(
        GroupedCounts(
          cells: 2 * pairs.count, training: sums[.training] ?? [],
          synthetic: sums[.synthetic] ?? [], holdout: sums[.holdout] ?? []),
        Self.statistic(pairs.count), sampled: samples.mapValues(\.effectiveCount))
    }

    /// Adds up weights and what the coefficient would be by each row, group by group.
    private static func add(
      _ found: InfluentialCoefficient?, _ sample: SampledNumbers, index: Int, of pairs: Int,
      to sums: inout [Float]
    ) {
      guard let found else {
        // No relation: every row says 0.
        for group in 0..<sample.offsets.count - 1 {
          sums[2 * (group * pairs + index)] = Float(
            sample.offsets[group + 1] - sample.offsets[group])
        }
        return
      }
      let groups = sample.offsets.count - 1
      var totals = [SIMD2<Double>](repeating: .zero, count: groups)
      var rowGroup = [Int32](repeating: 0, count: sample.count)
      for group in 0..<groups {
        for row in sample.offsets[group]..<sample.offsets[group + 1] {
          rowGroup[row] = Int32(group)
        }
      }
      for (place, row) in found.rows.enumerated() {
        let weight = sample.weights.isEmpty ? 1 : sample.weights[Int(row)]
        totals[Int(rowGroup[Int(row)])] +=
          SIMD2(weight, weight * (found.value + found.influence[place]))
      }
      for group in 0..<groups {
        sums[2 * (group * pairs + index)] = Float(totals[group][0])
        sums[2 * (group * pairs + index) + 1] = Float(totals[group][1])
      }
    }

    /// The absolute difference of the mean coefficient by row, for each pair.
    private static func statistic(_ pairs: Int) -> TwoSampleStatistic {
      TwoSampleStatistic(subjects: pairs) { real, synthetic, out in
        func mean(_ sums: Span<Float>, _ pair: Int) -> Double {
          let weight = Double(sums[2 * pair])
          return weight > 0 ? Double(sums[2 * pair + 1]) / weight : 0
        }
        for pair in 0..<pairs { out[pair] = abs(mean(real, pair) - mean(synthetic, pair)) }
      }
    }
  }
}

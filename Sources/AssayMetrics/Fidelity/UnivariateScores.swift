package import AssayDocument
import AssayNumerics
package import AssayTable

/// Makes the scores of a distance over single columns, and of the table, from shared calibrations.
package struct UnivariateScores {
  /// What a metric adds to the shared calibration of one column.
  package struct Entry {
    /// The exact value; `nil` takes the calibration's own.
    package var value: Double?
    /// What a fresh real sample gets by formula, where the formula's assumptions hold.
    package var closedForm: (mean: Double, deviation: Double?)?
    /// What samples that were drawn from the real values get.
    package var drawn: (mean: Double, deviation: Double)?
    /// Values of the calibration are divided by this.
    package var scale = 1.0
    /// What splits show is multiplied by this: where only rows with a value count, fewer do.
    package var floorScale = 1.0
    /// The statistic of holdout against training.
    package var reference: Double?
    /// The test.
    package var test: TestResult?
    /// Whatever else there is to say.
    package var details: [String: DetailValue] = [:]
    /// Why the column has no value on the real side.
    package var undefined: String?
  }

  package let descriptor: MetricDescriptor
  package let subject: CellStatistics.Subject
  package let workspace: Workspace<ReferenceFrame>
  /// The columns that the metric reads.
  package let columns: [Int]
  /// Where there are more columns, only this many are listed, by evidence; `nil` for all.
  package var listed: Int?

  /// By how much splits of the rows with a value show more than splits of all rows.
  package static func presentScale(
    real: (present: Int, rows: Int?), synthetic: (present: Int, rows: Int?)
  )
    -> Double
  {
    guard let n = real.rows, let m = synthetic.rows, real.present > 0, synthetic.present > 0 else {
      return 1
    }
    let present = 1 / Double(real.present) + 1 / Double(synthetic.present)
    return (present / (1 / Double(n) + 1 / Double(m))).squareRoot()
  }

  /// The result over all columns and real sides.
  package func result(
    facet: String?,
    entry: (Int, Against, UnivariateCalibration.Column) async throws(MetricError) -> Entry
  ) async throws(MetricError) -> MetricResult {
    let frame = workspace.frame
    let found = try await workspace.value(of: UnivariateCalibration())
    var scores: [Score] = []
    var facets: [FacetResult] = []
    var unlisted = 0
    for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)] {
      guard let n = frame.rowCount(role) else { continue }
      var total = Total()
      var counts = RowCounts(synthetic: frame.rowCount(.synthetic))
      if role == .training { counts.training = n } else { counts.holdout = n }
      var sideScores: [Score] = []
      for column in columns {
        guard let calibration = found[column], let fit = frame.fits[column] else { continue }
        let added = try await entry(column, against, calibration)
        var score = Score(
          metric: descriptor.id, dimension: descriptor.dimension, against: against,
          subject: Subject(columns: [frame.schema.columns[column].name]),
          outcome: .measured(0), unit: descriptor.unit, reference: added.reference,
          test: added.test, n: counts, details: added.details)
        if let reason = added.undefined {
          score.outcome = .notApplicable(reason: reason)
          sideScores.append(score)
          continue
        }
        let anchor = baseline(column, fit: fit, role: role, calibration, scale: added.scale)
        score.baseline = ScoreBaseline(value: anchor, method: "uniform-values")
        if let reason = frame.unfit[column] {
          // All that is there on the real side is lacking, which can be further than the anchor.
          let lacking = subject.isOverCells ? 1 - (calibration.shares[role]?.last ?? 0) : 0
          let value = max(anchor, lacking)
          score.outcome = .measured(value)
          score.bounds = ScoreBounds(counted: value, level: workspace.plan.level)
          score.details["unfit"] = .string(reason)
          total.addUnfit(value, anchor: anchor, column: column)
        } else if let block = calibration.blocks[against] {
          try fill(&score, block, added)
          total.add(score, block, index: subject.rawValue, scale: added.scale, column: column)
        }
        sideScores.append(score)
      }
      try adjust(&sideScores, against: against)
      var whole = try table(total, against: against, counts: counts)
      unlisted += ColumnListing.limit(&sideScores, of: &whole, to: listed)
      scores.append(whole)
      scores += sideScores
      if let facet, let result = total.facet(facet, against: against, frame: frame) {
        facets.append(result)
      }
    }
    return MetricResult(scores: scores, facets: facets, unlisted: unlisted)
  }

  private func baseline(
    _ column: Int, fit: ColumnFit, role: TableRole, _ calibration: UnivariateCalibration.Column,
    scale: Double
  ) -> Double {
    let statistic = CellStatistics.univariate(fit)
    let isWhole = workspace.frame.schema.columns[column].kind == .integer
    var uniform = UniformCells.counts(fit, isWhole: isWhole)
    let real = (calibration.fineCounts[role] ?? []).map { Float($0) }
    guard real.count == uniform.count, !real.isEmpty else { return 0 }
    if subject.dependsOnSizes, let rows = workspace.frame.rowCount(.synthetic) {
      for cell in uniform.indices { uniform[cell] *= Float(rows) / 1e6 }
    }
    var out = [Double](repeating: 0, count: statistic.subjects)
    var span = out.mutableSpan
    statistic.evaluate(real.span, uniform.span, &span)
    return out[subject.rawValue] / scale
  }

  private func fill(
    _ score: inout Score, _ block: CalibratedBlock, _ added: Entry
  ) throws(MetricError) {
    let index = subject.rawValue
    let value = added.value ?? block.values[index] / added.scale
    let split = block.splitFloor(index)
    let present = subject.isSquared ? added.floorScale * added.floorScale : added.floorScale
    let floor = ScoreFloor(
      value: added.closedForm?.mean ?? added.drawn?.mean ?? split.mean * present / added.scale,
      spread: added.closedForm?.deviation ?? added.drawn?.deviation ?? split.deviation * present
        / added.scale,
      method: added.closedForm != nil
        ? FloorMethod.closedForm : added.drawn != nil ? "drawn-samples" : FloorMethod.splits)
    let deviation = block.deviation(index) / added.scale
    score.outcome = .measured(value)
    score.floor = floor
    score.interval = try TwoBound.interval(
      value: value, deviation: deviation, floor: floor.value, level: workspace.plan.level,
      upperLimit: descriptor.upperLimit)
    score.bounds = try TwoBound.bounds(
      value: value, deviation: deviation, floor: floor.value, level: workspace.plan.level,
      upperLimit: descriptor.upperLimit)
  }

  private func adjust(_ scores: inout [Score], against: Against) throws(MetricError) {
    let tested = scores.indices.filter { scores[$0].test != nil }
    let pValues = tested.compactMap { scores[$0].test?.pValue }
    let adjusted: [Double]
    do throws(NumericsError) {
      adjusted = try holmAdjustedPValues(pValues.span)
    } catch {
      throw MetricError(error)
    }
    for (index, value) in zip(tested, adjusted) {
      scores[index].test?.adjusted = value
      scores[index].test?.family =
        "columns of \(descriptor.id) against \(against.rawValue), Holm"
    }
  }

  private func table(
    _ total: Total, against: Against, counts: RowCounts
  ) throws(MetricError) -> Score {
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against,
      outcome: .notApplicable(reason: "no column that this metric reads"),
      unit: descriptor.unit, n: counts)
    guard let value = total.value, let baseline = total.baseline else { return score }
    score.outcome = .measured(value)
    score.baseline = ScoreBaseline(value: baseline, method: "uniform-values")
    score.details["columns"] = .integer(total.count)
    score.details["worst"] = .strings(
      total.worst.map { [workspace.frame.schema.columns[$0].name] } ?? [])
    guard let floor = total.floor else {
      score.bounds = ScoreBounds(counted: value, level: workspace.plan.level)
      return score
    }
    score.floor = floor
    score.interval = try TwoBound.interval(
      value: value, deviation: total.deviation, floor: floor.value,
      level: workspace.plan.level, upperLimit: descriptor.upperLimit)
    score.bounds = try TwoBound.bounds(
      value: value, deviation: total.deviation, floor: floor.value,
      level: workspace.plan.level, upperLimit: descriptor.upperLimit)
    return score
  }
}

extension UnivariateScores {
  /// Averages over columns, with the replicates that columns share.
  package struct Total {
    private(set) var count = 0
    private var sum = 0.0
    private var floorSum = 0.0
    private var floorMethods: Set<String> = []
    private var baselineSum = 0.0
    private var replicates: [Double] = []
    private var splits: [Double] = []
    private var worstExcess = -Double.infinity
    private(set) var worst: Int?

    package var value: Double? { count > 0 ? sum / Double(count) : nil }
    package var baseline: Double? { count > 0 ? baselineSum / Double(count) : nil }
    package var deviation: Double {
      CalibratedBlock.moments(means(replicates), subject: 0, of: 1).deviation
    }

    package var floor: ScoreFloor? {
      guard count > 0, !splits.isEmpty else { return nil }
      let spread = CalibratedBlock.moments(means(splits), subject: 0, of: 1).deviation
      return ScoreFloor(
        value: floorSum / Double(count), spread: spread,
        method: floorMethods.sorted().joined(separator: " and "))
    }

    private func means(_ sums: [Double]) -> [Double] { sums.map { $0 / Double(count) } }

    package mutating func addUnfit(_ value: Double, anchor: Double, column: Int) {
      count += 1
      sum += value
      baselineSum += anchor
      note(excess: 1, column: column)
    }

    package mutating func add(
      _ score: Score, _ block: CalibratedBlock, index: Int, scale: Double, column: Int
    ) {
      guard let value = score.value, let floor = score.floor, let anchor = score.baseline else {
        return
      }
      count += 1
      sum += value
      floorSum += floor.value
      floorMethods.insert(floor.method)
      baselineSum += anchor.value
      Self.add(block.replicates, of: block.subjects, index: index, scale: scale, to: &replicates)
      Self.add(block.splits, of: block.subjects, index: index, scale: scale, to: &splits)
      note(excess: value - floor.value, column: column)
    }

    private static func add(
      _ matrix: [Double], of subjects: Int, index: Int, scale: Double, to sums: inout [Double]
    ) {
      let rows = matrix.count / max(subjects, 1)
      if sums.isEmpty { sums = [Double](repeating: 0, count: rows) }
      for row in 0..<rows { sums[row] += matrix[row * subjects + index] / scale }
    }

    private mutating func note(excess: Double, column: Int) {
      if excess > worstExcess {
        worstExcess = excess
        worst = column
      }
    }

    package func facet(_ name: String, against: Against, frame: ReferenceFrame) -> FacetResult? {
      guard let value, let floor, let baseline else { return nil }
      return FacetResult(
        facet: name, against: against, value: value, floor: floor,
        baseline: ScoreBaseline(value: baseline, method: "uniform-values"),
        deviation: deviation, replicates: means(replicates), subjects: count,
        worst: worst.map { [frame.schema.columns[$0].name] } ?? [])
    }
  }
}

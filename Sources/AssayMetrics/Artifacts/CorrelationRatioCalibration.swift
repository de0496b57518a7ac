package import AssayDocument
import AssayNumerics
package import AssayTable

/// The bias-corrected correlation ratio of every planned pair of a number and a column of levels.
package struct CorrelationRatioCalibration: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  /// What was found.
  package struct Found: Sendable {
    package var sides: [Against: CorrelationCalibration.Side]
    /// How many pairs there are in all.
    package var possible: Int
  }

  /// Pairs of a number with columns of levels, as schema positions.
  private struct Group: Sendable {
    var number: Int
    /// The positions of the columns of levels among the columns that can be paired.
    var levels: [Int]
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found {
    let paired = PairPlan.columns(frame)
    let levels = paired.indices.filter { frame.fits[paired[$0]]?.nominal != nil }
    let numbers = CorrelationCalibration.columns(frame)
    let possible = numbers.count * levels.count
    let groups = Self.plan(numbers, levels, plan: workspace.plan)
    guard possible > 0 else { return Found(sides: [:], possible: 0) }
    let calibrator = try await Calibrator(workspace)
    var codes: [TableRole: OrderedCodes] = [:]
    var orders: [TableRole: [Int32]] = [:]
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      codes[role] = try await workspace.value(of: PairCodes(source: .role(role)))
      orders[role] = try await workspace.value(of: Shards(role: role)).order
    }
    let (ordered, rows) = (codes, orders)
    let blocks = try parallelMap(groups.count, threads: workspace.threads) {
      index throws(MetricError) -> Block in
      var values: [TableRole: [Double]] = [:]
      for (role, order) in rows {
        values[role] = Self.standardised(groups[index].number, role, order, frame)
      }
      return Block(
        levels: groups[index].levels,
        cells: groups[index].levels.map { frame.fits[paired[$0]]?.pairCells.count ?? 1 },
        values: values, codes: ordered, calibrator: calibrator)
    }
    var sides: [Against: CorrelationCalibration.Side] = [:]
    for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)]
    where frame.rowCount(role) != nil {
      var side = SideSums()
      for (group, block) in zip(groups, blocks) {
        guard let calibrated = block.calibrated[against] else { continue }
        for (index, level) in group.levels.enumerated() {
          side.add(
            .init(block: calibrated, subject: index), real: block.exact[index][role],
            synthetic: block.exact[index][.synthetic],
            columns: [group.number, paired[level]].sorted())
        }
      }
      sides[against] = side.side
    }
    return Found(sides: sides, possible: possible)
  }

  /// Every pair, or a seeded choice of as many as the plan allows.
  private static func plan(_ numbers: [Int], _ levels: [Int], plan: EvaluationPlan) -> [Group] {
    var pairs = numbers.flatMap { number in levels.map { (number: number, level: $0) } }
    if let limit = plan.pairLimit, pairs.count > limit {
      var stream = RandomStream(seed: plan.seed, name: "number-level-pairs")
      stream.shuffle(&pairs)
      pairs = pairs.prefix(limit).sorted { ($0.number, $0.level) < ($1.number, $1.level) }
    }
    var chosen: [Int: [Int]] = [:]
    for pair in pairs { chosen[pair.number, default: []].append(pair.level) }
    return numbers.compactMap { number in
      chosen[number].map { Group(number: number, levels: $0) }
    }
  }

  /// The numbers of a role in the order of its groups, NaN where missing, by the mean and deviation
  /// of training; those of the synthetic rows, which may be far away, by their own.
  private static func standardised(
    _ column: Int, _ role: TableRole, _ order: [Int32], _ frame: ReferenceFrame
  ) -> [Double] {
    guard let values = frame.table(role)?.columns[column].numeric,
      let fit = frame.fits[column]?.numeric
    else { return order.map { _ in .nan } }
    var centre = fit.mean
    var deviation = fit.standardDeviation
    if role == .synthetic {
      let present = values.presentValues
      // Both throw for columns without enough values, which no pair uses.
      centre = (try? mean(present.span)) ?? 0
      deviation = (try? variance(present.span).squareRoot()) ?? 1
    }
    let scale = deviation > 0 && deviation.isFinite ? 1 / deviation : 1
    return order.map { row in values[Int(row)].map { ($0 - centre) * scale } ?? .nan }
  }

  /// A number with all of its columns of levels, calibrated together.
  private struct Block: Sendable {
    /// For each column of levels by role.
    var exact: [[TableRole: ExactCorrelation]]
    var calibrated: [Against: CalibratedBlock] = [:]

    init(
      levels: [Int], cells: [Int], values: [TableRole: [Double]],
      codes: [TableRole: OrderedCodes], calibrator: Calibrator
    ) {
      var shapes: [CategorySums.Shape] = []
      var width = 0
      for count in cells {
        shapes.append(CategorySums.Shape(start: width, cells: count))
        width += 2 * count + 1
      }
      exact = shapes.map { _ in [:] }
      var grouped: [TableRole: [Float]] = [:]
      for (role, numbers) in values {
        guard let codes = codes[role] else { continue }
        let groups = codes.offsets.count - 1
        var sums = [Double](repeating: 0, count: groups * width)
        for (index, shape) in shapes.enumerated() {
          let own = codes.codes[levels[index]]
          for group in 0..<groups {
            CategorySums.add(
              numbers.span, own.span, codes.weights.span,
              codes.offsets[group]..<codes.offsets[group + 1], shape, at: group * width, to: &sums)
          }
        }
        var totals = [Double](repeating: 0, count: width)
        for group in 0..<groups {
          for cell in 0..<width { totals[cell] += sums[group * width + cell] }
        }
        for (index, shape) in shapes.enumerated() {
          let count = (shape.start..<shape.start + shape.cells).reduce(0) { $0 + totals[$1] }
          exact[index][role] = ExactCorrelation(
            value: CategorySums.ratio(shape) { totals[$0] }, count: Int(count.rounded()))
        }
        grouped[role] = sums.map { Float($0) }
      }
      calibrated = calibrator.calibrate(
        GroupedCounts(
          cells: width, training: grouped[.training] ?? [], synthetic: grouped[.synthetic] ?? [],
          holdout: grouped[.holdout] ?? []), CategorySums.statistic(shapes))
    }
  }
}

import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// The means of every number by every column of levels, with replicates and splits.
struct GroupMeanCalibration: Artifact {
  typealias Frame = ReferenceFrame

  /// One pair of a number and a column of levels.
  struct Pair: Sendable {
    /// Schema positions: the number, then the levels.
    var number, levels: Int
    var block: CalibratedBlock
    var subject: Int
    var anchor: Double
  }

  /// What was found for one real side.
  struct Side: Sendable {
    var pairs: [Pair]
  }

  /// What was found.
  struct Found: Sendable {
    var sides: [Against: Side]
    var possible: Int
  }

  /// Synthetic numbers count at most so many training deviations from the training mean: a few that
  /// are far away would decide every mean.
  static let reach = 20.0
  /// Pairs that are looked at, at most.
  static let pairLimit = 400

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found {
    let paired = PairPlan.columns(frame)
    let levels = paired.indices.filter { frame.fits[paired[$0]]?.nominal != nil }
    let numbers = paired.filter { column in
      guard let fit = frame.fits[column]?.numeric else { return false }
      return fit.varies && fit.standardDeviation > 0 && fit.standardDeviation.isFinite
        && frame.schema.columns[column].kind != .datetime && frame.unfit[column] == nil
    }
    let possible = numbers.count * levels.count
    guard possible > 0 else { return Found(sides: [:], possible: 0) }
    var pairs = numbers.flatMap { number in levels.map { (number: number, level: $0) } }
    let limit = min(Self.pairLimit, workspace.plan.pairLimit ?? .max)
    if pairs.count > limit {
      let name = { (column: Int) in frame.schema.columns[column].name }
      // By name first, so that the choice does not depend on the order of columns.
      pairs.sort {
        (name($0.number), name(paired[$0.level])) < (name($1.number), name(paired[$1.level]))
      }
      var stream = RandomStream(seed: workspace.plan.seed, name: "group-means")
      stream.shuffle(&pairs)
      pairs = Array(pairs.prefix(limit))
    }
    var chosen: [Int: [Int]] = [:]
    for pair in pairs { chosen[pair.number, default: []].append(pair.level) }
    let groups = numbers.compactMap { number in
      chosen[number].map { (number: number, levels: $0.sorted()) }
    }
    let calibrator = try await Calibrator(workspace)
    var codes: [TableRole: OrderedCodes] = [:]
    var orders: [TableRole: [Int32]] = [:]
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      codes[role] = try await workspace.value(of: PairCodes(source: .role(role)))
      orders[role] = try await workspace.value(of: Shards(role: role)).order
    }
    let (ordered, rows) = (codes, orders)
    let blocks = try parallelMap(groups.count, threads: workspace.threads) {
      index throws(MetricError) -> [Against: [Pair]] in
      Self.block(
        groups[index].number, groups[index].levels, paired, frame, ordered, rows, calibrator)
    }
    var sides: [Against: Side] = [:]
    for against in [Against.training, .holdout] {
      let own = blocks.flatMap { $0[against] ?? [] }
      if !own.isEmpty { sides[against] = Side(pairs: own) }
    }
    return Found(sides: sides, possible: possible)
  }

  /// A number with all of its columns of levels: a count and a sum for each cell.
  private static func block(
    _ number: Int, _ levels: [Int], _ paired: [Int], _ frame: ReferenceFrame,
    _ codes: [TableRole: OrderedCodes], _ orders: [TableRole: [Int32]], _ calibrator: Calibrator
  ) -> [Against: [Pair]] {
    var starts = [0]
    for level in levels {
      starts.append(
        starts[starts.count - 1] + 2 * (frame.fits[paired[level]]?.pairCells.count ?? 1))
    }
    let width = starts[starts.count - 1]
    var counts = GroupedCounts(cells: width, training: [], synthetic: [], holdout: [])
    var totals: [TableRole: [Double]] = [:]
    for role in TableRole.allCases {
      guard let order = orders[role], let own = codes[role] else { continue }
      let values = standardised(number, role, order, frame)
      let shards = own.offsets.count - 1
      var sums = [Double](repeating: 0, count: shards * width)
      for shard in 0..<shards {
        for (index, level) in levels.enumerated() {
          let cells = own.codes[level]
          for row in own.offsets[shard]..<own.offsets[shard + 1] where !values[row].isNaN {
            let weight = own.weights.isEmpty ? 1 : Double(own.weights[row])
            let cell = shard * width + starts[index] + 2 * Int(cells[row])
            sums[cell] += weight
            sums[cell + 1] += weight * values[row]
          }
        }
      }
      // Values are of the totals in double precision: those of groups, in single precision, depend on
      // which rows share a group.
      totals[role] = total(sums, cells: width)
      let floats = sums.map { Float($0) }
      switch role {
      case .training: counts.training = floats
      case .synthetic: counts.synthetic = floats
      case .holdout: counts.holdout = floats
      }
    }
    let places = starts
    let blocks = calibrator.calibrate(
      counts,
      TwoSampleStatistic(subjects: levels.count) { real, synthetic, out in
        for index in 0..<places.count - 1 {
          out[index] = GroupMeans.distance(
            real, synthetic, places[index]..<places[index + 1])
        }
      })
    var found: [Against: [Pair]] = [:]
    let made = totals[.synthetic] ?? [Double](repeating: 0, count: width)
    for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)] {
      guard var block = blocks[against], let own = totals[role] else { continue }
      for index in levels.indices {
        block.values[index] = GroupMeans.distance(
          own.span, made.span, places[index]..<places[index + 1])
      }
      found[against] = levels.indices.map { index in
        Pair(
          number: number, levels: paired[levels[index]], block: block, subject: index,
          anchor: GroupMeans.spread(own.span, places[index]..<places[index + 1]))
      }
    }
    return found
  }

  /// The sums of all groups, which are row-major.
  private static func total(_ sums: [Double], cells: Int) -> [Double] {
    var total = [Double](repeating: 0, count: cells)
    for position in sums.indices { total[position % cells] += sums[position] }
    return total
  }

  /// The numbers of a role in the order of its groups of resampling, in training deviations from
  /// the training mean; NaN where missing.
  private static func standardised(
    _ column: Int, _ role: TableRole, _ order: [Int32], _ frame: ReferenceFrame
  ) -> [Double] {
    guard let values = frame.table(role)?.columns[column].numeric,
      let fit = frame.fits[column]?.numeric
    else { return order.map { _ in .nan } }
    return order.map { row in
      values[Int(row)].map { value in
        let scaled = (value - fit.mean) / fit.standardDeviation
        return scaled.isNaN ? .nan : min(max(scaled, -reach), reach)
      } ?? .nan
    }
  }
}

/// Means within cells, from a count and a sum for each.
enum GroupMeans {
  /// The mean difference of the means over cells, each by its real share; where the synthetic side
  /// lacks a cell, its mean over all rows stands for it.
  static func distance<Sum: BinaryFloatingPoint>(
    _ real: Span<Sum>, _ synthetic: Span<Sum>, _ range: Range<Int>
  ) -> Double {
    var n = 0.0
    var m = 0.0
    var sum = 0.0
    for cell in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
      n += Double(real[cell])
      m += Double(synthetic[cell])
      sum += Double(synthetic[cell + 1])
    }
    guard n > 0, m > 0 else { return 0 }
    let overall = sum / m
    var distance = 0.0
    for cell in stride(from: range.lowerBound, to: range.upperBound, by: 2) where real[cell] > 0 {
      let own = Double(real[cell + 1]) / Double(real[cell])
      let other =
        synthetic[cell] > 0 ? Double(synthetic[cell + 1]) / Double(synthetic[cell]) : overall
      distance += Double(real[cell]) / n * abs(own - other)
    }
    return distance
  }

  /// The same where every cell has the mean of all rows: what shuffled columns get.
  static func spread(_ real: Span<Double>, _ range: Range<Int>) -> Double {
    var n = 0.0
    var sum = 0.0
    for cell in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
      n += real[cell]
      sum += real[cell + 1]
    }
    guard n > 0 else { return 0 }
    let overall = sum / n
    var distance = 0.0
    for cell in stride(from: range.lowerBound, to: range.upperBound, by: 2) where real[cell] > 0 {
      distance +=
        real[cell] / n * abs(real[cell + 1] / real[cell] - overall)
    }
    return distance
  }
}

import AssayDocument
import AssayNumerics
import AssayTable

/// The closest training and holdout rows of synthetic rows, in the frame that treats both alike.
struct ClosestRecords: Artifact {
  typealias Frame = ExchangeableFrame

  /// What was found; distances are means over features, 0 to 1.
  struct Found: Sendable {
    var syntheticToTraining: [Double]
    var syntheticToHoldout: [Double]?
    var holdoutToTraining: [Double]?
    /// Synthetic rows whose closest pooled row is each row, training rows first, ties split.
    var weights: [Double]?
    /// Where each synthetic row that was searched for goes.
    var attracted: AttractedRows?
    var trainingRows: Int
    var syntheticRows: Int
    var features: Int
  }

  func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> Found? {
    let columns = frame.schema.featureIndices.filter { frame.unfit[$0] == nil }
    guard !columns.isEmpty, let training = frame.table(.training) else { return nil }
    let space = try MixedSpace(frame, columns: columns, threads: workspace.threads)
    let rows = Self.sample(frame.synthetic.rowCount, workspace.plan)
    let queries = try space.points(frame.synthetic, rows: rows)
    let base = try space.points(training, rows: nil)
    var others: MixedPoints?
    var probes: MixedPoints?
    if let holdout = frame.table(.holdout) {
      others = try space.points(holdout, rows: nil)
      probes = try space.points(holdout, rows: Self.sample(holdout.rowCount, workspace.plan))
    }
    let scale = 1 / Double(columns.count)
    let threads = workspace.threads
    do throws(NumericsError) {
      let near = try nearest(queries: queries, base: base, threads: threads)
      var value = Found(
        syntheticToTraining: near.distances.map { $0 * scale }, trainingRows: training.rowCount,
        syntheticRows: frame.synthetic.rowCount, features: columns.count)
      guard let others, let probes else { return value }
      let far = try nearest(queries: queries, base: others, threads: threads)
      value.syntheticToHoldout = far.distances.map { $0 * scale }
      let attracted = AttractedRows(near, far, training: training.rowCount)
      value.weights = attracted.weights(training.rowCount + others.count)
      value.attracted = attracted
      let reference = try nearest(queries: probes, base: base, threads: threads)
      value.holdoutToTraining = reference.distances.map { $0 * scale }
      return value
    } catch {
      throw MetricError(error)
    }
  }

  /// The rows that are searched for: all, or a seeded choice of as many as the plan allows.
  private static func sample(_ count: Int, _ plan: EvaluationPlan) -> [Int]? {
    guard let limit = plan.neighbourSample, count > limit else { return nil }
    var stream = RandomStream(seed: plan.seed, name: "neighbours", String(count))
    var rows = Array(0..<count)
    stream.shuffle(&rows)
    return rows.prefix(limit).sorted()
  }
}

/// Rows as points of the rank-Gower space of the pooled real rows.
struct MixedSpace {
  private let columns: [Int]
  private let scales: [RankScale?]
  private let threads: Int

  init(
    _ frame: ExchangeableFrame, columns: [Int], threads: Int
  ) throws(MetricError) {
    self.columns = columns
    self.threads = threads
    scales = try parallelMap(columns.count, threads: threads) {
      index throws(MetricError) -> RankScale? in
      var pooled: [Double] = []
      for side in frame.pool(columns[index]) {
        guard let values = side.numeric else { return nil }
        pooled += values.presentValues
      }
      guard !pooled.isEmpty else { return nil }
      do throws(NumericsError) {
        return try RankScale(sorted: sortedCopy(pooled.span).span)
      } catch {
        throw MetricError(error)
      }
    }
  }

  /// The rows of a table, or some of them.
  func points(_ table: AlignedTable, rows: [Int]?) throws(MetricError) -> MixedPoints {
    MixedPoints(
      try parallelMap(columns.count, threads: threads) { index in
        switch table.columns[columns[index]] {
        case .nominal(let codes):
          return .nominal(codes: rows.map { $0.map { codes[$0] } } ?? codes)
        case .numeric(let values):
          return numeric(values, scale: scales[index], rows: rows)
        case .bytes(let values):
          return .nominal(codes: [Int32](repeating: 0, count: rows?.count ?? values.count))
        }
      })
  }

  private func numeric(
    _ values: NumericValues, scale: RankScale?, rows: [Int]?
  ) -> MixedDimension {
    let count = rows?.count ?? values.count
    var positions = [Double](repeating: 0, count: count)
    var missing = [Bool](repeating: false, count: count)
    var present: [Double] = []
    var places: [Int32] = []
    present.reserveCapacity(count)
    places.reserveCapacity(count)
    for index in 0..<count {
      if let value = values[rows?[index] ?? index] {
        present.append(value)
        places.append(Int32(index))
      } else {
        missing[index] = true
      }
    }
    // In ascending order each search of the scale ends beside the one before, in near memory.
    for entry in sortPermutation(present.span) {
      let index = Int(entry)
      positions[Int(places[index])] = scale?.position(of: present[index]) ?? 0
    }
    return .numeric(positions: positions, isMissing: values.validity == nil ? [] : missing)
  }
}

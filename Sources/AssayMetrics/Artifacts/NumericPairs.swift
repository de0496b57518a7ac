import AssayDocument
import AssayNumerics
import AssayTable

/// A correlation of two columns of numbers.
enum CorrelationKind: Sendable, Hashable {
  /// Of the values.
  case pearson
  /// Of the mid-ranks.
  case spearman
}

/// The values or ranks of one role's columns of numbers, ready for sums over groups of rows.
struct PreparedColumns: Sendable {
  /// Standardised values or ranks in the order of the groups, 0 where missing.
  var ordered: [[Float]]
  /// 1 where present, 0 where missing; empty where nothing is missing.
  var present: [[Float]]
  /// Where each group starts.
  var offsets: [Int]
}

/// Prepares the columns of numbers of one role.
struct CorrelationColumns: Artifact {
  typealias Frame = ReferenceFrame

  var kind: CorrelationKind
  var role: TableRole

  /// Features of numbers whose training values vary.
  static func columns(_ frame: ReferenceFrame) -> [Int] {
    frame.schema.featureIndices.filter {
      frame.fits[$0]?.numeric?.varies == true
    }
  }

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> PreparedColumns {
    guard let table = frame.table(role) else {
      throw MetricError(code: "role.absent", message: "there is no \(role.rawValue) table")
    }
    let layout = try await workspace.value(of: Shards(role: role))
    let columns = Self.columns(frame)
    let kind = self.kind
    let sources = try await workspace.value(of: IndexedColumns(kind: kind, role: role))
    let prepared = try parallelMap(columns.count, threads: workspace.threads) {
      index throws(MetricError) -> (values: [Float], present: [Float]) in
      guard let column = table.columns[columns[index]].numeric,
        let fit = frame.fits[columns[index]]?.numeric
      else { return ([], []) }
      let scaled = Self.scaled(sources[index], kind: kind, fit: fit)
      let values = layout.order.map { scaled[Int($0)] }
      guard let validity = column.validity else { return (values, []) }
      return (values, layout.order.map { validity[Int($0)] ? 1 : 0 })
    }
    return PreparedColumns(
      ordered: prepared.map(\.values), present: prepared.map(\.present),
      offsets: layout.offsets)
  }

  /// Values by training mean and deviation, or ranks about 0 with variance near 1.
  private static func scaled(
    _ source: CorrelationColumn, kind: CorrelationKind, fit: NumericFit
  ) -> [Float] {
    let column = source.values
    switch kind {
    case .pearson:
      let scale = fit.standardDeviation > 0 ? 1 / fit.standardDeviation : 1
      return column.values.indices.map { row in
        column[row] == nil ? 0 : Float((column.values[row] - fit.mean) * scale)
      }
    case .spearman:
      let ranks = source.paired(with: column)
      let count = Double(max(1, ranks.count))
      var next = 0
      return column.values.indices.map { row in
        guard column[row] != nil else { return 0 }
        defer { next += 1 }
        return Float(((ranks[next] - 0.5) / count - 0.5) * 12.0.squareRoot())
      }
    }
  }
}

/// The columns of numbers of one role, each sorted once.
struct IndexedColumns: Artifact {
  typealias Frame = ReferenceFrame

  var kind: CorrelationKind
  var role: TableRole

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [CorrelationColumn] {
    guard let table = frame.table(role) else {
      throw MetricError(code: "role.absent", message: "there is no \(role.rawValue) table")
    }
    let columns = CorrelationColumns.columns(frame)
    let kind = self.kind
    return try parallelMap(columns.count, threads: workspace.threads) {
      index throws(MetricError) -> CorrelationColumn in
      guard let values = table.columns[columns[index]].numeric else {
        throw MetricError(code: "column.kind", message: "the column holds no numbers")
      }
      return CorrelationColumn(values, kind: kind)
    }
  }
}

/// Correlations of every planned pair of columns of numbers, with replicates and splits.
struct CorrelationCalibration: Artifact {
  typealias Frame = ReferenceFrame

  var kind: CorrelationKind

  /// What was found for one pair and one real side.
  struct Pair: Sendable {
    var columns: [Int]
    /// The exact coefficients of the two sides; `nil` where one is not defined.
    var real, synthetic: Double?
    /// Rows with both values.
    var realCount, syntheticCount: Int
    var deviation: Double
    var splitFloor: ScoreFloor
  }

  /// What was found for one real side.
  struct Side: Sendable {
    var pairs: [Pair]
    var deviation: Double
    var spread: Double
    /// Pairs without a coefficient on the real side.
    var undefined: Int
  }

  private static let blockSize = 24

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Against: Side] {
    let columns = CorrelationColumns.columns(frame)
    let pairs = Self.pairs(columns.count, plan: workspace.plan)
    guard !pairs.isEmpty else { return [:] }
    let calibrator = try await Calibrator(workspace)
    var prepared: [TableRole: PreparedColumns] = [:]
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      prepared[role] = try await workspace.value(of: CorrelationColumns(kind: kind, role: role))
    }
    let sources = prepared
    let kind = self.kind
    let blocks = (pairs.count + Self.blockSize - 1) / Self.blockSize
    let found = try parallelMap(blocks, threads: workspace.threads) {
      block throws(MetricError) -> [Against: CalibratedBlock] in
      let range = block * Self.blockSize..<min(pairs.count, (block + 1) * Self.blockSize)
      let own = Array(pairs[range])
      let counts = GroupedCounts(
        cells: own.count * CorrelationSums.width,
        training: CorrelationSums.grouped(own, sources[.training]),
        synthetic: CorrelationSums.grouped(own, sources[.synthetic]),
        holdout: CorrelationSums.grouped(own, sources[.holdout]))
      return calibrator.calibrate(counts, CorrelationSums.statistic(own.count))
    }
    var indexed: [TableRole: [CorrelationColumn]] = [:]
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      indexed[role] = try await workspace.value(of: IndexedColumns(kind: kind, role: role))
    }
    let exactSources = indexed
    let exact = try parallelMap(pairs.count, threads: workspace.threads) {
      index throws(MetricError) -> [TableRole: ExactCorrelation] in
      exactSources.mapValues { columns in
        ExactCorrelation(columns[pairs[index].first], columns[pairs[index].second])
      }
    }
    // No other metric reads these, and they are as large as the columns.
    for role in TableRole.allCases {
      await workspace.release(IndexedColumns(kind: kind, role: role))
      await workspace.release(CorrelationColumns(kind: kind, role: role))
    }
    var sides: [Against: Side] = [:]
    for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)]
    where frame.rowCount(role) != nil {
      sides[against] = Self.side(
        found.compactMap { $0[against] }, exact: exact, pairs: pairs, columns: columns, role: role)
    }
    return sides
  }

  /// Every pair, or a seeded choice of as many as the plan allows.
  private static func pairs(
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

  private static func side(
    _ blocks: [CalibratedBlock], exact: [[TableRole: ExactCorrelation]],
    pairs: [(first: Int, second: Int)], columns: [Int], role: TableRole
  ) -> Side {
    var list: [Pair] = []
    var replicates: [Double] = []
    var splits: [Double] = []
    var undefined = 0
    var index = 0
    for block in blocks {
      for subject in 0..<block.subjects {
        defer { index += 1 }
        guard let real = exact[index][role], real.value != nil else {
          undefined += 1
          continue
        }
        let synthetic = exact[index][.synthetic]
        let floor = block.splitFloor(subject)
        list.append(
          Pair(
            columns: [columns[pairs[index].first], columns[pairs[index].second]],
            real: real.value, synthetic: synthetic?.value, realCount: real.count,
            syntheticCount: synthetic?.count ?? 0, deviation: block.deviation(subject),
            splitFloor: ScoreFloor(
              value: floor.mean, spread: floor.deviation, method: FloorMethod.splits)))
        add(block.replicates, subject, block.subjects, to: &replicates)
        add(block.splits, subject, block.subjects, to: &splits)
      }
    }
    let count = Double(max(1, list.count))
    return Side(
      pairs: list,
      deviation: CalibratedBlock.moments(replicates.map { $0 / count }, subject: 0, of: 1)
        .deviation,
      spread: CalibratedBlock.moments(splits.map { $0 / count }, subject: 0, of: 1).deviation,
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

import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Rows made from training rows, and the real rows that they would go to: what a leak is made of.
///
/// A pool of each kind is searched for once. Trials then draw from the pools, so that a trial
/// costs no search.
struct PlantedRows: Artifact {
  typealias Frame = ExchangeableFrame

  /// How a row is made from a training row.
  enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Verbatim.
    case copied = "copied-rows"
    /// With noise of a twentieth of a standard deviation on its numbers.
    case jittered = "jittered-copies"
    /// Verbatim, from the tenth of the training rows that lie furthest from any other.
    case outliers = "copied-outliers"
  }

  /// The rows of one kind.
  struct Pool: Sendable {
    /// The closest pooled real rows of each.
    var closest: AttractedRows
    /// The pooled real rows that each equals.
    var equal: AttractedRows
    /// The rows.
    var table: AlignedTable
  }

  /// The rows of a pool, at most.
  private static let size = 1_000

  func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> [Kind: Pool] {
    let columns = frame.schema.featureIndices.filter { frame.unfit[$0] == nil }
    guard !columns.isEmpty, let training = frame.table(.training), frame.table(.holdout) != nil
    else { return [:] }
    let threads = workspace.threads
    let space = try MixedSpace(frame, columns: columns, threads: threads)
    let base = space.pooled[0]
    let others = space.pooled[1]
    let equal = EqualRows(frame, columns: columns)
    var random = RandomStream(seed: workspace.plan.seed, name: "power", "pools")
    var order = Array(0..<training.rowCount)
    random.shuffle(&order)
    let chosen = Array(order.prefix(Self.size))
    let noise = RowNoise(
      schema: frame.schema, deviations: Self.deviations(frame), share: 0.05)
    do throws(NumericsError) {
      let candidates = Array(order.prefix(4 * Self.size))
      let isolation = try nearest(
        queries: try points(space, training, candidates), base: base, secondNearest: true,
        threads: threads
      ).secondDistances
      let furthest = candidates.indices.sorted {
        (isolation[$0], $1) > (isolation[$1], $0)
      }.prefix(max(1, candidates.count / 10)).map { candidates[$0] }
      var pools: [Kind: Pool] = [:]
      for kind in Kind.allCases {
        var rows = training.rows(kind == .outliers ? furthest : chosen)
        if kind == .jittered { rows = noise.applied(to: rows, &random) }
        let queries = try points(space, rows, nil)
        let near = try nearest(queries: queries, base: base, threads: threads)
        let far = try nearest(queries: queries, base: others, threads: threads)
        pools[kind] = Pool(
          closest: AttractedRows(near, far, training: training.rowCount),
          equal: equal.rows(of: rows), table: rows)
      }
      return pools
    } catch {
      throw MetricError(error)
    }
  }

  private func points(
    _ space: MixedSpace, _ table: AlignedTable, _ rows: [Int]?
  ) throws(NumericsError) -> MixedPoints {
    do throws(MetricError) {
      return try space.points(table, rows: rows)
    } catch {
      throw NumericsError(.cancelled, error.message)
    }
  }

  /// The standard deviation of each column over the pooled real rows.
  private static func deviations(_ frame: ExchangeableFrame) -> [Double] {
    frame.schema.columns.indices.map { column in
      let values = frame.pool(column).flatMap { $0.numeric?.presentValues ?? [] }
      guard values.count > 1 else { return 0 }
      // A sample of two or more has a variance.
      return (try? variance(values.span).squareRoot()) ?? 0
    }
  }
}

/// Finds the pooled real rows that equal a row in every feature.
struct EqualRows: Sendable {
  private let columns: [Int]
  private var places: [RowKeys.Key: [Int32]] = [:]

  init(_ frame: ExchangeableFrame, columns: [Int]) {
    self.columns = columns
    var next: Int32 = 0
    for role in [TableRole.training, .holdout] {
      guard let table = frame.table(role) else { continue }
      for key in RowKeys(table, columns: columns).keys {
        places[key, default: []].append(next)
        next += 1
      }
    }
  }

  /// The equals of each row of a table.
  func rows(of table: AlignedTable) -> AttractedRows {
    var found = AttractedRows()
    for key in RowKeys(table, columns: columns).keys { found.append(places[key] ?? []) }
    return found
  }
}

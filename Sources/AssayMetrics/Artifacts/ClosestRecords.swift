import AssayDocument
import AssayNumerics
package import AssayTable

/// The closest training and holdout rows of synthetic rows, in the frame that treats both alike.
package struct ClosestRecords: Artifact {
  package typealias Frame = ExchangeableFrame

  package init() {}

  /// What was found; distances are means over features, 0 to 1.
  package struct Found: Sendable {
    package var syntheticToTraining: [Double]
    package var syntheticToHoldout: [Double]?
    package var holdoutToTraining: [Double]?
    /// Synthetic rows whose closest pooled row is each row, training rows first, ties split.
    package var weights: [Double]?
    /// Where each synthetic row that was searched for goes.
    package var attracted: AttractedRows?
    package var trainingRows: Int
    package var syntheticRows: Int
    package var features: Int
    /// How good the search was, where it was approximate.
    package var approximation: ClosestApproximation?
  }

  package func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> Found? {
    let columns = frame.schema.featureIndices.filter { frame.unfit[$0] == nil }
    guard !columns.isEmpty else { return nil }
    let space = try MixedSpace(frame, columns: columns, threads: workspace.threads)
    let base = space.pooled[0]
    let scale = 1 / Double(columns.count)
    let threads = workspace.threads
    if let blocks = workspace.plan.closestBlocks {
      let queries = try space.points(frame.synthetic, rows: nil)
      let probes = space.pooled.dropFirst().first.map { others in
        Self.sample(others.count, workspace.plan).map { others.rows($0) } ?? others
      }
      do throws(NumericsError) {
        return try ApproximateClosest(
          blocks: blocks, seed: workspace.plan.seed, threads: threads, pooled: space.pooled
        ).found(queries, probes: probes, features: columns.count)
      } catch {
        throw MetricError(error)
      }
    }
    let queries = try space.points(
      frame.synthetic, rows: Self.sample(frame.synthetic.rowCount, workspace.plan))
    do throws(NumericsError) {
      let near = try nearest(queries: queries, base: base, threads: threads)
      var value = Found(
        syntheticToTraining: near.distances.map { $0 * scale }, trainingRows: base.count,
        syntheticRows: frame.synthetic.rowCount, features: columns.count)
      guard space.pooled.count > 1 else { return value }
      let others = space.pooled[1]
      let probes = Self.sample(others.count, workspace.plan).map { others.rows($0) } ?? others
      let far = try nearest(queries: queries, base: others, threads: threads)
      value.syntheticToHoldout = far.distances.map { $0 * scale }
      let attracted = AttractedRows(near, far, training: base.count)
      value.weights = attracted.weights(base.count + others.count)
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

public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// Whether synthetic rows lie closer to training rows than unseen real rows do, region by region.
///
/// ```
/// C_T = Σ_cells w · Z(cell) / Σ w      Z: Mann–Whitney of d(synthetic, training) against d(holdout, training)
/// ```
///
/// Cells are the regions of the training rows next to each of a few of them; a cell counts by its share
/// w of holdout rows, where both kinds have at least 20 rows. Given the training rows, synthetic and
/// holdout rows are exchangeable if the generator is perfect, so that each Z is about standard normal.
/// Below −3 speaks for copying, above 3 for a generator that misses the region.
///
/// - Complexity: two neighbour searches on stated samples of rows.
///
/// Source: Meehan, Chaudhuri & Dasgupta (2020), A non-parametric test to detect data-copying in
/// generative models; cells by nearest of random training rows instead of k-means.
public struct DataCopying: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.data-copying", title: "Data-copying score C_T", dimension: .privacy,
      summary: "Whether synthetic rows lie closer to training rows than unseen rows, over regions.",
      formula:
        "Σ w·Z / Σ w, Z = Mann–Whitney z of distances to training, synthetic against holdout",
      lowerLimit: -.infinity, upperLimit: nil, direction: .closerToFreshSample,
      frame: .exchangeable, anchor: .none,
      invariances: ["order of rows", "order of columns"], sees: [.copy, .jitteredCopy],
      blindTo: [],
      cannotSee: "leaks of a few rows; copying in one region that another region makes up for",
      howToRead: "Near 0 is well. Below −3 copies, above 3 misses the region of the real rows.",
      citations: [
        .init("Meehan, Chaudhuri & Dasgupta (2020), A non-parametric test to detect data-copying")
      ])
  }

  private static let cells = 10
  private static let smallest = 20

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    guard let rows = try await workspace.value(of: MembershipRows()) else {
      return absent(
        frame.table(.holdout) == nil
          ? "there is no holdout: nothing shows what unseen rows would get"
          : "no feature can be compared")
    }
    let points = try AttackPoints(frame, rows, space: .rank, threads: workspace.threads)
    let training = points.targets.rows(Array(0..<rows.members.count))
    let holdout = points.targets.rows(Array(rows.members.count..<rows.targets))
    let pivots = training.rows(Array(0..<min(Self.cells, rows.members.count)))
    do throws(NumericsError) {
      func search(_ queries: MixedPoints) throws(NumericsError) -> [(cell: Int, distance: Double)] {
        let near = try nearest(queries: queries, base: training, threads: workspace.threads)
        let cell = try nearest(1, queries: queries, base: pivots, threads: workspace.threads)
        return (0..<near.count).map { (Int(cell.rows[$0]), near.distances[$0]) }
      }
      let own = try search(points.synthetic)
      let other = try search(holdout)
      var weighted = 0.0
      var weights = 0.0
      var used = 0
      for cell in 0..<pivots.count {
        let first = own.filter { $0.cell == cell }.map(\.distance)
        let second = other.filter { $0.cell == cell }.map(\.distance)
        guard first.count >= Self.smallest, second.count >= Self.smallest else { continue }
        let area = try AreaUnderCurve(positives: first.span, negatives: second.span)
        guard area.permutationVariance > 0 else { continue }
        let weight = Double(second.count)
        weighted += weight * (area.value - 0.5) / area.permutationVariance.squareRoot()
        weights += weight
        used += 1
      }
      guard weights > 0 else { return absent("no region has enough rows of both kinds") }
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: .privacy, against: .both,
          outcome: .measured(weighted / weights),
          floor: ScoreFloor(
            value: 0, spread: 1 / Double(used).squareRoot(), method: FloorMethod.closedForm),
          n: RowCounts(
            training: rows.members.count, synthetic: rows.synthetic.count,
            holdout: rows.others.count),
          details: ["cells": .integer(used)])
      ])
    } catch {
      throw MetricError(error)
    }
  }

  private func absent(_ reason: String) -> MetricResult {
    MetricResult(scores: [
      Score(
        metric: descriptor.id, dimension: .privacy, against: .both,
        outcome: .notApplicable(reason: reason))
    ])
  }
}

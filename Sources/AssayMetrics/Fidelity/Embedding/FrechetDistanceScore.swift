public import AssayDocument
import AssayNumerics
public import AssayTable

/// The Fréchet distance of embedded synthetic and real rows as if both were normal ('FID').
///
/// ```
/// ‖μ − ν‖² + tr A + tr B − 2·tr (A^½ B A^½)^½
/// ```
///
/// with means μ, ν and covariances A, B. It is biased upwards by what a fresh real sample
/// gets, which
/// stands beside it with the fourth moments of the training rows, and the bias goes away in
/// `extrapolated`.
///
/// - Complexity: O(rows·dimensions² + dimensions³), with the rows of the plan at most.
///
/// Source: Dowson & Landau (1982), doi:10.1016/0047-259X(82)90077-X; Heusel et al. (2017),
/// arXiv:1706.08500; Chong & Forsyth (2020), arXiv:1911.07023.
public struct FrechetDistanceScore: Metric {
  /// Makes the metric.
  public init() {}

  /// Coordinates above which the distance is not computed: its cost goes with their cube.
  static let widest = 1_024

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.frechet-distance", title: "Fréchet distance of rows", dimension: .fidelity,
      summary: "How far means and covariances of embedded synthetic rows are from those of real "
        + "rows.",
      formula: "‖μ − ν‖² + tr A + tr B − 2·tr (A^½ B A^½)^½",
      lowerLimit: 0, upperLimit: nil, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift], blindTo: [],
      cannotSee: "anything but means and covariances of the embedding; which column differs",
      defaults: EmbeddingDefaults.entries(),
      howToRead:
        "Never 0 for a finite sample: read it beside what a fresh real sample of this size gets. "
        + "Above it, means or covariances differ; below it, synthetic rows are copies.",
      citations: [
        .init(
          "Dowson & Landau (1982), The Fréchet distance between multivariate normal "
            + "distributions", doi: "10.1016/0047-259X(82)90077-X"),
        .init(
          "Heusel, Ramsauer, Unterthiner, Nessler & Hochreiter (2017), GANs trained by a two "
            + "time-scale update rule converge to a local Nash equilibrium, arXiv:1706.08500"),
        .init(
          "Chong & Forsyth (2020), Effectively unbiased FID and Inception Score and where to "
            + "find them, arXiv:1911.07023"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let more: [EmbeddingKind] =
      workspace.plan.preset == .full ? [.tabular, .fourier, .leaves] : []
    return try await EmbeddingScores(descriptor, workspace, embeddings: more).result {
      kind, role async throws(MetricError) -> EmbeddingScore? in
      guard let samples = try await workspace.value(of: EmbeddedSamples(kind: kind)),
        let pair = EmbeddedPair(samples, role, limit: workspace.plan.embeddingRows),
        pair.real.dimensions <= Self.widest
      else { return nil }
      var stream = RandomStream(
        seed: workspace.plan.seed, name: descriptor.id.rawValue, kind.rawValue, role.rawValue)
      do throws(NumericsError) {
        return try Self.score(pair, samples, &stream, threads: workspace.threads)
      } catch {
        throw MetricError(error)
      }
    }
  }

  private static func score(
    _ pair: EmbeddedPair, _ samples: EmbeddedSamples.Found, _ stream: inout RandomStream,
    threads: Int
  ) throws(NumericsError) -> EmbeddingScore {
    let real = try PointMoments(pair.real)
    let own = try PointMoments(pair.synthetic)
    let found = try FrechetDistance(real, own, points: (pair.real, pair.synthetic))
    let far = try FrechetDistance(real, PointMoments(pair.shuffled))
    let formula = FrechetFloor(
      pair.real, real, first: pair.real.count, second: pair.synthetic.count)
    var floor = ScoreFloor(
      value: formula.value, spread: formula.spread, method: FloorMethod.closedForm)
    // The formula is of second order: it needs many more rows than coordinates.
    if pair.rows < 10 * pair.real.dimensions, let halves = try halves(pair, &stream, threads) {
      floor = halves
    }
    var details = samples.details
    details["means"] = .finite(found.means)
    details["covariances"] = .finite(found.value - found.means)
    details["debiased"] = .finite(found.value - floor.value)
    details["normalFreshSample"] = .finite(formula.normalValue)
    // Eight more decompositions of either side are for spaces of a moderate size.
    if pair.real.dimensions <= 256, pair.rows / 5 > pair.real.dimensions {
      let line = try FrechetExtrapolation(
        pair.real, pair.synthetic, stream: &stream, threads: threads)
      details["extrapolated"] = .object([
        "value": .finite(line.value), "sizes": .array(line.sizes.map { .integer($0) }),
        "distances": .numbers(line.distances),
      ])
    }
    return EmbeddingScore(
      value: found.value, floor: floor,
      baseline: ScoreBaseline(value: far.value, method: samples.anchor),
      deviation: found.deviation, rows: pair.rows, details: details)
  }

  /// What fresh halves of the real rows get, brought to the sizes at hand; `nil` for too few rows.
  private static func halves(
    _ pair: EmbeddedPair, _ stream: inout RandomStream, _ threads: Int
  ) throws(NumericsError) -> ScoreFloor? {
    let half = min(pair.rows, pair.pool.count / 2)
    guard half >= 8 else { return nil }
    var orders: [[Int]] = []
    for _ in 0..<FamilyFindings.splitCount {
      var order = Array(0..<pair.pool.count)
      stream.shuffle(&order)
      orders.append(order)
    }
    let drawn = orders
    let values = try parallelChunks(count: drawn.count, chunk: 1, threads: threads) {
      range throws(NumericsError) -> Double in
      let order = drawn[range.lowerBound]
      return try FrechetDistance(
        PointMoments(pair.pool.rows(Array(order.prefix(half)))),
        PointMoments(pair.pool.rows(Array(order.suffix(half))))
      ).value
    }
    // The distance of equal laws goes with 1/n.
    let scale = Double(half) / Double(pair.rows)
    return ScoreFloor(
      value: try mean(values.span) * scale,
      spread: try variance(values.span).squareRoot() * scale, method: "halves of real rows")
  }
}

public import AssayDocument
import AssayNumerics
public import AssayTable

/// The Wasserstein-2 distance of every column of numbers in training standard deviations, and their
/// mean.
///
/// ```
/// W₂ = √∫ (F⁻¹(p) − G⁻¹(p))² dp / s
/// ```
///
/// with s the standard deviation of the training values. Far moves weigh more than in
/// ``WassersteinDistance``: a few values of a heavy tail decide it, and what a fresh real sample gets
/// is then as unsteady as the distance. That is found by drawing pairs of samples of the sizes at
/// hand from the real values with replacement. The details give it in the data's own unit and by
/// interquartile range / 1.349. Missing values are left out. With a weight column the value is taken
/// on the fine grid, from weighted counts.
///
/// - Complexity: O(*n* + *m*) a column once it is sorted, and as much for each of up to 16 draws.
///
/// Source: Villani (2009), Optimal Transport, doi:10.1007/978-3-540-71050-9.
public struct Wasserstein2Distance: Metric {
  /// Pairs of samples that are drawn, at most.
  private static let draws = 16
  /// Values that draws of one column take together, at most; two pairs are always drawn.
  private static let drawnValues = 1_000_000

  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.wasserstein-2", title: "Wasserstein-2 distance", dimension: .fidelity,
      summary: "How far each column's numbers would have to be moved, far moves weighing more.",
      formula: "√∫ (F⁻¹_real(p) − F⁻¹_synthetic(p))² dp / training standard deviation",
      unit: "training standard deviations", upperLimit: nil, direction: .lowerIsBetter,
      anchor: .uniformValues,
      invariances: [
        "order of rows", "order of columns", "shift and scale of a column on both sides",
      ],
      sees: [.shift, .scale, .modeCollapse, .clippedTail], blindTo: [.shuffledColumns],
      cannotSee: "relations between columns; missing values; levels without an order",
      defaults: [
        "scale": "training standard deviation; by interquartile range in the details",
        "draws": "16 pairs of samples, fewer of long columns: what a fresh real sample gets",
      ],
      howToRead:
        "At least as large as Wasserstein-1. Much larger means that a few values are far off: look "
        + "at the tails.",
      citations: [
        .init("Villani (2009), Optimal Transport", doi: "10.1007/978-3-540-71050-9")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let entries = RankEntries(
      descriptor: descriptor, workspace: workspace, subject: .wasserstein2)
    return try await entries.result(scaled: true) { column, entry async throws(MetricError) in
      let fit = column.fit
      let real = try await workspace.value(
        of: SortedColumn(role: column.role, column: column.index))
      let synthetic = try await workspace.value(
        of: SortedColumn(role: .synthetic, column: column.index))
      do throws(NumericsError) {
        guard let distance = try Self.finite(real, synthetic) else {
          entry.undefined = "the values are too large for their distance to be a finite number"
          return
        }
        entry.value = distance / fit.standardDeviation
        entry.details["dataUnits"] = .finite(Published.rounded(distance))
        entry.details["byIQR"] =
          fit.interquartileRange > 0
          ? .finite(distance / (fit.interquartileRange / 1.349)) : .null
        if column.role == .holdout {
          entry.reference = try Self.finite(fit.sorted, real).map { $0 / fit.standardDeviation }
        }
        let stream = RandomStream(
          seed: workspace.plan.seed,
          path: ["wasserstein-2", column.role.rawValue, frame.schema.columns[column.index].name])
        entry.closedForm = nil
        entry.drawn = try Self.fresh(
          fit, column.role == .holdout ? real : [], sizes: (real.count, synthetic.count), stream)
      } catch {
        throw MetricError(error)
      }
    }
  }

  private static func finite(_ x: [Double], _ y: [Double]) throws(NumericsError) -> Double? {
    do throws(NumericsError) {
      return try wasserstein2(sorted: x.span, y.span)
    } catch {
      guard error.code == .undefined else { throw error }
      return nil
    }
  }

  /// What pairs of samples of the real values get, in training standard deviations.
  private static func fresh(
    _ fit: NumericFit, _ others: [Double], sizes: (Int, Int), _ stream: RandomStream
  ) throws(NumericsError) -> (mean: Double, deviation: Double)? {
    var stream = stream
    let pool = others.isEmpty ? fit.sorted : (fit.sorted + others).sorted()
    let pairs = max(2, min(draws, drawnValues / max(1, sizes.0 + sizes.1)))
    var values: [Double] = []
    for _ in 0..<pairs {
      let first = sample(pool, sizes.0, &stream)
      let second = sample(pool, sizes.1, &stream)
      guard let distance = try finite(first, second) else { return nil }
      values.append(distance / fit.standardDeviation)
    }
    let found = CalibratedBlock.moments(values, subject: 0, of: 1)
    return (found.mean, found.deviation)
  }

  /// A sample with replacement, ascending: each value is taken as often as uniform places fall on it.
  private static func sample(
    _ pool: [Double], _ count: Int, _ stream: inout RandomStream
  ) -> [Double] {
    var taken = [Int32](repeating: 0, count: pool.count)
    for _ in 0..<count { taken[stream.below(pool.count)] += 1 }
    var values: [Double] = []
    values.reserveCapacity(count)
    for index in pool.indices {
      for _ in 0..<taken[index] { values.append(pool[index]) }
    }
    return values
  }
}

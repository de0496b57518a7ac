public import AssayDocument
import AssayNumerics
public import AssayTable
import Foundation

/// How far generalised Pareto fits of the tails reach otherwise, by column.
///
/// ```
/// |ln(Q_synthetic / Q_real)|,   Q the excess over u that one in 100 of the values beyond u exceeds
/// ```
///
/// with Q of the generalised Pareto law fitted to the excesses over a real order statistic u (that of
/// ``TailKolmogorovSmirnov``) by probability-weighted moments, the mean of both tails. 0.7 means a
/// tail that reaches twice or half as far. What the largest values themselves show is chance; the fit
/// borrows from all values beyond u. The details hold shapes and return levels: what one row in
/// 100, 1,000 or 10,000 goes beyond, up to ten times as many rows as there are, in units of the
/// column and rounded.
///
/// Given u the labels of the pooled excesses are exchangeable for a fresh real sample: the p-value
/// and what such a sample gets come from fits to labels given out anew, and hold whether or not the
/// law is right and however values are rounded. The p-value is twice the smaller one of two tails.
/// Dates have none.
///
/// - Complexity: O(*k*) a labelling and column, *k* the values beyond.
///
/// Source: Pickands (1975), doi:10.1214/aos/1176343003; Hosking & Wallis (1987), Parameter and
/// quantile estimation for the generalized Pareto distribution,
/// doi:10.2307/1269343.
public struct ParetoTail: Metric {
  /// Labellings, at most.
  private static let labellings = 999
  /// The share of the values beyond u that exceed Q.
  static let share = 0.01
  /// Rows of return levels, and how many times as many as there are.
  private static let rows = [100, 1_000, 10_000]
  private static let reach = 10

  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.pareto-tail", title: "Reach of the tails", dimension: .fidelity,
      summary: "How much further or less far the tails of a column reach.",
      formula: "|ln(Q_synthetic/Q_real)|, Q a quantile of the generalised Pareto fits beyond u",
      upperLimit: nil, direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "linear transforms of a column"],
      sees: [.clippedTail], blindTo: [.shuffledColumns],
      cannotSee:
        "how many values are in the tail; what no generalised Pareto law can follow, such as a lump "
        + "within the tail; relations between columns",
      defaults: [
        "u": "leaves 10 % of the real values, about 1,000 values at most and 50 at least",
        "Q": "one in 100 beyond u, so one in 1,000 rows: about as far as a tail of 50 can tell",
        "fit": "probability-weighted moments, which always exist and vary least in small tails",
      ],
      howToRead:
        "0.7 means that a tail reaches twice or half as far beyond the quantile; the details give "
        + "return levels and shapes. A shape of 0.5 and above means that there is no variance.",
      citations: [
        .init(
          "Pickands (1975), Statistical inference using extreme order statistics",
          doi: "10.1214/aos/1176343003"),
        .init(
          "Hosking & Wallis (1987), Parameter and quantile estimation for the generalized Pareto "
            + "distribution", doi: "10.2307/1269343"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.featureIndices.filter {
      frame.fits[$0]?.numeric != nil && frame.schema.columns[$0].kind != .datetime
    }
    let sorted = try await SortedRoles(columns, in: workspace)
    let plan = workspace.plan
    return try MeasuredColumns(
      descriptor: descriptor, workspace: workspace, nothing: TailSample.reason
    ).result(columns) { column, role throws(MetricError) in
      do throws(NumericsError) {
        var stream = RandomStream(
          seed: plan.seed, name: descriptor.id.rawValue, role.rawValue,
          frame.schema.columns[column].name)
        return [
          try Self.entry(
            column, sorted[column, role], sorted[column, .synthetic],
            training: role == .holdout ? sorted[column, .training] : nil, plan, &stream)
        ]
      } catch {
        throw MetricError(error)
      }
    }
  }

  private static func entry(
    _ column: Int, _ real: [Double], _ synthetic: [Double], training: [Double]?,
    _ plan: EvaluationPlan, _ stream: inout RandomStream
  ) throws(NumericsError) -> MeasuredColumns.Entry {
    var entry = MeasuredColumns.Entry(column: column)
    var parts: [(value: Double, floor: DrawnMoments, variance: Double)] = []
    var references: [Double] = []
    var least = 1.0
    for tail in TailSample.both(real, synthetic) {
      guard let own = try GeneralisedPareto(probabilityWeightedMoments: tail.real.span),
        let other = try GeneralisedPareto(probabilityWeightedMoments: tail.synthetic.span)
      else { continue }
      let value = try abs(
        log(other.excess(exceededWith: share) / own.excess(exceededWith: share)))
      let fresh = tail.relabelled(min(labellings, plan.permutations), &stream) {
        TailFits(pooled: $0, isReal: $1).difference
      }
      let pValue = try permutationPValue(
        exceedances: fresh.count { $0 >= value * (1 - 1e-12) }, of: fresh.count)
      least = min(least, pValue)
      parts.append(
        (
          value, DrawnMoments(fresh.filter(\.isFinite)),
          TailFits.variance(tail.real, plan.replicates, &stream)
            + TailFits.variance(tail.synthetic, plan.replicates, &stream)
        ))
      entry.details[tail.word] = .object([
        "real": .finite(CellLabels.share(own.shape)),
        "synthetic": .finite(CellLabels.share(other.shape)),
        "realValues": .integer(tail.real.count), "syntheticValues": .integer(tail.synthetic.count),
        "p": .finite(pValue),
        "levels": try levels(tail, own, other, rows: min(real.count, synthetic.count)),
      ])
      if let training,
        let reference = TailSample(real, training, isUpper: tail.isUpper),
        let held = try GeneralisedPareto(probabilityWeightedMoments: reference.real.span),
        let trained = try GeneralisedPareto(probabilityWeightedMoments: reference.synthetic.span)
      {
        references.append(
          try abs(log(trained.excess(exceededWith: share) / held.excess(exceededWith: share))))
      }
    }
    guard !parts.isEmpty else {
      entry.reason = "\(TailSample.reason) that vary"
      return entry
    }
    let count = Double(parts.count)
    entry.value = parts.reduce(0) { $0 + $1.value } / count
    entry.floor = (
      parts.reduce(0) { $0 + $1.floor.mean } / count,
      parts.reduce(0) { $0 + $1.floor.deviation * $1.floor.deviation }.squareRoot() / count
    )
    entry.floorMethod = FloorMethod.relabellings
    entry.deviation =
      parts.reduce(0) { $0 + max($1.variance, $1.floor.deviation * $1.floor.deviation) }
      .squareRoot() / count
    if references.count == parts.count { entry.reference = references.reduce(0, +) / count }
    entry.test = TestResult(
      statistic: entry.value, pValue: min(1, count * least),
      method: "relabelled excesses, exact, Bonferroni over tails")
    return entry
  }

  /// What one row in so many goes beyond, of either side.
  private static func levels(
    _ tail: TailSample, _ own: GeneralisedPareto, _ other: GeneralisedPareto, rows: Int
  ) throws(NumericsError) -> DetailValue {
    var found: [DetailValue] = []
    for count in Self.rows where count <= reach * rows {
      func level(_ law: GeneralisedPareto, _ share: Double) throws(NumericsError) -> DetailValue {
        let probability = 1 / (Double(count) * share)
        // A level within the threshold is none of the tail's.
        guard probability < 1 else { return .null }
        let excess = try law.excess(exceededWith: probability)
        return .finite(Published.rounded(tail.threshold + (tail.isUpper ? 1 : -1) * excess))
      }
      found.append(
        .object([
          "rows": .integer(count), "real": try level(own, tail.realShare),
          "synthetic": try level(other, tail.syntheticShare),
        ]))
    }
    return .array(found)
  }
}

/// Fits to labelled excesses.
struct TailFits {
  /// |ln| of the ratio of both quantiles; infinite where a side has no fit.
  let difference: Double

  init(pooled: Span<Double>, isReal: Span<Bool>) {
    var totals = (0, 0)
    for place in 0..<isReal.count {
      if isReal[place] { totals.0 += 1 } else { totals.1 += 1 }
    }
    var sums = (0.0, 0.0)
    var weighted = (0.0, 0.0)
    var seen = (0, 0)
    for place in 0..<pooled.count {
      let value = pooled[place]
      if isReal[place] {
        seen.0 += 1
        sums.0 += value
        weighted.0 += value * Double(totals.0 - seen.0)
      } else {
        seen.1 += 1
        sums.1 += value
        weighted.1 += value * Double(totals.1 - seen.1)
      }
    }
    let first = Self.logQuantile(sums.0, weighted.0, totals.0)
    let second = Self.logQuantile(sums.1, weighted.1, totals.1)
    if let first, let second { difference = abs(first - second) } else { difference = .infinity }
  }

  /// The logarithm of the quantile from sums; `nil` where there is no fit.
  private static func logQuantile(_ sum: Double, _ weighted: Double, _ count: Int) -> Double? {
    guard count > 1 else { return nil }
    let size = Double(count)
    guard
      let law = GeneralisedPareto(mean: sum / size, weighted: weighted / (size * (size - 1))),
      let excess = try? law.excess(exceededWith: ParetoTail.share), excess > 0
    else { return nil }
    return log(excess)
  }

  /// The variance of the logarithm of the quantile over bootstrap samples of sorted excesses.
  static func variance(_ sorted: [Double], _ replicates: Int, _ stream: inout RandomStream)
    -> Double
  {
    let count = sorted.count
    var found: [Double] = []
    for _ in 0..<replicates {
      var sum = 0.0
      var weighted = 0.0
      var seen = 0
      let drawn = stream.multinomial(count: count, categories: count)
      for (value, times) in zip(sorted, drawn) where times > 0 {
        let own = Double(times)
        sum += own * value
        // Ranks of equal values follow each other: Σ (k − 1 − rank) over them.
        weighted += value * (own * Double(count - 1 - seen) - own * (own - 1) / 2)
        seen += Int(times)
      }
      if let value = logQuantile(sum, weighted, count) { found.append(value) }
    }
    let deviation = DrawnMoments(found).deviation
    return deviation * deviation
  }
}

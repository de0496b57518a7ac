public import AssayDocument
import AssayNumerics
public import AssayTable

/// The two-sample Kolmogorov–Smirnov statistic of every column of numbers, and their mean.
///
/// ```
/// D = sup_x |F(x) − G(x)|
/// ```
///
/// evaluated at the distinct pooled values, so ties are right. The p-value is exact, given the
/// ties, where n·m is small and asymptotic (Stephens) above; which one is in the test's method.
/// Missing values are left out. D is weak in the tails, and at 10⁵ rows its p-value rejects
/// differences of no consequence: judge D, not p.
///
/// - Complexity: O(N log N) a column; the exact p-value O(n·m) up to 2·10⁷ cells.
///
/// Source: Schröer & Trenkler (1995), Exact and randomization distributions of Kolmogorov–Smirnov
/// tests two or three samples, doi:10.1016/0167-9473(94)00040-P; Viehmann (2021), arXiv:2102.08037.
public struct KolmogorovSmirnovDistance: Metric {
  /// Cells of the exact recursion that are worth their time, at most.
  private static let exactCost = 2e7
  /// Below this share of tied values the formula for continuous data holds.
  private static let fewTies = 0.05

  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.kolmogorov-smirnov", title: "Kolmogorov–Smirnov distance",
      dimension: .fidelity,
      summary: "The largest gap between the distribution functions of each column of numbers.",
      formula: "sup_x |F_real(x) − F_synthetic(x)| over observed values",
      direction: .lowerIsBetter, anchor: .uniformValues,
      invariances: [
        "order of rows", "order of columns", "increasing transforms of a column on both sides",
      ],
      sees: [.shift, .scale, .modeCollapse],
      blindTo: [.shuffledColumns],
      cannotSee: "relations between columns; missing values; small changes of the tails",
      defaults: [
        "weights": "distribution functions by weight, tested with effective numbers of rows",
        "exact": "the p-value is exact while n·m ≤ 2·10⁷, asymptotic above; the method says which",
      ],
      howToRead:
        "0.1 means that below some value there are ten percent of rows too many or too few; the "
        + "details say where. Two fresh samples of n rows each differ by about 1.23/√n.",
      citations: [
        .init(
          "Schröer & Trenkler (1995), Exact and randomization distributions of "
            + "Kolmogorov–Smirnov tests two or three samples",
          doi: "10.1016/0167-9473(94)00040-P"),
        .init(
          "Viehmann (2021), Numerically more stable computation of the p-values for the "
            + "two-sample Kolmogorov–Smirnov test, arXiv:2102.08037"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = UnivariateScores(
      descriptor: descriptor, subject: .kolmogorovSmirnov, workspace: workspace,
      columns: frame.schema.featureIndices.filter { frame.fits[$0]?.numeric != nil },
      listed: 200)
    return try await scores.result(facet: nil) {
      column, against, calibration async throws(MetricError) in
      try await Self.entry(column, against, frame: frame, workspace: workspace)
    }
  }

  private static func entry(
    _ column: Int, _ against: Against, frame: ReferenceFrame,
    workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> UnivariateScores.Entry {
    var entry = UnivariateScores.Entry()
    let role: TableRole = against == .training ? .training : .holdout
    if try await WeightedColumn.isNeeded(role, workspace) {
      return try await weighted(column, role, frame: frame, workspace: workspace)
    }
    let real = try await workspace.value(of: SortedColumn(role: role, column: column))
    guard !real.isEmpty else {
      entry.undefined = "no real row has a value"
      return entry
    }
    let synthetic = try await workspace.value(
      of: SortedColumn(role: .synthetic, column: column))
    guard !synthetic.isEmpty else { return entry }
    entry.floorScale = UnivariateScores.presentScale(
      real: (real.count, frame.rowCount(role)),
      synthetic: (synthetic.count, frame.rowCount(.synthetic)))
    do throws(NumericsError) {
      let found = try KolmogorovSmirnov(sorted: real.span, synthetic.span)
      let tail = found.pValue(sorted: real.span, synthetic.span, costLimit: exactCost)
      entry.value = found.statistic
      entry.test = TestResult(
        statistic: found.statistic, pValue: tail.pValue,
        method: tail.method == .exact
          ? "two-sample Kolmogorov–Smirnov, exact given ties"
          : "two-sample Kolmogorov–Smirnov, asymptotic")
      entry.details = details(
        found, real: real, synthetic: synthetic, kind: frame.schema.columns[column].kind)
      if let fit = frame.fits[column]?.numeric, fit.tiedShare < fewTies {
        let expected = try expectedKolmogorovSmirnov(real.count, synthetic.count)
        entry.closedForm = (expected.mean, expected.standardDeviation)
      }
      if role == .holdout, let fit = frame.fits[column]?.numeric {
        entry.reference = try KolmogorovSmirnov(sorted: fit.sorted.span, real.span).statistic
      }
    } catch {
      throw MetricError(error)
    }
    return entry
  }

  /// The entry of a column whose rows do not count alike; the test takes their effective number.
  private static func weighted(
    _ column: Int, _ role: TableRole, frame: ReferenceFrame,
    workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> UnivariateScores.Entry {
    let found = try await WeightedEntry(column, role, workspace)
    var entry = found.entry
    guard let (real, synthetic) = found.sides, let distance = found.distance else { return entry }
    entry.value = distance.supremum
    entry.test = TestResult(
      statistic: distance.supremum,
      pValue: kolmogorovSmirnovPValue(
        distance.supremum, effectiveSizes: real.size, synthetic.size),
      method: "two-sample Kolmogorov–Smirnov, asymptotic, effective sizes")
    entry.details = [
      "location": .finite(
        Published.place(distance.location, kind: frame.schema.columns[column].kind)),
      "realShare": .finite(distance.first), "syntheticShare": .finite(distance.second),
    ]
    entry.reference = found.reference?.supremum
    return entry
  }

  private static func details(
    _ found: KolmogorovSmirnov, real: [Double], synthetic: [Double], kind: ColumnKind
  ) -> [String: DetailValue] {
    func share(_ sample: [Double]) -> Double {
      Double(counts(below: found.location, inSorted: sample.span).lessOrEqual)
        / Double(sample.count)
    }
    return [
      "location": .finite(Published.place(found.location, kind: kind)),
      "realShare": .finite(share(real)), "syntheticShare": .finite(share(synthetic)),
    ]
  }
}

import AssayDocument
import AssayNumerics
import AssayTable

/// What distances between distribution functions have in common: who has a value, which rows count,
/// which p-value is right.
struct RankEntries {
  /// Below this many pooled values labels are permuted; limits are good enough above.
  private static let permuted = 200
  /// Below this share of tied values the laws for continuous data hold.
  private static let fewTies = 0.05

  let descriptor: MetricDescriptor
  let workspace: Workspace<ReferenceFrame>
  let subject: CellStatistics.Subject

  private var frame: ReferenceFrame { workspace.frame }

  /// One column, with what the merge of its values found.
  struct Column {
    var index: Int
    var role: TableRole
    var fit: NumericFit
    var found: RankDistances.Found
    /// The same for holdout against training, where the real side is the holdout.
    var drift: RankDistances.Found?
  }

  /// The scores over columns of numbers.
  ///
  /// With declared weights or differences rows do not count alike: values then come from the
  /// weighted counts on the fine grid, and there is no test.
  ///
  /// `fill` sets value, test and details from the merge.
  func result(
    scaled: Bool = false,
    fill: (Column, inout UnivariateScores.Entry) async throws(MetricError) -> Void
  ) async throws(MetricError) -> MetricResult {
    let scores = UnivariateScores(
      descriptor: descriptor, subject: subject, workspace: workspace,
      columns: frame.schema.featureIndices.filter { frame.fits[$0]?.numeric != nil },
      listed: ColumnListing.limit)
    let isWeighted = !frame.schema.indices(of: .weight).isEmpty || frame.intended != nil
    return try await scores.result(facet: nil) {
      column, against, _ async throws(MetricError) in
      var entry = UnivariateScores.Entry()
      let role: TableRole = against == .training ? .training : .holdout
      guard let fit = frame.fits[column]?.numeric else { return entry }
      if scaled {
        guard fit.standardDeviation > 0, fit.standardDeviation.isFinite else {
          entry.undefined = "the training standard deviation is 0 or not a finite number"
          return entry
        }
        entry.scale = fit.standardDeviation
      }
      let real = try await workspace.value(of: SortedColumn(role: role, column: column))
      guard !real.isEmpty, !fit.sorted.isEmpty else {
        entry.undefined = "no real row has a value"
        return entry
      }
      guard
        let found = try await workspace.value(of: RankDistances(first: role, column: column))
      else { return entry }
      entry.floorScale = UnivariateScores.presentScale(
        real: (found.first, frame.rowCount(role)),
        synthetic: (found.second, frame.rowCount(.synthetic)))
      guard !isWeighted else {
        entry.details["rows"] = "weighted, on the fine grid"
        return entry
      }
      var drift: RankDistances.Found?
      if role == .holdout {
        drift = try await workspace.value(
          of: RankDistances(first: .holdout, second: .training, column: column))
      }
      try await fill(
        Column(index: column, role: role, fit: fit, found: found, drift: drift), &entry)
      return entry
    }
  }

  /// Whether the closed forms for continuous data hold.
  static func hasFewTies(_ fit: NumericFit) -> Bool { fit.tiedShare < fewTies }

  /// The p-value of a rank statistic: by permutation for few values, else from its limit.
  ///
  /// `limit` gives the p-value for large samples, and the words for it.
  func test(
    _ column: Column, _ value: Double, name: String, _ statistic: PooledRanks.Statistic,
    limit: () throws(NumericsError) -> (pValue: Double, method: String)
  ) async throws(MetricError) -> TestResult {
    let found = column.found
    do throws(NumericsError) {
      if found.first + found.second >= Self.permuted {
        let tail = try limit()
        return TestResult(
          statistic: value, pValue: tail.pValue, method: "\(name), \(tail.method)")
      }
    } catch {
      throw MetricError(error)
    }
    let real = try await workspace.value(
      of: SortedColumn(role: column.role, column: column.index))
    let synthetic = try await workspace.value(
      of: SortedColumn(role: .synthetic, column: column.index))
    var stream = RandomStream(
      seed: workspace.plan.seed,
      path: [
        descriptor.id.rawValue, column.role.rawValue, frame.schema.columns[column.index].name,
      ])
    do throws(NumericsError) {
      let tail = try PooledRanks(sorted: real.span, synthetic.span).pValue(
        of: statistic, permutations: workspace.plan.permutations, stream: &stream)
      return TestResult(
        statistic: value, pValue: tail.pValue,
        method: tail.method == .exact
          ? "\(name), exact given ties" : "\(name), by permutation of labels")
    } catch {
      throw MetricError(error)
    }
  }

  /// The p-value of a sum of squared gaps from its limit: the law for continuous data, or the one
  /// for the ties at hand.
  static func gapTail(
    _ column: Column, _ statistic: Double, _ weight: GapTail.Weight
  ) throws(NumericsError) -> (pValue: Double, method: String) {
    if hasFewTies(column.fit), column.found.largestRun < 0.01 {
      let pValue =
        switch weight {
        case .even: try cramerVonMisesSurvival(statistic)
        case .inverseVariance: andersonDarlingSurvival(statistic)
        }
      return (pValue, "asymptotic")
    }
    let shares = column.found.shares
    let ties = column.found.ties
    return (
      try GapTail(shares: shares.span, ties: ties.span, weight: weight).survival(statistic),
      "asymptotic given ties, by three moments"
    )
  }
}

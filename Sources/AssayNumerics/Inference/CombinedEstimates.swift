/// One estimate made of those of several synthetic tables, with the variance that goes with it.
///
/// ```
/// q̄ = mean q        b = Σ (q − q̄)²/(M − 1)        ū = mean u
/// ```
///
/// over M tables, with q an estimate and u the variance that an analyst computes as if the table
/// were real. Which variance holds depends on how the tables were made.
public struct CombinedEstimates: Sendable, Hashable {
  /// q̄.
  public var estimate: Double
  /// b, the variance between tables.
  public var between: Double
  /// ū, the mean variance within a table.
  public var within: Double
  /// M.
  public var tables: Int

  /// Combines estimates.
  ///
  /// - Parameters:
  ///   - estimates: One of each table; at least 2, finite.
  ///   - variances: Their variances; as many, at least 0.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two tables, `.domain` for numbers that
  ///   are not finite or negative variances.
  public init(estimates: Span<Double>, variances: Span<Double>) throws(NumericsError) {
    precondition(
      estimates.count == variances.count,
      "one variance an estimate is expected, not \(variances.count) for \(estimates.count)")
    guard estimates.count >= 2 else {
      throw NumericsError(.tooFewObservations, "estimates of at least two tables are expected")
    }
    for index in 0..<estimates.count
    where !estimates[index].isFinite || !(variances[index] >= 0 && variances[index] < .infinity) {
      throw NumericsError(.domain, "finite estimates and variances of at least 0 are expected")
    }
    estimate = try mean(estimates)
    between = try variance(estimates)
    within = try mean(variances)
    tables = estimates.count
  }

  /// The variance where every value of every row is synthetic: (1 + 1/M)·b − ū.
  ///
  /// It can be negative by chance, which says that M is too small to know it.
  /// Source: Raghunathan, Reiter & Rubin (2003), Multiple imputation for statistical disclosure
  /// limitation, Journal of Official Statistics 19, 1–16.
  public var fullySyntheticVariance: Double {
    (1 + 1 / Double(tables)) * between - within
  }

  /// The variance where some values of real rows were replaced: ū + b/M.
  ///
  /// Source: Reiter (2003), Inference for partially synthetic, public use microdata sets, Survey
  /// Methodology 29, 181–188.
  public var partiallySyntheticVariance: Double { within + between / Double(tables) }

  /// The variance where tables were drawn from one fitted model: ū·(1 + ratio/M).
  ///
  /// It needs no variance between tables and holds for a single one as well.
  ///
  /// - Parameter ratio: Synthetic rows of a table over real rows; above 0.
  /// - Returns: The variance of the estimate.
  /// Source: Raab, Nowok & Dibben (2016), Practical data synthesis for large samples,
  /// doi:10.29012/jpc.v7i3.407.
  public func singleModelVariance(rowRatio ratio: Double) -> Double {
    within * (1 + ratio / Double(tables))
  }
}

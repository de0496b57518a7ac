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

  /// The variance where some values of real rows were replaced: ū·ratio + b/M.
  ///
  /// - Parameter ratio: Synthetic rows of a table over real rows; 1 where each row stands for one.
  /// - Returns: The variance of the estimate.
  /// Source: Reiter (2003), Inference for partially synthetic, public use microdata sets, Survey
  /// Methodology 29, 181–188.
  public func partiallySyntheticVariance(rowRatio ratio: Double = 1) -> Double {
    within * ratio + between / Double(tables)
  }

  /// The variance where tables were drawn from one model, fitted once: ū·(ratio + 1/M).
  ///
  /// ū·ratio is the variance of the estimate on the real rows, ū/M what drawing tables adds. It needs no
  /// variance between tables and holds for a single one as well.
  ///
  /// - Parameter ratio: Synthetic rows of a table over real rows; above 0.
  /// - Returns: The variance of the estimate.
  /// Source: Raab, Nowok & Dibben (2016), Practical data synthesis for large samples,
  /// doi:10.29012/jpc.v7i3.407.
  public func singleModelVariance(rowRatio ratio: Double) -> Double {
    within * (ratio + 1 / Double(tables))
  }

  /// A way in which synthetic tables are made, which decides how their estimates combine.
  public enum Rule: String, Sendable, Hashable, CaseIterable {
    /// Every table is drawn whole from one model, fitted once.
    case singleModel
    /// Every table is drawn whole from a model that was drawn anew from what the real rows leave open.
    case fullySynthetic
    /// Values of real rows are replaced, from a model drawn anew for each table.
    case partiallySynthetic
  }

  /// The variance of the combined estimate by a rule.
  ///
  /// - Parameters:
  ///   - rule: How the tables were made.
  ///   - ratio: Synthetic rows of a table over real rows; above 0.
  /// - Returns: The variance; at most 0 where there are too few tables to know it.
  public func combinedVariance(_ rule: Rule, rowRatio ratio: Double) -> Double {
    switch rule {
    case .singleModel: singleModelVariance(rowRatio: ratio)
    case .fullySynthetic: fullySyntheticVariance
    case .partiallySynthetic: partiallySyntheticVariance(rowRatio: ratio)
    }
  }

  /// The confidence interval by a rule, by Student's t where the variance between tables is used.
  ///
  /// ```
  /// degrees of freedom (M − 1)·(1 − ū/((1 + 1/M)·b))²    fully synthetic
  ///                    (M − 1)·(1 + ū·ratio/(b/M))²      partially synthetic
  /// ```
  ///
  /// - Parameters:
  ///   - rule: How the tables were made.
  ///   - ratio: Synthetic rows of a table over real rows; above 0.
  ///   - level: The coverage, strictly between 0 and 1.
  /// - Returns: The limits; `nil` where the tables are too few to know the variance: it is not above 0, or
  ///   rests on less than one degree of freedom.
  /// - Throws: ``NumericsError`` `.domain` for a level outside the range.
  /// Source: Reiter (2002), Satisfying disclosure restrictions with synthetic data sets, Journal of
  /// Official Statistics 18, 531–544; Reiter (2003), as above.
  public func interval(
    _ rule: Rule, rowRatio ratio: Double, level: Double = 0.95
  ) throws(NumericsError) -> ConfidenceInterval? {
    let variance = combinedVariance(rule, rowRatio: ratio)
    guard variance > 0 else { return nil }
    let tail = (1 + level) / 2
    let reach: Double
    let m = Double(tables)
    switch rule {
    case .singleModel:
      reach = try normalQuantile(tail)
    case .fullySynthetic, .partiallySynthetic:
      let part =
        rule == .fullySynthetic
        ? 1 - within / ((1 + 1 / m) * between) : 1 + within * ratio * m / between
      let freedom = (m - 1) * part * part
      guard freedom >= 1 else { return nil }
      reach = try studentQuantile(tail, degreesOfFreedom: min(freedom, 1e6))
    }
    let margin = reach * variance.squareRoot()
    return ConfidenceInterval(lower: estimate - margin, upper: estimate + margin)
  }
}

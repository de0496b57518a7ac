public import AssayDocument
import AssayNumerics
public import AssayTable
import Foundation

/// The absolute differences of moments of every column of numbers.
///
/// ```
/// mean: |x̄ − ȳ|/s    standardDeviation: |ln(s_x/s_y)|    skewness, kurtosis: |γ_x − γ_y|
/// lSkewness, lKurtosis: |τ_x − τ_y|
/// ```
///
/// with s the standard deviation of the training values; one score for each column and moment (the
/// parameter `moment`). Standard errors leave out one group of rows at a time, so that rows of one
/// entity stay together; those of L-moments come from their influence functions. The score of the
/// table is the mean over columns of mean, standard deviation and L-moments: skewness and kurtosis
/// of heavy tails are decided by single rows and do not enter it. Rows count by their weight; there
/// are no L-moments then. Missing values are left out.
///
/// - Complexity: O(rows) a column once it is sorted.
///
/// Source: Hosking (1990), L-moments: analysis and estimation of distributions using linear
/// combinations of order statistics, doi:10.1111/j.2517-6161.1990.tb01775.x; Efron & Stein (1981),
/// The jackknife estimate of variance, doi:10.1214/aos/1176345462.
public struct MomentDifference: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.moments", title: "Difference of moments", dimension: .fidelity,
      summary: "How far mean, spread and shape of each column of numbers are from the real ones.",
      formula: "|x̄ − ȳ|/s, |ln(s_x/s_y)|, |γ_x − γ_y|, |τ_x − τ_y| by moment",
      upperLimit: nil, direction: .lowerIsBetter, anchor: .none,
      invariances: [
        "order of rows", "order of columns", "shift and scale of a column on both sides",
      ],
      sees: [.modeCollapse], blindTo: [.shuffledColumns],
      cannotSee: "differences that leave all moments as they are; relations between columns",
      defaults: [
        "table": "mean over mean, standard deviation and L-moments: steady under heavy tails"
      ],
      howToRead:
        "A mean of 0.1 is off by a tenth of a standard deviation; 0.1 for the standard deviation is "
        + "ten percent. L-skewness and L-kurtosis lie between −1 and 1.",
      citations: [
        .init(
          "Hosking (1990), L-moments: analysis and estimation of distributions using linear "
            + "combinations of order statistics", doi: "10.1111/j.2517-6161.1990.tb01775.x"),
        .init(
          "Efron & Stein (1981), The jackknife estimate of variance",
          doi: "10.1214/aos/1176345462"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.featureIndices.filter { frame.fits[$0]?.numeric != nil }
    let sorted = try await SortedRoles(columns, in: workspace)
    var groups: [TableRole: [UInt16]] = [:]
    var weights: [TableRole: [Float]] = [:]
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      groups[role] = try await workspace.value(of: GroupOfRow(role: role))
      weights[role] = try await workspace.value(of: RowWeights(role: role))
    }
    let rows = RoleRows(
      frame: frame, sorted: sorted, groups: groups, weights: weights,
      isWeighted: !frame.schema.indices(of: .weight).isEmpty || frame.intended != nil,
      isGrouped: !frame.schema.indices(of: .group).isEmpty)
    return try MeasuredColumns(
      descriptor: descriptor, workspace: workspace,
      nothing: "no column of numbers varies on both sides"
    ).result(columns) { column, role throws(MetricError) in
      Self.entries(column, role, rows)
    }
  }

  private static func entries(
    _ column: Int, _ role: TableRole, _ rows: RoleRows
  ) -> [MeasuredColumns.Entry] {
    guard let fit = rows.frame.fits[column]?.numeric, fit.standardDeviation > 0,
      fit.standardDeviation.isFinite
    else {
      return [
        MeasuredColumns.Entry(
          column: column,
          reason: "the training standard deviation is 0 or not a finite number")
      ]
    }
    let real = rows.moments(column, role, fit)
    let synthetic = rows.moments(column, .synthetic, fit)
    let training = role == .holdout ? rows.moments(column, .training, fit) : [:]
    let n = Double(max(1, rows.sorted[column, role].count))
    let m = Double(max(1, rows.sorted[column, .synthetic].count))
    return RoleRows.names.compactMap { name in
      // Weighted rows have no L-moments: that is no column's lack.
      if rows.isWeighted, name.hasPrefix("l") { return nil }
      var entry = MeasuredColumns.Entry(column: column, parameters: ["moment": .string(name)])
      entry.isCounted = name != "skewness" && name != "kurtosis"
      guard let own = real[name], let other = synthetic[name] else {
        entry.reason = "the moment is not defined on both sides"
        return entry
      }
      entry.value = abs(own.value - other.value)
      let fresh = own.error * (1 + n / m).squareRoot()
      entry.floor = (
        (2 / Double.pi).squareRoot() * fresh, (1 - 2 / Double.pi).squareRoot() * fresh
      )
      entry.deviation = (own.error * own.error + other.error * other.error).squareRoot()
      entry.reference = training[name].map { abs(own.value - $0.value) }
      let error = entry.deviation
      if error > 0 {
        let z = (other.value - own.value) / error
        entry.test = TestResult(
          statistic: z, pValue: min(1, 2 * normalSurvival(abs(z))),
          method: "difference of moments over its standard error, normal")
      }
      entry.details = [
        "real": .finite(own.value), "realError": .finite(own.error),
        "synthetic": .finite(other.value), "syntheticError": .finite(other.error),
      ]
      return entry
    }
  }
}

/// The rows of every role, ready for moments.
private struct RoleRows: Sendable {
  static let names = [
    "mean", "standardDeviation", "skewness", "kurtosis", "lSkewness", "lKurtosis",
  ]

  var frame: ReferenceFrame
  var sorted: SortedRoles
  var groups: [TableRole: [UInt16]]
  var weights: [TableRole: [Float]]
  var isWeighted: Bool
  var isGrouped: Bool

  /// The moments that are defined, by name.
  func moments(
    _ column: Int, _ role: TableRole, _ fit: NumericFit
  ) -> [String: GroupedMoments.Estimate] {
    guard let values = frame.table(role)?.columns[column].numeric, let groups = groups[role]
    else { return [:] }
    let found = GroupedMoments(
      values, groups: groups, weights: weights[role], centre: fit.mean,
      scale: fit.standardDeviation)
    var moments: [String: GroupedMoments.Estimate] = [:]
    moments["mean"] = found.mean
    moments["standardDeviation"] = found.logDeviation
    moments["skewness"] = found.skewness
    moments["kurtosis"] = found.kurtosis
    guard !isWeighted, let ratios = LMomentRatios(sorted: sorted[column, role]) else {
      return moments
    }
    // Rows of one entity are alike: L-moments are as much less certain as the mean is.
    var factor = 1.0
    if isGrouped, let mean = found.mean, let spread = found.logDeviation {
      let plain = exp(spread.value) / Double(sorted[column, role].count).squareRoot()
      factor = max(1, mean.error / plain)
    }
    moments["lSkewness"] = ratios.inflated(factor).skewness
    moments["lKurtosis"] = ratios.inflated(factor).kurtosis
    return moments
  }
}

public import AssayDocument
import AssayNumerics
public import AssayTable
import Foundation

/// The difference of the tail indices of every column of numbers, by Hill's estimator.
///
/// ```
/// |ξ_real − ξ_synthetic|,   ξ = 1/k Σ over the k values beyond t of ln(Xᵢ/t)
/// ```
///
/// on the upper tail and, for columns that reach below 0, on the lower one, averaged. A tail that
/// falls like a power with exponent α has ξ = 1/α: moments of order 1/ξ and above do not exist. The
/// threshold t is one for both sides, the nearer to 0 of their own, which leave the same share of
/// values beyond: √n of them, at least 50 and at most a fifth, so 250 values are needed. For tails
/// that are lighter than a power ξ is no index but still the mean log-excess over t, which can be
/// compared. Given t the values beyond it are independent and alike, whatever their law and however
/// they are rounded, so that the test is that of two means, normal, its tails adjusted by
/// Bonferroni. Dates, tails whose threshold is not above 0, tails of which fewer than 20 values lie
/// strictly beyond it, and tails of one value alone have none.
///
/// - Complexity: O(√*n*) a column once it is sorted.
///
/// Source: Hill (1975), A simple general approach to inference about the tail of a distribution,
/// doi:10.1214/aos/1176343247.
public struct TailIndex: Metric {
  /// Values beyond the threshold on a side, at least.
  private static let fewest = 50
  /// The share of values beyond it, at most.
  private static let most = 0.2
  /// Values strictly beyond the threshold of both, where many are tied with it, at least.
  private static let fewestBeyond = 20

  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.tail-index", revision: 2, title: "Difference of tail indices",
      dimension: .fidelity,
      summary: "How far the heaviness of each column's tails is from the real one.",
      formula: "|ξ_real − ξ_synthetic|, Hill's estimates over one threshold",
      upperLimit: nil, direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "scale of a column"],
      sees: [.clippedTail], blindTo: [.shuffledColumns],
      cannotSee: "how many values are in the tail; where it begins; relations between columns",
      defaults: [
        "exceedances":
          "√n, at least 50, at most a fifth of the values of the side with the lighter tail"
      ],
      howToRead:
        "A real index of 0.5 and a synthetic one of 0.1 means tails that end far too early. Above "
        + "0.5 there is no variance, and Wasserstein distances are unsteady.",
      citations: [
        .init(
          "Hill (1975), A simple general approach to inference about the tail of a distribution",
          doi: "10.1214/aos/1176343247")
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
    return try MeasuredColumns(
      descriptor: descriptor, workspace: workspace,
      nothing: "no column has 50 values beyond a threshold above 0 on either side"
    ).result(columns) { column, role throws(MetricError) in
      do throws(NumericsError) {
        return [
          try Self.entry(
            column, sorted[column, role], sorted[column, .synthetic],
            training: role == .holdout ? sorted[column, .training] : nil)
        ]
      } catch {
        throw MetricError(error)
      }
    }
  }

  private static func entry(
    _ column: Int, _ real: [Double], _ synthetic: [Double], training: [Double]?
  ) throws(NumericsError) -> MeasuredColumns.Entry {
    var entry = MeasuredColumns.Entry(column: column)
    let smaller = Double(min(real.count, synthetic.count))
    let wanted = max(Double(fewest), smaller.squareRoot().rounded(.up))
    guard smaller * most >= Double(fewest) else {
      entry.reason = "fewer than 250 values on a side leave fewer than 50 in a tail"
      return entry
    }
    let share = wanted / smaller
    var differences: [(value: Double, error: Double, fresh: Double)] = []
    var references: [Double] = []
    var least = 1.0
    for upper in [true, false] {
      guard let (own, other) = try estimates(real, synthetic, share, upper: upper) else { continue }
      // Of a fresh sample the log-excesses scatter as the real ones do, as many as there are here.
      let fresh =
        own.logDeviation
        * (1 / Double(own.exceedances) + 1 / Double(other.exceedances)).squareRoot()
      let error = hypot(
        own.logDeviation / Double(own.exceedances).squareRoot(),
        other.logDeviation / Double(other.exceedances).squareRoot())
      let z = error > 0 ? (own.index - other.index) / error : 0
      least = min(least, 2 * normalSurvival(abs(z)))
      differences.append((abs(own.index - other.index), error, fresh))
      entry.details[upper ? "upper" : "lower"] = .object([
        "real": .finite(own.index), "synthetic": .finite(other.index),
        "realValues": .integer(own.exceedances), "syntheticValues": .integer(other.exceedances),
        "z": .finite(z),
      ])
      if let training,
        let (held, trained) = try estimates(real, training, share, upper: upper)
      {
        references.append(abs(held.index - trained.index))
      }
    }
    guard !differences.isEmpty else {
      entry.reason =
        "no tail has a threshold above 0 and 20 values that vary beyond it on both sides"
      return entry
    }
    let count = Double(differences.count)
    func root(_ part: ((value: Double, error: Double, fresh: Double)) -> Double) -> Double {
      differences.reduce(0) { $0 + part($1) * part($1) }.squareRoot() / count
    }
    entry.value = differences.reduce(0) { $0 + $1.value } / count
    entry.floor = (
      (2 / Double.pi).squareRoot() * differences.reduce(0) { $0 + $1.fresh } / count,
      (1 - 2 / Double.pi).squareRoot() * root(\.fresh)
    )
    entry.deviation = root(\.error)
    if references.count == differences.count {
      entry.reference = references.reduce(0, +) / count
    }
    entry.test = TestResult(
      statistic: entry.value, pValue: min(1, count * least),
      method: "two mean log-excesses, normal, Bonferroni over tails")
    return entry
  }

  /// The estimates of one tail over one threshold; `nil` where it is not above 0 or where too few
  /// values lie beyond it.
  private static func estimates(
    _ real: [Double], _ synthetic: [Double], _ share: Double, upper: Bool
  ) throws(NumericsError) -> (HillEstimate, HillEstimate)? {
    // The lower tail with its sign turned, outermost last.
    let sides = [real, synthetic].map { sorted in upper ? sorted : sorted.reversed().map { -$0 } }
    let thresholds = sides.map { sorted in
      let count = max(fewest, Int((share * Double(sorted.count)).rounded()))
      return count < sorted.count ? sorted[sorted.count - count - 1] : -.infinity
    }
    let threshold = min(thresholds[0], thresholds[1])
    guard threshold > 0 else { return nil }
    let (first, second) = (sides[0], sides[1])
    let own = try HillEstimate(sorted: first.span, above: threshold)
    let other = try HillEstimate(sorted: second.span, above: threshold)
    guard min(own.exceedances, other.exceedances) >= fewestBeyond,
      max(own.logDeviation, other.logDeviation) > 0
    else { return nil }
    return (own, other)
  }
}

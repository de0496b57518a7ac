public import AssayDocument
import AssayNumerics
public import AssayTable
import Foundation

/// How far the shares of synthetic values beyond extreme real quantiles are off, by column.
///
/// ```
/// ½ (|q_lower − p_lower|/p_lower + |q_upper − p_upper|/p_upper)
/// ```
///
/// with p the share of real and q that of synthetic values strictly beyond the same real order
/// statistic, which leaves 1 % of the real values where there are 2,000 of them, else 5 %; a side on which all values beyond are tied with the quantile is left out. 0 for equal
/// shares, 1 where the tails are cut off. Of m fresh real values those beyond the r-th largest of n
/// are beta-binomial(m; r, n + 1 − r), whatever the law of continuous values: exact intervals and
/// p-values for the six tails of the details (5 %, 1 %, 0.1 % on both sides). With ties the law is
/// taken on either side of the tie, so that p-values err on the large side. The p-value of a column
/// is six times the least. Missing values are left out.
///
/// - Complexity: O(log *n*) a column once it is sorted, and O(*m*/20) for its p-values.
///
/// Source: Gumbel & von Schelling (1950), The distribution of the number of exceedances,
/// Annals of Mathematical Statistics 21, 247–262.
public struct TailMass: Metric {
  /// The tails of the details.
  static let shares = [0.05, 0.01, 0.001]
  /// Real values from which on the second tail decides the value, and not the first.
  private static let many = 2_000
  /// Real values that a column must have.
  private static let smallest = 100

  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.tail-mass", title: "Mass of the tails", dimension: .fidelity,
      summary: "How far the shares of values beyond extreme real quantiles are off.",
      formula: "mean over both tails of |q − p|/p, p and q the real and synthetic share beyond",
      upperLimit: nil, direction: .lowerIsBetter, anchor: .none,
      invariances: [
        "order of rows", "order of columns", "increasing transforms of a column on both sides",
      ],
      sees: [.scale, .clippedTail], blindTo: [.shuffledColumns],
      cannotSee: "how far beyond the quantile values lie; the middle; relations between columns",
      defaults: [
        "tails":
          "1 % decides the value from 2,000 real values on, else 5 %: fewer than ten rows say "
          + "little; 5 %, 1 % and 0.1 % are in the details",
        "smallest": "100 real values: fewer have no value beyond the quantile",
      ],
      howToRead:
        "1 means tails that are cut off or twice as heavy; the details say which side. With few rows "
        + "a fresh real sample is off by a half or more: compare with it.",
      citations: [
        .init(
          "Gumbel & von Schelling (1950), The distribution of the number of exceedances, "
            + "Annals of Mathematical Statistics 21, 247–262")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.featureIndices.filter { frame.fits[$0]?.numeric != nil }
    let sorted = try await SortedRoles(columns, in: workspace)
    let level = workspace.plan.level
    return try MeasuredColumns(
      descriptor: descriptor, workspace: workspace,
      nothing: "no column has 100 real values and one beyond its quantiles"
    ).result(columns) { column, role throws(MetricError) in
      do throws(NumericsError) {
        return [
          try Self.entry(
            column, sorted[column, role], sorted[column, .synthetic], level: level,
            training: role == .holdout ? sorted[column, .training] : nil)
        ]
      } catch {
        throw MetricError(error)
      }
    }
  }

  private static func entry(
    _ column: Int, _ real: [Double], _ synthetic: [Double], level: Double, training: [Double]?
  ) throws(NumericsError) -> MeasuredColumns.Entry {
    var entry = MeasuredColumns.Entry(column: column)
    guard real.count >= smallest, !synthetic.isEmpty else {
      entry.reason =
        synthetic.isEmpty ? "no synthetic row has a value" : "fewer than 100 real values"
      return entry
    }
    var listed: [String: DetailValue] = [:]
    var least = 1.0
    var tests = 0
    var decisive: [Exceedances] = []
    let chosen = real.count >= many ? shares[1] : shares[0]
    for upper in [false, true] {
      for share in shares {
        guard let tail = Exceedances(real, synthetic, share: share, upper: upper) else { continue }
        let pValue = try tail.pValue()
        least = min(least, pValue)
        tests += 1
        if share == chosen { decisive.append(tail) }
        let side = upper ? "above" : "below"
        listed["\(side)\(upper ? 1 - share : share)"] = .object([
          "real": .finite(CellLabels.share(tail.realShare)),
          "synthetic": .finite(CellLabels.share(tail.syntheticShare)),
          "expected": .finite(CellLabels.share(tail.law.mean / Double(synthetic.count))),
          "p": .finite(pValue),
        ])
      }
    }
    guard !decisive.isEmpty else {
      entry.reason = "the values beyond the quantiles are tied with them"
      return entry
    }
    let count = Double(decisive.count)
    entry.value = decisive.reduce(0) { $0 + $1.value } / count
    let floors = decisive.map(\.floor)
    entry.floor = (
      floors.reduce(0) { $0 + $1.mean } / count,
      floors.reduce(0) { $0 + $1.spread * $1.spread }.squareRoot() / count
    )
    entry.deviation =
      decisive.reduce(0) { $0 + $1.deviation * $1.deviation }.squareRoot() / count
    if let training, !training.isEmpty {
      let tails = [false, true].compactMap {
        Exceedances(real, training, share: chosen, upper: $0)
      }
      entry.reference =
        tails.isEmpty ? nil : tails.reduce(0) { $0 + $1.value } / Double(tails.count)
    }
    entry.details = ["tails": .object(listed)]
    entry.test = TestResult(
      statistic: entry.value, pValue: min(1, Double(tests) * least),
      method: "beta-binomial tails of \(tests) counts, Bonferroni")
    return entry
  }
}

/// The values of both sides strictly beyond a real order statistic.
struct Exceedances {
  /// Beyond it on the real side, of so many.
  private let own: Int
  private let n: Int
  /// Beyond it on the synthetic side, of so many.
  private let other: Int
  private let m: Int
  /// Real values at the order statistic itself.
  private let tied: Int

  /// There are none where no real value lies beyond.
  init?(_ real: [Double], _ synthetic: [Double], share: Double, upper: Bool) {
    n = real.count
    m = synthetic.count
    let rank = Int((share * Double(n)).rounded(.up)) + 1
    guard rank < n else { return nil }
    let threshold = upper ? real[n - rank] : real[rank - 1]
    let inReal = counts(below: threshold, inSorted: real.span)
    let inSynthetic = counts(below: threshold, inSorted: synthetic.span)
    own = upper ? n - inReal.lessOrEqual : inReal.less
    other = upper ? m - inSynthetic.lessOrEqual : inSynthetic.less
    tied = inReal.lessOrEqual - inReal.less
    guard own > 0 else { return nil }
  }

  var realShare: Double { Double(own) / Double(n) }
  var syntheticShare: Double { Double(other) / Double(m) }
  var value: Double { abs(syntheticShare - realShare) / realShare }

  /// How many of as many fresh real values lie beyond.
  var law: BetaBinomial {
    BetaBinomial(trials: m, a: Double(own + 1), b: Double(n - own))
  }

  /// Two-sided by doubling; with ties the heavier law above and the lighter one below.
  func pValue() throws(NumericsError) -> Double {
    let lighter =
      tied > 1 ? BetaBinomial(trials: m, a: Double(own), b: Double(n + 1 - own)) : law
    let upper = try law.upperTail(atLeast: other)
    let lower = try lighter.lowerTail(atMost: other)
    return min(1, 2 * min(upper, lower))
  }

  /// E|q − p|/p for a fresh sample: with a normal law for many counts, else by its terms.
  var floor: (mean: Double, spread: Double) {
    let centre = law.mean / Double(m) / realShare - 1
    let deviation = law.deviation / Double(m) / realShare
    guard deviation > 0 else { return (abs(centre), 0) }
    // The mean of the absolute value of a normal variable.
    let z = centre / deviation
    let mean =
      deviation * (2 / Double.pi).squareRoot() * exp(-z * z / 2)
      + centre * (1 - 2 * normalDistribution(-z))
    return (mean, max(0, centre * centre + deviation * deviation - mean * mean).squareRoot())
  }

  /// The standard deviation of the value: both counts vary.
  var deviation: Double {
    let q = max(syntheticShare, 1 / Double(m))
    let ratio = max(syntheticShare, 1 / Double(m)) / realShare
    return (q / Double(m) / (realShare * realShare) + ratio * ratio / Double(own)).squareRoot()
  }
}

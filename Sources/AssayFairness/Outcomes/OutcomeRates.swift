import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import Foundation

/// The rates of an outcome by group on one real side and among synthetic rows.
struct OutcomeRates: Sendable {
  /// Rows and yes rows of one group.
  struct Count: Sendable {
    var rows: Double
    var positives: Double
    var rate: Double { rows > 0 ? positives / rows : 0 }
  }

  /// What a block of a calibration holds, in this order, then a difference for each group.
  enum Subject: Int {
    case gapChange, largest, dependence, differential
    static let groups = 4
  }

  /// The groups that have enough rows on both sides.
  var supported: [Int]
  /// By group of the grouping.
  var real, synthetic: [Count]
  /// All rows.
  var wholeReal: Count
  /// The change of each quantity, with replicates.
  var block: CalibratedBlock
  /// How many deviations hold for the rates of all groups at once.
  var reach: Double
  /// Pairs of fresh samples: the change of the gap, and the largest change of a rate.
  var drawnGaps, drawnLargest: [Double]

  /// Rows that a group needs on either side before its rate is compared.
  static let support = 30.0
  /// Pairs of fresh samples that are drawn.
  static let draws = 400

  /// The largest rate less the smallest.
  func gap(_ counts: [Count]) -> Double { groupGap(supported.map { counts[$0].rate }) ?? 0 }

  /// The deviation of one quantity.
  func deviation(_ subject: Int) -> Double { block.deviation(subject) }

  /// Theil's U of the answer given the group: the share of its entropy that the group takes away.
  static func dependence(_ counts: [Count]) -> Double {
    let rows = counts.reduce(0) { $0 + $1.rows }
    let yes = counts.reduce(0) { $0 + $1.positives }
    guard rows > 0, yes > 0, yes < rows else { return 0 }
    func entropy(_ share: Double) -> Double {
      share > 0 && share < 1 ? -share * log(share) - (1 - share) * log1p(-share) : 0
    }
    let whole = entropy(yes / rows)
    let left = counts.reduce(0) { $0 + $1.rows / rows * entropy($1.rate) }
    return min(1, max(0, (whole - left) / whole))
  }

  /// The largest logarithm of a ratio of the chance of an answer between two groups, one row of
  /// either answer added to each group.
  static func differential(_ counts: [Count]) -> Double {
    var epsilon = 0.0
    for answer in [true, false] {
      let chances = counts.map { count in
        ((answer ? count.positives : count.rows - count.positives) + 1) / (count.rows + 2)
      }
      guard let least = chances.min(), let most = chances.max(), least > 0 else { continue }
      epsilon = max(epsilon, log(most / least))
    }
    return epsilon
  }

  /// The counts of a tally.
  static func counts(_ total: [Double]) -> [Count] {
    stride(from: 0, to: total.count - 1, by: 2).map {
      Count(rows: total[$0], positives: total[$0 + 1])
    }
  }
}

/// The rates of an outcome by group, by real side; a side is absent where fewer than two groups
/// have enough rows.
struct OutcomeRatesOf: Artifact {
  typealias Frame = ReferenceFrame

  var grouping: Int
  var outcome: Int

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Against: OutcomeRates] {
    let own = try await workspace.value(of: Groupings()).groupings[grouping]
    let target = try await workspace.value(of: Outcomes()).outcomes[outcome].name
    let size = own.groups.count
    var grouped = GroupedCounts(cells: 2 * size + 2, training: [], synthetic: [], holdout: [])
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      let sums = try await workspace.value(
        of: OutcomeTally(grouping: grouping, outcome: outcome, role: role))
      switch role {
      case .training: grouped.training = sums
      case .synthetic: grouped.synthetic = sums
      case .holdout: grouped.holdout = sums
      }
    }
    func counts(_ sums: [Float]) -> [OutcomeRates.Count] {
      OutcomeRates.counts(GroupTallies.total(sums, cells: 2 * size + 2))
    }
    let synthetic = counts(grouped.synthetic)
    let training = counts(grouped.training)
    let holdout = counts(grouped.holdout)
    let calibrator = try await Calibrator(workspace)
    var sides: [Against: OutcomeRates] = [:]
    for (against, _) in FairnessScores.sides(frame) {
      let real = against == .training ? training : holdout
      let supported = (0..<size).filter {
        min(real[$0].rows, synthetic[$0].rows) >= OutcomeRates.support
      }
      guard supported.count >= 2,
        let block = calibrator.calibrate(grouped, Self.statistic(supported))[against]
      else { continue }
      let width = OutcomeRates.Subject.groups + supported.count
      let drawn = Self.fresh(
        supported, real: real, fresh: (training, holdout), synthetic: synthetic[size].rows,
        RandomStream(
          seed: workspace.plan.seed,
          path: ["fairness", "rates", against.rawValue, target] + own.columns))
      sides[against] = OutcomeRates(
        supported: supported, real: Array(real.prefix(size)),
        synthetic: Array(synthetic.prefix(size)), wholeReal: real[size], block: block,
        reach: try Simultaneous.reach(
          block.replicates, columns: Array(OutcomeRates.Subject.groups..<width), of: width,
          level: workspace.plan.level), drawnGaps: drawn.gaps, drawnLargest: drawn.largest)
    }
    return sides
  }

  /// The change of the gap, the largest change of a rate, the change of the dependence, and the
  /// change of each rate.
  private static func statistic(_ supported: [Int]) -> TwoSampleStatistic {
    TwoSampleStatistic(subjects: OutcomeRates.Subject.groups + supported.count) {
      real, synthetic, out in
      func counts(_ cells: Span<Float>) -> [OutcomeRates.Count] {
        supported.map {
          .init(rows: Double(cells[2 * $0]), positives: Double(cells[2 * $0 + 1]))
        }
      }
      let (first, second) = (counts(real), counts(synthetic))
      let rates = (first.map(\.rate), second.map(\.rate))
      var largest = 0.0
      for index in supported.indices {
        let change = rates.1[index] - rates.0[index]
        out[OutcomeRates.Subject.groups + index] = change
        largest = max(largest, abs(change))
      }
      out[OutcomeRates.Subject.gapChange.rawValue] =
        (groupGap(rates.1.map(Optional.some)) ?? 0) - (groupGap(rates.0.map(Optional.some)) ?? 0)
      out[OutcomeRates.Subject.largest.rawValue] = largest
      out[OutcomeRates.Subject.dependence.rawValue] =
        OutcomeRates.dependence(second) - OutcomeRates.dependence(first)
      out[OutcomeRates.Subject.differential.rawValue] =
        OutcomeRates.differential(second) - OutcomeRates.differential(first)
    }
  }

  /// Draws pairs of samples with one rate for each group: as many real rows as there are, and as
  /// many synthetic rows as a fresh sample would have in the group.
  private static func fresh(
    _ supported: [Int], real: [OutcomeRates.Count],
    fresh roles: ([OutcomeRates.Count], [OutcomeRates.Count]), synthetic: Double,
    _ stream: RandomStream
  ) -> (gaps: [Double], largest: [Double]) {
    var stream = stream
    let pooled = roles.0.indices.map { index in
      let other = index < roles.1.count ? roles.1[index] : .init(rows: 0, positives: 0)
      return OutcomeRates.Count(
        rows: roles.0[index].rows + other.rows,
        positives: roles.0[index].positives + other.positives)
    }
    let whole = pooled[pooled.count - 1].rows
    func rate(_ rows: Double, _ chance: Double) -> Double {
      let trials = max(1, Int(rows.rounded()))
      return Double(stream.binomial(trials: trials, probability: min(1, max(0, chance))))
        / Double(trials)
    }
    var gaps: [Double] = []
    var largest: [Double] = []
    for _ in 0..<OutcomeRates.draws {
      var first: [Double] = []
      var second: [Double] = []
      for group in supported {
        first.append(rate(real[group].rows, pooled[group].rate))
        second.append(
          rate(synthetic * pooled[group].rows / max(1, whole), pooled[group].rate))
      }
      gaps.append(
        (groupGap(second.map(Optional.some)) ?? 0) - (groupGap(first.map(Optional.some)) ?? 0))
      largest.append(zip(first, second).map { abs($0 - $1) }.max() ?? 0)
    }
    return (gaps, largest)
  }
}

import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import Foundation

/// The shares of the groups of one grouping on one real side, with what a fresh real sample gets.
struct GroupShares {
  /// One group.
  struct Group {
    var label: String
    var real: Double
    var synthetic: Double
    /// `nil` where the real side lacks the group.
    var ratio: RepresentationRatio?
    /// Limits of the ratio that hold for all groups together.
    var limits: (lower: Double, upper: Double)?
    /// The share among all real rows that there are.
    var pooledShare: Double
    /// The chance that a fresh real sample as large as the synthetic table lacks the group.
    var absence: Double { exp(syntheticRows * log1p(-min(pooledShare, 1 - 1e-12))) }
    var syntheticRows: Double
  }

  var groups: [Group]
  var realRows: Double
  var syntheticRows: Double
  /// How many deviations hold for all groups together.
  var reach: Double
  /// The smallest ratio, folded, of so many pairs of fresh samples.
  var drawn: [Double]

  /// Pairs of fresh samples that are drawn.
  static let draws = 400

  /// The smallest of the ratios, folded.
  var worst: (group: Group, folded: Double)? {
    groups.compactMap { group in group.ratio.map { (group, $0.folded) } }.min { $0.1 < $1.1 }
  }

  /// The mean and the deviation of the smallest ratio of fresh samples.
  static func floor(_ drawn: [Double]) -> ScoreFloor {
    let (mean, deviation) = CalibratedBlock.moments(drawn, subject: 0, of: 1)
    return ScoreFloor(value: mean, spread: deviation, method: "drawn-samples")
  }
}

/// The shares of the groups of a grouping, by real side.
struct GroupSharesOf: Artifact {
  typealias Frame = ReferenceFrame

  var grouping: Int

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Against: GroupShares] {
    let own = try await workspace.value(of: Groupings()).groupings[grouping]
    let size = own.groups.count
    let counts = try await GroupTallies.counts(grouping, size, workspace)
    let calibrator = try await Calibrator(workspace)
    let blocks = calibrator.calibrate(counts, Self.statistic(size))
    let training = GroupTallies.total(counts.training, cells: size + 1)
    let holdout = GroupTallies.total(counts.holdout, cells: size + 1)
    let synthetic = GroupTallies.total(counts.synthetic, cells: size + 1)
    let pooled = zip(training, holdout).map { ($0 + $1) / (training[size] + holdout[size]) }
    var sides: [Against: GroupShares] = [:]
    for (against, _) in FairnessScores.sides(frame) {
      guard let block = blocks[against] else { continue }
      let real = against == .training ? training : holdout
      let reach = try Simultaneous.reach(
        block.replicates, columns: Array(0..<size), of: size, level: workspace.plan.level)
      let tail = normalSurvival(reach)
      var groups: [GroupShares.Group] = []
      do throws(NumericsError) {
        for index in 0..<size {
          var group = GroupShares.Group(
            label: own.groups[index].label, real: real[index], synthetic: synthetic[index],
            pooledShare: pooled[index], syntheticRows: synthetic[size])
          if real[index].rounded() >= 1, real[size] >= 1, synthetic[size] >= 1 {
            let ratio = try RepresentationRatio(
              count: min(Int(synthetic[index].rounded()), Int(synthetic[size].rounded())),
              of: Int(synthetic[size].rounded()),
              otherCount: min(Int(real[index].rounded()), Int(real[size].rounded())),
              of: Int(real[size].rounded()))
            group.ratio = ratio
            group.limits = try ratio.interval(tail: tail)
          }
          groups.append(group)
        }
      } catch {
        throw MetricError(error)
      }
      sides[against] = GroupShares(
        groups: groups, realRows: real[size], syntheticRows: synthetic[size], reach: reach,
        drawn: Self.fresh(
          Array(pooled.prefix(size)), real: real[size], synthetic: synthetic[size],
          RandomStream(
            seed: workspace.plan.seed,
            path: ["fairness", "shares", against.rawValue] + own.columns)))
    }
    return sides
  }

  /// The logarithm of the ratio of each group, half a row added.
  private static func statistic(_ size: Int) -> TwoSampleStatistic {
    TwoSampleStatistic(subjects: size) { real, synthetic, out in
      let n = Double(real[size]) + 0.5
      let m = Double(synthetic[size]) + 0.5
      for group in 0..<size {
        out[group] =
          log((Double(synthetic[group]) + 0.5) / m) - log((Double(real[group]) + 0.5) / n)
      }
    }
  }

  /// The smallest folded ratio of pairs of samples of one law; groups that the real sample lacks by
  /// chance play no part, as they do not in the measurement.
  private static func fresh(
    _ shares: [Double], real: Double, synthetic: Double, _ stream: RandomStream
  ) -> [Double] {
    var stream = stream
    let sizes = (Int(real.rounded()), Int(synthetic.rounded()))
    guard sizes.0 > 0, sizes.1 > 0 else { return [] }
    return (0..<GroupShares.draws).map { _ in
      let first = counts(shares, sizes.0, &stream)
      let second = counts(shares, sizes.1, &stream)
      var least = 1.0
      for group in shares.indices where first[group] > 0 {
        let ratio =
          Double(second[group]) / Double(sizes.1) / (Double(first[group]) / Double(sizes.0))
        least = min(least, RepresentationRatio.folded(ratio))
      }
      return least
    }
  }

  /// A draw of rows over groups, one group after the other of what is left.
  private static func counts(
    _ shares: [Double], _ rows: Int, _ stream: inout RandomStream
  ) -> [Int] {
    var left = rows
    var rest = 1.0
    return shares.map { share in
      let chance = rest > 0 ? min(1, max(0, share / rest)) : 0
      let count = stream.binomial(trials: left, probability: chance)
      left -= count
      rest -= share
      return count
    }
  }
}

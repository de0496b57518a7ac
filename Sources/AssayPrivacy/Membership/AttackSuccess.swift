import AssayDocument
import AssayMetrics
import AssayNumerics

/// How well one attack tells training rows from others in one stratum.
struct AttackSuccess: Sendable {
  /// The area under the ROC curve, and its interval (DeLong, on the logit); none at 0 or 1.
  var area: Double
  var interval: ConfidenceInterval?
  /// True positives by members where false positives are at most so many, by the staircase.
  var rates: [(falsePositives: Double, truePositives: Double)]
  /// The largest TPR − FPR over all thresholds.
  var advantage: Double
  /// ε from a threshold chosen on one half of the targets and tried on the other; on demand.
  var epsilon: EpsilonBound?
  /// F₁ at that threshold against naming everybody a member.
  var relativeF1: Double?
  /// Points of the curve.
  var curve: [(falsePositives: Double, truePositives: Double)]

  /// The shares of false positives at which attacks are compared.
  static let falsePositiveRates = [0.001, 0.01, 0.1]

  init(
    scores: [Double], members: Int, targets: [Int], draws: [UInt64], withEpsilon: Bool
  ) throws(NumericsError) {
    let isMember = targets.map { $0 < members }
    let own = targets.map { scores[$0] }
    let curve = try OperatingCurve(scores: own.span, isPositive: isMember.span)
    let positives = zip(own, isMember).filter(\.1).map(\.0)
    let negatives = zip(own, isMember).filter { !$0.1 }.map(\.0)
    let area = try AreaUnderCurve(positives: positives.span, negatives: negatives.span)
    self.area = area.value
    interval = area.value > 0 && area.value < 1 ? try area.logitInterval() : nil
    rates = Self.falsePositiveRates.map {
      ($0, curve.truePositiveRate(atFalsePositiveRate: $0))
    }
    advantage = curve.maximumAdvantage
    self.curve = Self.points(curve)
    guard withEpsilon else { return }
    let threshold = try Self.threshold(own, isMember, targets.map { draws[$0] })
    var counts = (hits: 0, members: 0, alarms: 0, others: 0)
    for (place, target) in targets.enumerated() where draws[target] & 2 != 0 {
      let isCalled = own[place] >= threshold
      if isMember[place] {
        counts.members += 1
        if isCalled { counts.hits += 1 }
      } else {
        counts.others += 1
        if isCalled { counts.alarms += 1 }
      }
    }
    epsilon = try EpsilonBound(
      truePositives: counts.hits, members: max(1, counts.members),
      falsePositives: counts.alarms, others: max(1, counts.others), tail: 0.0125)
    let share = Double(counts.members) / Double(max(1, counts.members + counts.others))
    relativeF1 =
      counts.members > 0 && share < 1
      ? try AssayNumerics.relativeF1(
        truePositives: counts.hits, falsePositives: counts.alarms,
        falseNegatives: counts.members - counts.hits, share: share) : 0
  }

  /// The threshold with the largest bound of ε on the targets of one half.
  private static func threshold(
    _ scores: [Double], _ isMember: [Bool], _ draws: [UInt64]
  ) throws(NumericsError) -> Double {
    let half = scores.indices.filter { draws[$0] & 2 == 0 }
    let labels = half.map { isMember[$0] }
    let own = half.map { scores[$0] }
    guard labels.contains(true), labels.contains(false) else { return .infinity }
    let curve = try OperatingCurve(scores: own.span, isPositive: labels.span)
    var best = (value: -1.0, threshold: Double.infinity)
    for point in curve.thinned(to: 64) {
      let bound = try EpsilonBound(
        truePositives: point.truePositives, members: curve.positives,
        falsePositives: point.falsePositives, others: curve.negatives)
      let value = max(bound.fromPositives, bound.fromNegatives)
      if value > best.value { best = (value, point.threshold) }
    }
    return best.threshold
  }

  /// True positives at false positives that are even on a logarithmic scale, and at their ends.
  private static func points(
    _ curve: OperatingCurve
  ) -> [(falsePositives: Double, truePositives: Double)] {
    var found: [(falsePositives: Double, truePositives: Double)] = []
    for share in [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1] {
      guard share * Double(curve.negatives) >= 1 else { continue }
      found.append((share, curve.truePositiveRate(atFalsePositiveRate: share)))
    }
    return found
  }
}

import AssayNumerics
import Foundation
import Testing

/// Splits scores by label.
func split(_ scores: [Double], _ labels: [Bool]) -> (positives: [Double], negatives: [Double]) {
  (
    zip(scores, labels).filter(\.1).map(\.0),
    zip(scores, labels).filter { !$0.1 }.map(\.0)
  )
}

@Suite struct `Areas under the curve` {
  @Test func `tied scores count half and nothing is clamped`() throws {
    // Closed form: of four pairs one is in order, one tied, two reversed.
    let area = try AreaUnderCurve(positives: [1.0, 2].span, negatives: [1.0, 3].span)
    #expect(area.value == 0.375)
    let worst = try AreaUnderCurve(positives: [0.0].span, negatives: [1.0].span)
    #expect(worst.value == 0)
    #expect(throws: NumericsError.self) { try worst.deLongVariance() }
    #expect(throws: NumericsError.self) { try worst.logitInterval() }
    let none: [Double] = []
    #expect(throws: NumericsError.self) {
      _ = try AreaUnderCurve(positives: none.span, negatives: [1.0].span)
    }
    #expect(throws: NumericsError.self) {
      _ = try AreaUnderCurve(positives: [Double.nan].span, negatives: [1.0].span)
    }
    let constant = try AreaUnderCurve(positives: [2.0, 2].span, negatives: [2.0, 2].span)
    #expect(constant.value == 0.5 && constant.pValueTwoSided == 1)
  }

  @Test func `the exact p-value is the share of all labellings, ties included`() throws {
    // Slow twin: every choice of three of eight rows.
    let pooled = [1.0, 2, 2, 3, 4, 4, 4, 7]
    let chosen = [2, 5, 7]
    func area(_ rows: [Int]) throws -> AreaUnderCurve {
      let (a, b) = split(pooled, pooled.indices.map(rows.contains))
      return try AreaUnderCurve(positives: a.span, negatives: b.span)
    }
    let observed = try area(chosen)
    var reached = 0
    var all = 0
    for i in 0..<8 {
      for j in (i + 1)..<8 {
        for k in (j + 1)..<8 {
          all += 1
          if try area([i, j, k]).value >= observed.value - 1e-12 { reached += 1 }
        }
      }
    }
    let (a, b) = split(pooled, pooled.indices.map(chosen.contains))
    let tail = observed.exactPValueGreater(positives: a.span, negatives: b.span)
    let exact = try #require(tail)
    #expect(abs(exact - Double(reached) / Double(all)) < 1e-13)
    let none = observed.exactPValueGreater(positives: a.span, negatives: b.span, costLimit: 1)
    #expect(none == nil)
  }

  @Test func `a paired difference is as wide as the covariance says`() throws {
    // Slow twin: DeLong's variance of each less twice the covariance of their placements.
    var stream = RandomStream(seed: 3, name: "paired")
    let labels = (0..<60).map { $0 % 3 == 0 }
    let x = labels.map { ($0 ? 1 : 0) + stream.normal() }
    let y = x.map { ($0 * 4).rounded() / 4 + 0.3 * stream.normal() }
    let (a1, b1) = split(x, labels)
    let (a2, b2) = split(y, labels)
    let first = try AreaUnderCurve(positives: a1.span, negatives: b1.span)
    let second = try AreaUnderCurve(positives: a2.span, negatives: b2.span)
    func placements(_ a: [Double], _ b: [Double]) -> [Double] {
      a.map { v in b.reduce(0) { $0 + (v > $1 ? 1 : v == $1 ? 0.5 : 0) } / Double(b.count) }
    }
    func covariance(_ u: [Double], _ v: [Double]) -> Double {
      let (mu, mv) = (u.reduce(0, +) / Double(u.count), v.reduce(0, +) / Double(v.count))
      return zip(u, v).reduce(0) { $0 + ($1.0 - mu) * ($1.1 - mv) } / Double(u.count - 1)
    }
    let above =
      covariance(placements(a1, b1), placements(a2, b2)) / Double(a1.count)
    let below = covariance(placements(b1, a1), placements(b2, a2)) / Double(b1.count)
    let want = try first.deLongVariance() + second.deLongVariance() - 2 * (above + below)
    let difference = try AreaDifference(first, second)
    #expect(abs(difference.standardError - want.squareRoot()) < 1e-12)
    #expect(try AreaDifference(first, first).pValue == 1)
    let short = try AreaUnderCurve(positives: a1.span, negatives: a1.span)
    #expect(throws: NumericsError.self) { _ = try AreaDifference(first, short) }
  }

  @Test func `a curve steps over ties and is thinned evenly`() throws {
    let scores = [0.9, 0.8, 0.8, 0.4]
    let labels = [true, true, false, false]
    let curve = try OperatingCurve(scores: scores.span, isPositive: labels.span)
    #expect(curve.points.count == 3)
    // Closed form: the tie at 0.8 cannot be entered half way.
    #expect(curve.truePositiveRate(atFalsePositiveRate: 0.49) == 0.5)
    #expect(curve.truePositiveRate(atFalsePositiveRate: 0.5) == 1)
    #expect(curve.maximumAdvantage == 0.5)
    #expect(curve.precision(curve.points[1]) == 2.0 / 3)
    #expect(abs(try curve.partialArea(upTo: 1) - 0.875) < 1e-15)
    #expect(abs(try curve.partialArea(upTo: 0.25) - 0.15625) < 1e-15)
    #expect(throws: NumericsError.self) { try curve.partialArea(upTo: 0) }
    #expect(throws: NumericsError.self) {
      _ = try OperatingCurve(scores: scores.span, isPositive: [true, true, true, true].span)
    }
    var stream = RandomStream(seed: 4, name: "thin")
    let many = (0..<3000).map { _ in stream.normal() }
    let kinds = many.map { $0 + stream.normal() > 0 }
    let full = try OperatingCurve(scores: many.span, isPositive: kinds.span)
    let thin = full.thinned(to: 50)
    #expect(thin.count <= 50 && thin.count > 40)
    #expect(thin.first == full.points.first && thin.last == full.points.last)
    let (a, b) = split(many, kinds)
    let area = try AreaUnderCurve(positives: a.span, negatives: b.span)
    #expect(abs(try full.partialArea(upTo: 1) - area.value) < 1e-12)
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Areas against the reference` {
  @Test(arguments: Reference.cases("univariate", "mann_whitney_u"))
  func `scipy's rank test is met`(_ reference: ReferenceCase) throws {
    let (x, y) = (reference.numbers("x"), reference.numbers("y"))
    let area = try AreaUnderCurve(positives: x.span, negatives: y.span)
    reference.expect(area.value, "AUC_x_gt_y")
    let want = reference.expected("p_asymptotic_tie_corrected_cc").number
    // scipy gives 1 for constants, as here.
    reference.expect(area.pValueTwoSided, want.isNaN ? 1 : want, "p")
    if reference.expected["p_exact"] != nil, x.count + y.count <= 20 {
      let up = area.exactPValueGreater(positives: x.span, negatives: y.span)
      let swapped = try AreaUnderCurve(positives: y.span, negatives: x.span)
      let down = swapped.exactPValueGreater(positives: y.span, negatives: x.span)
      reference.expect(try min(1, 2 * min(#require(up), #require(down))), "p_exact")
    }
  }

  @Test(arguments: Reference.cases("privacy", "auc_with_delong_variance"))
  func `DeLong's variance and interval are met`(_ reference: ReferenceCase) throws {
    let labels = reference.numbers("label").map { $0 == 1 }
    let (a, b) = split(reference.numbers("score"), labels)
    let area = try AreaUnderCurve(positives: a.span, negatives: b.span)
    reference.expect(area.value, "auc")
    reference.expect(try area.deLongVariance(), "delong_var")
    let interval = try area.logitInterval()
    let want = reference.expected("logit_ci95").numbers
    reference.expect(interval.lower, want[0], "lower")
    reference.expect(interval.upper, want[1], "upper")
    // Without ties the variance over labellings is the textbook one.
    let distinct = Array(0..<11).map(Double.init)
    let (c, d) = split(distinct, labels)
    let plain = try AreaUnderCurve(positives: c.span, negatives: d.span)
    reference.expect(plain.permutationVariance, "null_var_no_ties")
  }

  @Test(arguments: Reference.cases("privacy", "membership_attack_scores"))
  func `what an attack finds at a share of false alarms is met`(
    _ reference: ReferenceCase
  ) throws {
    for (name, attack) in reference.expected.sorted(by: { $0.key < $1.key }) {
      let fields = Dictionary(uniqueKeysWithValues: attack.object.map { ($0.key, $0.value) })
      let scores = fields["score"]?.numbers ?? []
      let labels = scores.indices.map { $0 < 12 }
      let curve = try OperatingCurve(scores: scores.span, isPositive: labels.span)
      let (a, b) = split(scores, labels)
      let area = try AreaUnderCurve(positives: a.span, negatives: b.span)
      let want = { (key: String) in fields[key]?.number ?? .nan }
      reference.expect(area.value, want("auc"), "\(name) auc")
      reference.expect(area.pValueGreater, want("mwu_p_greater"), "\(name) p")
      reference.expect(
        curve.truePositiveRate(atFalsePositiveRate: 0.1), want("tpr_at_fpr_0.1_step"), name)
      reference.expect(curve.maximumAdvantage, want("max_advantage"), "\(name) advantage")
    }
  }

  @Test(arguments: Reference.cases("utility", "auroc_ties"))
  func `scikit-learn's areas of tied scores are met`(_ reference: ReferenceCase) throws {
    let labels = reference.numbers("y").map { $0 == 1 }
    let scores = reference.numbers("p")
    let (a, b) = split(scores, labels)
    let area = try AreaUnderCurve(positives: a.span, negatives: b.span)
    reference.expect(area.value, "auroc")
    let curve = try OperatingCurve(scores: scores.span, isPositive: labels.span)
    reference.expect(curve.averagePrecision, "average_precision")
  }
}

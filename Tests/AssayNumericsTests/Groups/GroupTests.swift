import AssayNumerics
import Foundation
import Testing

@Suite struct `Outcomes by group` {
  @Test func `a rate without rows has no value`() {
    let empty = GroupOutcomes(rows: 0, positives: 0, predicted: 0, truePositives: 0)
    #expect(empty.selectionRate == nil && empty.truePositiveRate == nil && empty.precision == nil)
    let onlyYes = GroupOutcomes(rows: 3, positives: 3, predicted: 1, truePositives: 1)
    #expect(onlyYes.falsePositiveRate == nil && onlyYes.precision == 1)
  }

  @Test func `gaps need two groups and pass absent rates over`() {
    #expect(groupGap([0.4, nil]) == nil)
    #expect(groupGap([0.5, nil, 0.75]) == 0.25)
    #expect(groupRatio([0.0, 0.0]) == 1)
    #expect(groupRatio([0.25, 0.5, nil]) == 0.5)
    #expect(equalisedOddsGap([]) == nil)
  }

  @Test func `a folded ratio is symmetric and 0 for an absent group`() throws {
    let twice = try RepresentationRatio(count: 40, of: 100, otherCount: 20, of: 100)
    let half = try RepresentationRatio(count: 20, of: 100, otherCount: 40, of: 100)
    #expect(twice.ratio == 2 && twice.folded == half.folded && twice.folded == 0.5)
    let gone = try RepresentationRatio(count: 0, of: 100, otherCount: 40, of: 100)
    #expect(gone.folded == 0 && gone.logDeviation.isFinite)
    #expect(throws: NumericsError.self) {
      try RepresentationRatio(count: 1, of: 100, otherCount: 0, of: 100)
    }
  }

  /// Closed form: with no row in the first sample the Clopper–Pearson limit is 1 − α^(1/n).
  @Test func `limits of rare groups are exact`() throws {
    let gone = try RepresentationRatio(count: 0, of: 200, otherCount: 10, of: 100)
    let (lower, upper) = try gone.interval(tail: 0.025)
    #expect(lower == 0)
    let share = 1 - pow(0.025, 1.0 / 10)
    #expect(abs(upper - share / (1 - share) * 0.5) < 1e-9)
    let only = try RepresentationRatio(count: 5, of: 100, otherCount: 1, of: 100)
    let wide = try only.interval(tail: 0.025)
    #expect(wide.lower < 5 && wide.upper > 5)
  }

  /// Law: the expected folded ratio is what samples of one law show.
  @Test func `what fresh samples get is the mean over draws`() {
    var stream = RandomStream(seed: 5, name: "representation")
    let (n, m, share) = (2_000, 800, 0.05)
    var sum = 0.0
    var squares = 0.0
    let rounds = 4_000
    for _ in 0..<rounds {
      let a = Double(stream.binomial(trials: n, probability: share)) / Double(n)
      let b = Double(stream.binomial(trials: m, probability: share)) / Double(m)
      let folded = RepresentationRatio.folded(b / a)
      sum += folded
      squares += folded * folded
    }
    let mean = sum / Double(rounds)
    let deviation = (squares / Double(rounds) - mean * mean).squareRoot()
    let expected = RepresentationRatio.expected(share: share, rows: (Double(n), Double(m)))
    #expect(abs(mean - expected.mean) < 4 * deviation / Double(rounds).squareRoot() + 0.004)
    #expect(abs(deviation - expected.deviation) < 0.01)
  }

  /// Law: limits at 2.5 % on either side hold the true ratio 1 in 95 % of samples, or more.
  @Test(arguments: [0.004, 0.02, 0.6]) func `limits hold their level`(_ share: Double) throws {
    var stream = RandomStream(seed: 6, name: "coverage", String(share))
    var missed = 0
    let rounds = 1_000
    for _ in 0..<rounds {
      let a = stream.binomial(trials: 1_500, probability: share)
      let b = stream.binomial(trials: 900, probability: share)
      guard a > 0 else { continue }
      let ratio = try RepresentationRatio(count: b, of: 900, otherCount: a, of: 1_500)
      let (lower, upper) = try ratio.interval(tail: 0.025)
      if lower > 1 || upper < 1 { missed += 1 }
    }
    // 1,000 trials of a 5 % event stay below 70 but for one time in a thousand.
    #expect(missed <= 70, "\(missed) of 1,000")
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Groups against the reference` {
  private func outcomes(
    _ reference: ReferenceCase, by key: (Int) -> String
  ) -> [(group: String, outcomes: GroupOutcomes)] {
    let y = reference.numbers("y")
    let predicted = reference.numbers("pred")
    var found: [String: GroupOutcomes] = [:]
    for row in y.indices {
      var own =
        found[key(row)]
        ?? GroupOutcomes(rows: 0, positives: 0, predicted: 0, truePositives: 0)
      own.rows += 1
      own.positives += y[row]
      own.predicted += predicted[row]
      own.truePositives += y[row] * predicted[row]
      found[key(row)] = own
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func texts(_ reference: ReferenceCase, _ key: String) -> [String] {
    (reference.input[key]?.array ?? []).map { if case .text(let text) = $0 { text } else { "" } }
  }

  @Test(arguments: Reference.cases("utility", "group_fairness"))
  func `fairlearn's measures are met`(_ reference: ReferenceCase) throws {
    let group = texts(reference, "group")
    let other = texts(reference, "group2")
    let groups = outcomes(reference) { group[$0] }
    let own = groups.map(\.outcomes)
    reference.expect(
      try #require(groupGap(own.map(\.selectionRate))), "demographic_parity_difference")
    reference.expect(
      try #require(groupRatio(own.map(\.selectionRate))), "demographic_parity_ratio")
    reference.expect(try #require(equalisedOddsGap(own)), "equalized_odds_difference")
    reference.expect(try #require(equalisedOddsRatio(own)), "equalized_odds_ratio")
    let expected = reference.expected("by_group").object
    #expect(expected.map(\.key) == groups.map(\.group))
    for (one, found) in zip(expected, own) {
      let rates = [
        "sel": found.selectionRate, "tpr": found.truePositiveRate, "fpr": found.falsePositiveRate,
      ]
      for (name, want) in one.value.object {
        let rate = try #require(rates[name] ?? nil)
        reference.expect(rate, want.number, "\(one.key) \(name)")
      }
    }
    let joint = outcomes(reference) { group[$0] + "|" + other[$0] }
    let intersections = reference.expected("intersectional_selection_rate").object
    #expect(intersections.map(\.key) == joint.map(\.group))
    for (want, found) in zip(intersections, joint) {
      reference.expect(
        try #require(found.outcomes.selectionRate), want.value.number, want.key)
    }
  }

  @Test(arguments: Reference.cases("utility", "representation_and_bias_amplification"))
  func `representation and amplification are met`(_ reference: ReferenceCase) throws {
    // Shares as counts of 1,000.
    func counts(_ key: String) -> [Int] {
      reference.numbers(key).map { Int(($0 * 1_000).rounded()) }
    }
    let ratios = try zip(counts("share_syn"), counts("share_real")).map {
      try RepresentationRatio(count: $0, of: 1_000, otherCount: $1, of: 1_000)
    }
    for (got, want) in zip(ratios, reference.expected("representation_ratio").numbers) {
      reference.expect(got.ratio, want, "ratio")
    }
    reference.expect(try #require(ratios.map(\.ratio).min()), "min_ratio")
    reference.expect(
      try #require(ratios.map { -log($0.folded) }.max()), "log_disparity_max")
    func rates(_ key: String) -> [Double?] {
      reference.rows(key).map { row in
        GroupOutcomes(rows: row[0] + row[1], positives: row[1], predicted: 0, truePositives: 0)
          .positiveRate
      }
    }
    let (real, synthetic) = (rates("joint_real"), rates("joint_syn"))
    for (got, want) in zip(real, reference.expected("positive_rate_real").numbers) {
      reference.expect(try #require(got), want, "real rate")
    }
    for (got, want) in zip(synthetic, reference.expected("positive_rate_syn").numbers) {
      reference.expect(try #require(got), want, "synthetic rate")
    }
    let gaps = (try #require(groupGap(real)), try #require(groupGap(synthetic)))
    reference.expect(gaps.0, "dp_gap_real")
    reference.expect(gaps.1, "dp_gap_syn")
    reference.expect(gaps.1 - gaps.0, "bias_amplification")
  }
}

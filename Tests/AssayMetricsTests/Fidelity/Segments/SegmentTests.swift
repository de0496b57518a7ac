import AssayDocument
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayMetrics

/// Planted truth: a defect that is in one part of the rows is found there, and named.
@Suite struct `Fidelity inside parts of the rows` {
  /// Sex, age, town and an income that goes with sex and age; `flipped` says where it is drawn anew.
  private func table(
    _ rows: Int, _ name: String, flipped: (String, Double) -> Bool = { _, _ in false }
  ) -> RawTable {
    var stream = RandomStream(seed: 5, name: "segments", name)
    var sex: [String] = []
    var age: [Double] = []
    var town: [String] = []
    var income: [String] = []
    for _ in 0..<rows {
      sex.append(stream.uniform() < 0.4 ? "f" : "m")
      age.append((18 + 60 * stream.uniform()).rounded(.down))
      town.append(["Graz", "Linz", "Wien"][stream.below(3)])
      let isFlipped = flipped(sex[sex.count - 1], age[age.count - 1])
      let share = (sex.last == "f" ? 0.2 : 0.5) + (age[age.count - 1] > 50 ? 0.2 : 0)
      income.append(stream.uniform() < (isFlipped ? 0.05 : share) ? "high" : "low")
    }
    return TableBuilder(name).levels("sex", sex).numbers("age", age).levels("town", town)
      .levels("income", income).table()
  }

  private func segments(
    _ flipped: @escaping (String, Double) -> Bool, declared: SchemaDeclaration = .init()
  ) async throws -> [Score] {
    try await Trial(
      training: table(3_000, "training"), synthetic: table(3_000, "synthetic", flipped: flipped),
      holdout: table(2_000, "holdout"), declared: declared
    ).scores(of: SegmentFidelity())
  }

  @Test func `one condition is named with column, direction and size`() async throws {
    let scores = try await segments { sex, _ in sex == "f" }
    let whole = try #require(scores.table(.holdout))
    #expect(try #require(whole.test?.pValue) < 1e-6)
    // That few women have a high income is also that few of those who have one are women.
    #expect(Set(scores[1].subject.columns).isSubset(of: ["sex", "income"]))
    let worst = try #require(scores.first { $0.subject.segment == "sex = f" })
    #expect(worst.subject.columns == ["sex"] && worst.details["accused"] == true)
    let found = try #require(worst.details["differs"]?.arrayValue?.first)
    #expect(found["column"]?.stringValue == "income")
    let word = try #require(found["words"]?.stringValue)
    let isHigh = word == "income = high"
    #expect(isHigh || word == "income = low")
    #expect(found["direction"]?.stringValue == (isHigh ? "fewer" : "more"))
    let (real, synthetic) = (found["real"]?.doubleValue ?? 0, found["synthetic"]?.doubleValue ?? 0)
    #expect(abs((isHigh ? synthetic : 1 - synthetic) - 0.05) < 0.02)
    #expect(abs((isHigh ? real : 1 - real) - 0.29) < 0.05)
    let around = try #require(found["around"])
    let outside = abs(
      (around["real"]?.doubleValue ?? 0) - (around["synthetic"]?.doubleValue ?? 1))
    #expect(outside < 0.06)
    // Nothing is wrong among the men.
    #expect(!scores.contains { $0.subject.segment == "sex = m" && $0.details["accused"] == true })
  }

  @Test func `two conditions are named where one would not tell`() async throws {
    let scores = try await segments { sex, age in sex == "f" && age >= 66 }
    let accused = scores.filter { $0.details["accused"] == true }
    let worst = try #require(accused.first { $0.subject.columns == ["sex", "age"] })
    let words = try #require(worst.subject.segment)
    #expect(words.hasPrefix("sex = f and age ") && words.hasSuffix("and more"))
    let found = try #require(worst.details["differs"]?.arrayValue?.first)
    #expect(found["column"]?.stringValue == "income")
    #expect(!accused.contains { $0.subject.columns.contains("town") })
  }

  @Test func `a defect of a whole column accuses no part of being its own`() async throws {
    let scores = try await segments { _, _ in true }
    // Everywhere 5 % instead of 20 to 70 %: worst where the real share is largest.
    #expect(
      !scores.contains { $0.subject.segment == "town = Linz" && $0.details["accused"] == true })
    let whole = try #require(scores.table(.holdout))
    #expect(try #require(whole.value) > 2 * #require(whole.floor?.value))
  }

  @Test func `sensitive groups are listed whatever was found`() async throws {
    let scores = try await segments(
      { _, _ in false },
      declared: SchemaDeclaration([ColumnDeclaration(name: "sex", roles: [.sensitive])]))
    for group in ["sex = f", "sex = m"] {
      let score = try #require(scores.first { $0.subject.segment == group })
      #expect(score.details["given"] == true && score.details["accused"] == false)
      #expect(score.value != nil && score.floor != nil && score.interval != nil)
    }
  }

  /// Level by simulation: over fresh samples the whole family is accused in at most 5 %.
  @Test func `a fresh real sample is not accused`() async throws {
    var plan = EvaluationPlan.brief(replicates: 12)
    plan.permutations = 39
    let trials = try SimulatedTrials(
      seeds: 16, training: 500, synthetic: 600, holdout: 500, simulator: Simulator(seed: 70),
      plan: plan)
    var accused = 0
    var least: [Double] = []
    for index in 0..<trials.count {
      let whole = try #require(
        try await trials.trial(index).scores(of: SegmentFidelity()).table(.holdout))
      if whole.details["accused"] != 0 { accused += 1 }
      #expect(whole.test?.method.contains("39 relabellings") == true)
      least.append(try #require(whole.test?.pValue))
      #expect(whole.details["comparisons"]?.doubleValue ?? 0 > 1_000)
    }
    // P(Bin(16, 0.05) > 3) = 0.7 %.
    #expect(accused <= 3)
    #expect(accused == least.count { $0 <= 0.05 })
  }

  @Test func `parts with few rows and rare levels are not named`() async throws {
    func table(_ name: String, _ rare: Int) -> RawTable {
      var stream = RandomStream(seed: 8, name: "rare", name)
      let levels = (0..<1_500).map { $0 < rare ? "secret" : $0 % 2 == 0 ? "a" : "b" }
      return TableBuilder(name).levels("c", levels)
        .levels("d", (0..<1_500).map { $0 < rare ? "x" : stream.uniform() < 0.5 ? "x" : "y" })
        .numbers("e", (0..<1_500).map { _ in stream.normal() }).table()
    }
    let scores = try await Trial(
      training: table("training", 4), synthetic: table("synthetic", 200),
      holdout: table("holdout", 4)
    ).scores(of: SegmentFidelity())
    #expect(!"\(scores)".contains("secret"))
    #expect(scores.dropFirst().allSatisfy { $0.subject.segment?.contains("rare") != true })
  }

  @Test func `rows of declared entities are measured and accuse nothing`() async throws {
    let simulator = Simulator(seed: 9, entities: .init(meanRows: 3))
    let trial = try Trial(
      training: simulator.table(rows: 400),
      synthetic: PlantedDamage(.shuffledColumns, strength: 1).applied(
        to: simulator.table(rows: 400, stream: "s"), training: simulator.table(rows: 400)),
      declared: SchemaDeclaration([ColumnDeclaration(name: "entity", roles: [.group])]))
    let whole = try #require(try await trial.scores(of: SegmentFidelity()).table())
    #expect(whole.value != nil && whole.test == nil && whole.details["tested"] == false)
  }
}

/// Oracle: sums of the hypergeometric law by hand, and the exact expectation.
@Suite struct `Numbers behind parts of the rows` {
  @Test func `expected gaps are what exact sums give`() throws {
    for (n, m) in [(2_000, 2_000), (500, 4_000), (3_000, 700)] {
      let gaps = try ExpectedGaps(real: n, synthetic: m)
      for (p, part) in [(0.5, 20), (0.1, 20), (0.02, 10), (0.003, 20), (0.0005, 40)] {
        let (own, other) = (n / part, m / part)
        let exact = try expectedAbsoluteProportionDifference(p: p, n: own, m: other)
        let fast = gaps.mean(p, Double(own), Double(other))
        #expect(abs(fast - exact) < 0.05 * exact, "\(n), \(m), \(p): \(fast), \(exact)")
      }
    }
  }

  /// Oracle: Fisher's exact test, whose one-sided tails the root stands for; scipy 1.17.1,
  /// `norm.isf(hypergeom(N, t, M).sf(a − 1))` and its other side.
  @Test(arguments: [
    (0, 10, 60, 36, 4.05), (1, 12, 100, 60, 3.64), (35, 40, 1_000, 610, 3.57),
    (20, 20, 3_000, 1_840, 3.87), (14, 15, 80, 40, 3.62), (98, 200, 5_700, 3_500, 3.55),
    (10, 30, 500, 50, 3.47),
  ])
  func `roots are normal where exact tails are small`(
    _ count: Int, _ marked: Int, _ rows: Int, _ drawn: Int, _ exact: Double
  ) {
    let found = SegmentContrast.root(
      Double(count), marked: Double(marked), of: Double(rows), drawn: Double(drawn),
      term: SegmentContrast.term)
    #expect(abs(found - exact) < 0.07, "\(found)")
  }

  @Test func `roots of expected counts are none`() {
    let found = SegmentContrast.root(
      5, marked: 10, of: 20, drawn: 10, term: SegmentContrast.term)
    #expect(found == 0)
  }

  /// Slow twin: the largest difference of each labelling, row by row.
  @Test(arguments: [(90, 130), (1_003, 2_110)])
  func `the largest differences are those of relabelled rows`(_ n: Int, _ m: Int) {
    var stream = RandomStream(seed: 4, name: "twin")
    let shape = [2, 3]
    func rows(_ count: Int) -> SegmentTable.Rows {
      SegmentTable.Rows(
        codes: shape.map { size in (0..<count).map { _ in UInt8(stream.below(size)) } },
        count: count)
    }
    let (real, synthetic) = (rows(n), rows(m))
    var plan = EvaluationPlan.brief()
    plan.permutations = 20
    let relabelling = SegmentRelabelling(real: n, synthetic: m, plan: plan)
    let fast = relabelling.maxima(
      real: real, synthetic: synthetic, shape: shape, compared: [1], least: 30)
    let codes = shape.indices.map { real.codes[$0] + synthetic.codes[$0] }
    #expect(relabelling.count == 20 && fast.count == 20)
    let labellings = relabelling.labellings
    #expect(Set(labellings).count == 20)
    for (labelling, isSynthetic) in labellings.enumerated() {
      #expect(isSynthetic.count == n + m && isSynthetic.count { $0 } == m)
      var largest = 0.0
      for cell in 0..<2 {
        let inside = (0..<n + m).filter { codes[0][$0] == cell }
        let drawn = inside.count { isSynthetic[$0] }
        guard drawn >= 30, inside.count - drawn >= 30 else { continue }
        for compared in 0..<3 {
          let marked = inside.filter { codes[1][$0] == compared }
          guard marked.count >= 10, marked.count <= inside.count - 10 else { continue }
          largest = max(
            largest,
            SegmentContrast.root(
              Double(marked.count { isSynthetic[$0] }), marked: Double(marked.count),
              of: Double(inside.count), drawn: Double(drawn), term: SegmentContrast.term))
        }
      }
      #expect(abs(largest - fast[labelling]) < 1e-9)
    }
  }

  /// Level by simulation, of labels that are dealt in blocks: sixty blocks of ten rows each, far fewer and
  /// larger than those of an evaluation.
  @Test func `labels in blocks reject fresh rows as often as they say`() {
    let shape = [2, 4]
    var plan = EvaluationPlan.brief()
    plan.permutations = 99
    let seeds = 400
    var small = 0
    for seed in 0..<seeds {
      var stream = RandomStream(seed: 6, name: "level", String(seed))
      func rows(_ count: Int) -> SegmentTable.Rows {
        SegmentTable.Rows(
          codes: shape.map { size in (0..<count).map { _ in UInt8(stream.below(size)) } },
          count: count)
      }
      let (real, synthetic) = (rows(300), rows(300))
      plan.seed = UInt64(seed)
      let drawn = SegmentRelabelling(real: 300, synthetic: 300, plan: plan, most: 60)
        .maxima(real: real, synthetic: synthetic, shape: shape, compared: [1], least: 30)
      // The rows as they are labelled: one block a row, and that labelling alone.
      var observed = 0.0
      for cell in 0..<2 {
        func count(_ rows: SegmentTable.Rows, _ marked: Int?) -> Double {
          Double(
            (0..<300).count { row in
              Int(rows.codes[0][row]) == cell
                && marked.map { $0 == Int(rows.codes[1][row]) } ?? true
            })
        }
        let (n, m) = (count(real, nil), count(synthetic, nil))
        for marked in 0..<4 {
          let (a, b) = (count(real, marked), count(synthetic, marked))
          observed = max(
            observed,
            SegmentContrast.root(
              b, marked: a + b, of: n + m, drawn: m, term: SegmentContrast.term))
        }
      }
      if Double(1 + drawn.count { $0 >= observed - 1e-9 }) / 100 <= 0.05 { small += 1 }
    }
    // P(Bin(400, 0.05) > 31) = 0.7 %, P(Bin(400, 0.05) < 10) = 0.7 %.
    #expect(small <= 31 && small >= 10, "\(small)")
  }

  @Test func `slices and totals of counts are those of the rows`() {
    let counts = SegmentCounts(
      shape: [2, 2, 3], real: (0..<12).map(Double.init), synthetic: (0..<12).map(Double.init),
      pooled: (0..<12).map(Double.init), shuffled: (0..<12).map(Double.init))
    #expect(counts.slice([1, 0]).real == [6, 7, 8])
    #expect(counts.slice([0]).total(over: [0]).real == [3, 5, 7])
    #expect(counts.total(over: [0]).slice([1]).real == [12, 14, 16])
  }
}

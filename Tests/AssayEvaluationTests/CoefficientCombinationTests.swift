import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Foundation
import Testing

/// Regressions on several draws, combined.
@Suite struct `Coefficients of several draws` {
  /// Documents whose scores say what regressions gave; figures are invented.
  private static func documents(
    _ draws: [[(synthetic: Double?, error: Double)]], real: [Double], error: Double = 0.1,
    ratio: Double? = 1, against: Against = .training
  ) -> [EvaluationDocument] {
    draws.enumerated().map { draw, lines in
      let details = lines.enumerated().map { index, line in
        DetailValue.object([
          "term": .string("term \(index)"), "real": .finite(real[index]),
          "realError": .finite(error),
          "synthetic": line.synthetic.map { .finite($0) } ?? .null,
          "syntheticError": line.synthetic == nil ? .null : .finite(line.error),
        ])
      }
      var score = Score(
        metric: "utility.coefficient-overlap", dimension: .utility, against: against,
        subject: Subject(target: "income"), outcome: .measured(0.5),
        interval: ScoreInterval(lower: 0.4, upper: 0.6, level: 0.95, method: "drawn"),
        details: ["lines": .array(details)])
      if let ratio { score.details["rowRatio"] = .finite(ratio) }
      var document = PolicySample(scores: [score]).document
      document.inputs.synthetic.name = "s\(draw).csv"
      return document
    }
  }

  /// Closed forms of the kernel's rules, term by term.
  @Test func `have the estimates and intervals of the rules`() throws {
    let draws: [[(synthetic: Double?, error: Double)]] = [
      [(1.0, 0.2), (0.5, 0.1)], [(1.1, 0.25), (nil, 0)], [(0.95, 0.22), (nil, 0)],
    ]
    let document = try PreparedEvaluation.document(
      ofDraws: Self.documents(draws, real: [1.3, 0.6], ratio: 2))
    let found = try #require(document.draws?.regressions.first)
    #expect(document.draws?.regressions.count == 1)
    #expect(found.target == "income" && found.rowRatio == 2 && found.level == 0.95)
    let (q, u) = ([1.0, 1.1, 0.95], [0.04, 0.0625, 0.0484])
    let combined = try CombinedEstimates(estimates: q.span, variances: u.span)
    let term = found.terms[0]
    #expect(term.draws == 3 && abs((term.estimate ?? 9) - combined.estimate) < 1e-12)
    #expect(abs((term.betweenSpread ?? 9) - combined.between.squareRoot()) < 1e-12)
    // The variance between draws is below that within: (1 + 1/M)·b − ū is not above 0.
    #expect(term.intervals.map(\.rule) == [.singleModel, .partiallySynthetic])
    let single = term.intervals[0]
    let half = 1.959963984540054 * (combined.within * (2 + 1.0 / 3)).squareRoot()
    #expect(abs(single.lower - (combined.estimate - half)) < 1e-9)
    #expect(found.terms[1].draws == 1 && found.terms[1].intervals.isEmpty)
    let rules = Dictionary(uniqueKeysWithValues: found.rules.map { ($0.rule, $0) })
    #expect(rules[.fullySynthetic]?.unknown == 1 && rules[.fullySynthetic]?.expected == nil)
    // 1.3 is inside 1 ± 0.392, 1.1 ± 0.49 and 0.95 ± 0.431.
    #expect(rules[.oneDraw]?.intervals == 3 && rules[.oneDraw]?.holding == 3)
    #expect(rules[.singleModel]?.holding == 1)
  }

  @Test func `are not there without draws, or without what they are made of`() throws {
    let one = Self.documents([[(1.0, 0.2)]], real: [1])
    #expect(try PreparedEvaluation.document(ofDraws: one).draws == nil)
    let bare = Self.documents([[(1.0, 0.2)], [(1.1, 0.2)]], real: [1], ratio: nil)
    #expect(try PreparedEvaluation.document(ofDraws: bare).draws?.regressions == [])
  }

  /// Law: for a generator that draws from the fitted model, combined intervals hold the coefficients of
  /// the holdout as often as is said, and intervals of one draw less often than 95 %.
  @Test(arguments: [Against.training, .holdout])
  func `hold the real ones as often as expected`(_ against: Against) throws {
    let (tables, terms) = (4, 2_000)
    var random = RandomStream(seed: 2, name: "combination", against.rawValue)
    var real: [Double] = []
    var draws = [[(synthetic: Double?, error: Double)]](repeating: [], count: tables)
    for _ in 0..<terms {
      // Half as many rows in a draw as in training; the holdout has as many as training.
      let fitted = 0.1 * random.normal()
      real.append(against == .training ? fitted : 0.1 * random.normal())
      let error = 0.1 * 2.0.squareRoot()
      for draw in 0..<tables { draws[draw].append((fitted + error * random.normal(), error)) }
    }
    let document = try PreparedEvaluation.document(
      ofDraws: Self.documents(draws, real: real, error: 0.1, ratio: 0.5, against: against))
    let rules = try #require(document.draws?.regressions.first?.rules)
    for rule in rules where rule.rule == .oneDraw || rule.rule == .singleModel {
      let share = Double(rule.holding) / Double(rule.intervals)
      // 2,000 independent terms: three standard deviations are below 0.025.
      #expect(abs(share - (rule.expected ?? 9)) < 0.025, "\(rule)")
    }
  }

  /// End to end: three draws of a generator that keeps the regression, one document.
  @Test func `stand in the document of an evaluation`() async throws {
    func table(_ rows: Int, _ stream: String) -> RawTable {
      var random = RandomStream(seed: 4, name: "combination-rows", stream)
      var x: [Double?] = []
      var level: [String?] = []
      var y: [Double?] = []
      for _ in 0..<rows {
        let a = random.normal()
        let c = random.below(2)
        x.append(a)
        level.append(["u", "v"][c])
        y.append(a + Double(c) + random.normal())
      }
      return TableBuilder(stream).numbers("x", x).levels("c", level).numbers("y", y).table()
    }
    var declared = SchemaDeclaration()
    declared.add(.target, to: "y")
    let prepared = try PreparedEvaluation(
      training: table(400, "training"), holdout: table(300, "holdout"),
      options: EvaluationOptions(
        preset: .quick, threads: 1, metrics: ["utility.coefficient-overlap"], declared: declared))
    var documents: [EvaluationDocument] = []
    for draw in 0..<3 {
      documents.append(try await prepared.evaluate(synthetic: table(200, "draw \(draw)")))
    }
    let document = try PreparedEvaluation.document(ofDraws: documents)
    let found = try #require(document.draws?.regressions)
    #expect(found.map(\.against) == [.training, .holdout])
    for regression in found {
      #expect(regression.target == "y" && abs(regression.rowRatio - 0.5) < 1e-9)
      #expect(regression.terms.map(\.term) == ["c = v", "x"] || regression.terms.count == 2)
      let single = try #require(regression.rules.first { $0.rule == .singleModel })
      #expect(single.intervals == 2 && single.holding >= 1)
    }
    let again = try EvaluationDocument(json: document.json())
    #expect(again.draws?.regressions == found)
  }
}

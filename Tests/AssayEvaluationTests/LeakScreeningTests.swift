import AssayDocument
import Testing

@testable import AssayEvaluation

@Suite struct `The answer on leaks` {
  private func verdict(
    _ exposed: Double?, pValue: Double = 0.5, problems: [String] = [], reason: String = "no"
  ) -> Score {
    Score(
      metric: "privacy.any-leak", dimension: .privacy, against: .both,
      outcome: exposed.map { .measured($0) } ?? .notApplicable(reason: reason),
      test: TestResult(statistic: 4, pValue: pValue, method: "combined"),
      details: [
        "problems": .strings(problems), "smallestCopies": .number(0.004),
        "tests": .array([
          .object(["test": "record-tails", "pValue": .number(pValue / 4)]),
          .object(["test": "exact-match", "pValue": .number(0.9)]),
        ]),
      ])
  }

  private func answer(_ scores: [Score], hasHoldout: Bool = true) -> Answer {
    FirstLook(dimensions: [], scores: scores, findings: [], hasHoldout: hasHoldout).leaks.answer
  }

  @Test func `says what would have been seen where nothing was`() {
    let answer = answer([verdict(0)])
    #expect(answer.mark == .good)
    #expect(answer.word == "none seen")
    #expect(answer.sentence.contains("0.4 % of the rows or more would have been seen"))
  }

  @Test func `names the test that saw a leak, and how far it reaches`() {
    let answer = answer([verdict(0.012, pValue: 1e-6)])
    #expect(answer.mark == .bad)
    #expect(answer.word == "yes")
    #expect(answer.sentence.contains("at least 1.2 % of the training records"))
    #expect(answer.sentence.contains("closest to a synthetic row"))
  }

  @Test func `is undecided where the holdout does not stand for unseen rows`() {
    let answer = answer([verdict(nil, problems: ["the two can be told apart"])])
    #expect(answer.mark == .undecided)
    #expect(answer.sentence.contains("told apart"))
  }

  @Test func `is undecided, not clean, on a hint that is no alarm`() {
    #expect(answer([verdict(0, pValue: 0.004)]).mark == .undecided)
    #expect(answer([verdict(0, pValue: 0.02)]).mark == .good)
  }

  @Test func `never clears anybody without a holdout`() {
    #expect(answer([], hasHoldout: false).mark == .undecided)
    #expect(answer([verdict(nil)], hasHoldout: false).mark == .undecided)
  }

  @Test func `says yes for one direct identifier, holdout or not`() {
    var replayed = Score(
      metric: "privacy.replayed-values", dimension: .privacy, against: .training,
      subject: Subject(columns: ["mail"]), outcome: .measured(1),
      details: ["direct": true, "kind": "e-mail address"])
    let answer = answer([replayed], hasHoldout: false)
    #expect(answer.mark == .bad)
    #expect(answer.sentence.contains("1 real e-mail address"))
    replayed.details["direct"] = .boolean(false)
    #expect(self.answer([replayed], hasHoldout: false).mark == .undecided)
  }
}

import AssayDocument
import Foundation
import Testing

@testable import AssayReport

@Suite struct `Attacks in the page` {
  private static func score(
    _ metric: MetricID, _ subject: Subject, excess: Double, p: Double,
    details: [String: DetailValue], parameters: [String: DetailValue] = [:]
  ) -> Score {
    Score(
      metric: metric, dimension: .privacy, against: .both, subject: subject,
      parameters: parameters, outcome: .measured(excess),
      interval: ScoreInterval(lower: excess - 0.02, upper: excess + 0.02, method: "any"),
      floor: ScoreFloor(value: 0.01, spread: 0.01, method: "any"),
      test: TestResult(statistic: excess, pValue: p, adjusted: min(1, 3 * p), method: "any"),
      details: details.merging([
        "successRate": .object(["training": .number(0.5), "holdout": .number(0.5 - excess)])
      ]) { $1 })
  }

  private static var document: EvaluationDocument {
    var document = SampleDocument.adult()
    let hostile = "<b>age\"'"
    document.scores += [
      score(
        "privacy.inference", .table, excess: 0.12, p: 0.001,
        details: [
          "worst": .object([
            "columns": .strings([hostile]), "auxiliary": .string("all others"),
          ])
        ]),
      score(
        "privacy.inference", Subject(columns: [hostile]), excess: 0.12, p: 0.001, details: [:],
        parameters: ["auxiliary": .string("all others")]),
      score(
        "privacy.inference", Subject(columns: ["sex"]), excess: -0.01, p: 0.7, details: [:],
        parameters: ["auxiliary": .string("all others")]),
      Score(
        metric: "privacy.k-anonymity", dimension: .privacy, against: .none,
        outcome: .measured(3), unit: "records",
        details: ["quasiIdentifiers": .strings(["age", "sex"])]),
    ]
    return document
  }

  @Test func `stand in a row each, the most significant secret first`() {
    let text = DisclosureText(document: Self.document, numbers: .plain)
    #expect(text.attacks.count == 1)
    #expect(text.attacks[0][1] == "<b>age\"', knowing all others")
    #expect(text.attacks[0][2] == "50 %" && text.attacks[0][3] == "38 %")
    #expect(text.secrets.map { $0[0] } == ["<b>age\"'", "sex"])
    #expect(text.models.map { Array($0[1...]) } == [["age, sex", "3 records"]])
  }

  @Test func `are absent where nothing was attacked, and hostile names stay text`() {
    let plain = DisclosureText(document: SampleDocument.adult(), numbers: .plain)
    #expect(plain.attacks.isEmpty && plain.secrets.isEmpty && plain.models.isEmpty)
    let page = String(
      decoding: HTMLRenderer().render(Self.document), as: UTF8.self)
    #expect(page.contains("The same attack on training rows"))
    #expect(!page.contains("<b>age"))
  }
}

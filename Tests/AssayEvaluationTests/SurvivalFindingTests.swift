import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import Foundation
import Testing

/// What survival models of stand-ins of known faults are said to lose.
@Suite struct `Survival of the sample tables` {
  private static func document(_ name: String) async throws -> EvaluationDocument {
    var declared = SchemaDeclaration()
    declared.add(.time, to: "futime")
    declared.add(.event, to: "death")
    let prepared = try PreparedEvaluation(
      training: Places.table(Places.fixture("real_train.csv")),
      holdout: Places.table(Places.fixture("real_holdout.csv")),
      options: EvaluationOptions(
        preset: .quick, threads: 2, metrics: ["utility.concordance"], declared: declared))
    return try await prepared.evaluate(synthetic: Places.table(Places.fixture("\(name).csv")))
  }

  private static func score(_ document: EvaluationDocument) throws -> Score {
    try #require(
      document.scores.first { $0.metric == "utility.concordance" && $0.against == .holdout })
  }

  /// Planted truth: nothing goes with anything in the shuffled table, and `death` was permuted in the
  /// broken one.
  @Test(arguments: ["synth_shuffled", "synth_broken"])
  func `is lost where relations are, which is a finding`(_ name: String) async throws {
    let document = try await Self.document(name)
    let score = try Self.score(document)
    #expect((score.interval?.lower ?? 0) > 0.1)
    let finding = try #require(
      document.findings.first { $0.id.hasPrefix("survival-concordance") })
    #expect(finding.subject.columns == ["futime", "death"])
    #expect(finding.sentence.contains("of the pairs of real rows rightly"))
  }

  /// Rows that no stand-in is better than; the cause of death tells the event and is left out.
  @Test(arguments: ["real_fresh", "synth_cart"])
  func `is kept by fresh rows and by trees`(_ name: String) async throws {
    let document = try await Self.document(name)
    let score = try Self.score(document)
    let interval = try #require(score.interval)
    #expect(interval.lower <= 0 && interval.upper >= 0 && interval.upper < 0.05)
    #expect((score.details["real"]?.doubleValue ?? 0) > 0.75)
    #expect(score.details["leftOut"]?.arrayValue?.compactMap(\.stringValue) == ["chapter"])
    #expect(!document.findings.contains { $0.id.hasPrefix("survival-concordance") })
  }
}

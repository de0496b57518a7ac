import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Differences that are on purpose` {
  /// Rows of a sex and a band that depends on it, by fixed counts.
  ///
  /// Of each 10 rows of F 8 are low; of each 10 of M 2 are.
  private static func table(_ name: String, f: Int, m: Int, flipped: Bool = false) -> RawTable {
    let sexes = (0..<f).map { _ in "F" } + (0..<m).map { _ in "M" }
    let bands = sexes.indices.map { row -> String in
      let isLow = row % 10 < 8
      return (sexes[row] == "F") == (isLow != flipped) ? "low" : "high"
    }
    return TableBuilder(name).levels("sex", sexes).levels("band", bands)
      .levels("side", sexes.indices.map { ["a", "b", "c"][$0 * 7 % 3] }).table()
  }

  private static func document(
    _ synthetic: RawTable, intended: [IntendedDifference]
  ) async throws -> EvaluationDocument {
    let prepared = try PreparedEvaluation(
      training: table("real", f: 900, m: 300), holdout: nil,
      options: EvaluationOptions(preset: .quick, intended: intended))
    return try await prepared.evaluate(synthetic: synthetic)
  }

  private static let balanced = [IntendedDifference(column: "sex", form: .balanced)]

  private static func variation(_ document: EvaluationDocument, _ column: String) -> Double? {
    document.scores.first {
      $0.metric == "fidelity.total-variation" && $0.subject.columns == [column]
    }?.value
  }

  // Closed form: balanced, half of the rows are low on both sides; unweighed, ¾·0.8 + ¼·0.2 = 0.65.
  @Test func `what follows from a declared share is no fault`() async throws {
    let synthetic = Self.table("synthetic", f: 600, m: 600)
    let blind = try await Self.document(synthetic, intended: [])
    let aware = try await Self.document(synthetic, intended: Self.balanced)
    #expect(abs(try #require(Self.variation(blind, "band")) - 0.15) < 1e-6)
    #expect(abs(try #require(Self.variation(blind, "sex")) - 0.25) < 1e-6)
    #expect(try #require(Self.variation(aware, "band")) < 1e-6)
    #expect(try #require(Self.variation(aware, "sex")) < 1e-6)
    #expect(blind.findings.contains { $0.severity == .warning })
    #expect(!aware.findings.contains { $0.severity <= .warning && $0.dimension == .fidelity })
    let finding = try #require(aware.findings.first { $0.subject.columns == ["sex"] })
    #expect(finding.severity == .notice && finding.sentence.hasPrefix("differs on purpose"))
    #expect(aware.columns.first { $0.name == "sex" }?.why.last?.contains("on purpose") == true)
    #expect(aware.plan.intended["declared"]?.arrayValue == Self.balanced.map(\.value))
    // Kish: 1200 rows with weights ½/900 and ½/300 are worth 900.
    #expect(aware.plan.intended["effectiveRows"]?["training"]?.integerValue == 900)
    #expect(aware.plan.hash != blind.plan.hash)
  }

  @Test func `a relation that is wrong stays a fault`() async throws {
    let found = try await Self.document(
      Self.table("synthetic", f: 600, m: 600, flipped: true), intended: Self.balanced)
    #expect(
      found.scores.contains {
        $0.metric == "fidelity.contingency" && $0.subject.columns == ["sex", "band"]
          && $0.value ?? 0 > 0.5
      })
  }

  // Oracle: Clopper–Pearson limits of 900 in 1,200 lie above 0.71, far outside 0.5 ± 0.02.
  @Test func `a declaration that is not met is a fault of form`() async throws {
    let found = try await Self.document(
      Self.table("synthetic", f: 900, m: 310), intended: Self.balanced)
    let score = try #require(
      found.scores.first {
        $0.metric == "diagnostics.declared-difference" && $0.subject.segment == "F"
      })
    #expect(abs(try #require(score.value) - (900.0 / 1210 - 0.5)) < 1e-12)
    #expect(score.details["holds"] == false && score.details["shown"] == false)
    #expect(try #require(score.interval).lower > 0.2 && #require(score.interval).upper < 0.28)
    let finding = try #require(found.findings.first { $0.subject.columns == ["sex"] })
    #expect(finding.severity == .warning && finding.sentence.contains("declared 50 %"))
    #expect(found.verdict.answers.first { $0.question == .valid }?.mark == .bad)
    #expect(try #require(Self.variation(found, "sex")) > 0.2)
  }

  @Test func `metrics that count rows alike say why they are silent, copies are still sought`()
    async throws
  {
    let found = try await Self.document(
      Self.table("synthetic", f: 600, m: 600), intended: Self.balanced)
    let missing = try #require(found.scores(of: "diagnostics.missing-rate").first)
    #expect(missing.reason?.hasPrefix("the real rows are reweighted to a declared diff") == true)
    for metric: MetricID in ["diagnostics.table-structure", "fidelity.cramers-v"] {
      #expect(found.summary(of: metric)?.value != nil, "\(metric)")
    }
    #expect(
      found.scores(of: "privacy.exact-match").allSatisfy {
        $0.reason?.contains("reweighted") != true
      })
  }

  @Test func `rows outside a declared filter are counted`() async throws {
    let filter = [IntendedDifference(column: "sex", form: .levels(["M"]))]
    let strict = try await Self.document(
      Self.table("synthetic", f: 1, m: 599), intended: filter)
    let score = try #require(
      strict.scores.first {
        $0.metric == "diagnostics.declared-difference" && !$0.subject.isTable
      })
    #expect(abs(try #require(score.value) - 1.0 / 600) < 1e-12 && score.details["holds"] == false)
    let met = try await Self.document(Self.table("synthetic", f: 0, m: 600), intended: filter)
    #expect(met.summary(of: "diagnostics.declared-difference")?.details["holds"] == true)
    #expect(try #require(Self.variation(met, "band")) < 1e-6)
  }

  @Test func `a plan that holds declarations runs again`() async throws {
    let training = Self.table("real", f: 900, m: 300)
    let first = try PreparedEvaluation(
      training: training, holdout: nil,
      options: EvaluationOptions(seed: 3, preset: .quick, intended: Self.balanced))
    let again = try PreparedEvaluation(
      training: training, holdout: nil, options: EvaluationOptions(plan: first.planRecord))
    #expect(again.planRecord == first.planRecord)
    #expect(throws: EvaluationError.self) {
      try PreparedEvaluation(
        training: Self.table("real", f: 800, m: 300), holdout: nil,
        options: EvaluationOptions(plan: first.planRecord))
    }
  }

  @Test func `a plan of metrics that this version lacks is refused`() throws {
    var plan = try PreparedEvaluation(
      training: Self.table("real", f: 900, m: 300), holdout: nil, options: EvaluationOptions()
    ).planRecord
    plan.metrics.append("fidelity.of-the-future@1")
    #expect {
      _ = try EvaluationOptions(plan: plan)
    } throws: { error in
      (error as? EvaluationError)?.problems.first?.contains("fidelity.of-the-future") == true
    }
  }
}

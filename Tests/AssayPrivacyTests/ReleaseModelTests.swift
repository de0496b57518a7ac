import AssayDocument
import AssayMetrics
import AssayPrivacy
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Release models` {
  private static let models: [any Metric] = [
    KAnonymity(), KMap(), LDiversity(), TCloseness(), DeltaPresence(), PopulationUniqueness(),
    IdentityDisclosureRisk(),
  ]

  private static let roles = SchemaDeclaration([
    ColumnDeclaration(name: "zip", kind: .category, roles: [.quasiIdentifier]),
    ColumnDeclaration(name: "sex", kind: .category, roles: [.quasiIdentifier]),
    ColumnDeclaration(name: "ill", kind: .category, roles: [.sensitive]),
  ])

  private static func table(_ rows: [(String, String, String)]) -> RawTable {
    TableBuilder().levels("zip", rows.map(\.0)).levels("sex", rows.map(\.1))
      .levels("ill", rows.map(\.2)).table()
  }

  private static func trial(declared: SchemaDeclaration = roles) throws -> Trial {
    let training = [
      ("1", "f", "no"), ("1", "f", "no"), ("1", "f", "yes"), ("2", "m", "no"), ("2", "m", "no"),
      ("3", "m", "yes"),
    ]
    let holdout = [("1", "f", "no"), ("2", "m", "no"), ("2", "m", "yes"), ("4", "f", "no")]
    let synthetic = [
      ("1", "f", "no"), ("1", "f", "yes"), ("2", "m", "no"), ("2", "m", "no"), ("2", "m", "no"),
      ("3", "m", "yes"), ("5", "m", "no"),
    ]
    return try Trial(
      training: table(training), synthetic: table(synthetic), holdout: table(holdout),
      declared: declared)
  }

  private static func score(_ metric: any Metric, _ trial: Trial) async throws -> Score {
    try #require(try await trial.result(of: metric).scores.first { $0.subject.isTable })
  }

  @Test func `are what can be counted by hand`() async throws {
    let trial = try Self.trial()
    // Synthetic classes: 1f 2, 2m 3, 3m 1, 5m 1.
    let k = try await Self.score(KAnonymity(), trial)
    #expect(k.value == 1 && k.reference == 1)
    #expect(k.details["classes"]?.integerValue == 4)
    #expect(abs(try #require(k.details["uniqueShare"]?.doubleValue) - 2.0 / 7) < 1e-12)
    // Real classes of those that occur: 1f 4, 2m 4, 3m 1; 5m has none.
    let map = try await Self.score(KMap(), trial)
    #expect(map.value == 1 && map.details["strictK"]?.integerValue == 0)
    #expect(abs(try #require(map.details["matchedShare"]?.doubleValue) - 6.0 / 7) < 1e-12)
    #expect(try await Self.score(LDiversity(), trial).value == 1)
    // The table has 2 yes of 7; 3m is all yes.
    let t = try await Self.score(TCloseness(), trial)
    #expect(abs(try #require(t.value) - 5.0 / 7) < 1e-12)
    // Training shares of the classes: 3/4, 2/4, 1/1.
    let delta = try await Self.score(DeltaPresence(), trial)
    #expect(delta.value == 1 && delta.details["least"]?.doubleValue == 0.5)
    #expect(delta.details["prior"]?.doubleValue == 0.6)
    // Matches of training that teach 'yes', the rarer value: one of three 1f (1/3), the 3m (1).
    let risk = try await Self.score(IdentityDisclosureRisk(), trial)
    let expected: Double = 4.0 / 18
    #expect(abs(try #require(risk.value) - expected) < 1e-12)
    #expect(risk.details["belowThreshold"]?.booleanValue == false)
    #expect(risk.reference == 0)
  }

  @Test func `call themselves syntactic and grow with the population`() async throws {
    let trial = try Self.trial()
    let score = try await Self.score(PopulationUniqueness(), trial)
    let shares = try #require(score.details["shares"]?.arrayValue).compactMap(\.doubleValue)
    #expect(shares.count == 3 && shares[0] >= shares[1] && shares[1] >= shares[2])
    #expect(score.value == shares[0])
    for metric in Self.models {
      #expect(
        metric.descriptor.howToRead.contains("no evidence")
          || metric.descriptor.id == "privacy.identity-disclosure")
    }
  }

  @Test func `ask for the columns that they need, and propose some`() async throws {
    let trial = try Self.trial(
      declared: SchemaDeclaration([
        ColumnDeclaration(name: "zip", kind: .category),
        ColumnDeclaration(name: "ill", kind: .category, roles: [.sensitive]),
      ]))
    for metric in Self.models {
      let score = try await Self.score(metric, trial)
      #expect(score.status == .notApplicable)
      #expect(score.reason?.contains("--role COL=quasi-identifier") == true)
      #expect(score.reason?.contains("sex, zip") == true)
    }
    let secretless = try Self.trial(
      declared: SchemaDeclaration([
        ColumnDeclaration(name: "zip", kind: .category, roles: [.quasiIdentifier])
      ]))
    let score = try await Self.score(LDiversity(), secretless)
    #expect(score.reason?.contains("COL=sensitive") == true)
  }
}

@Suite struct `Audits by planted records` {
  @Test func `right guesses bound ε, and a claim below is refuted`() throws {
    // 100 canaries, all guesses right: the reference for r = v = 100 is e^ε/(1 + e^ε) = 0.05^(1/100).
    let included = (0..<100).map { $0 < 50 }
    let scores = included.map { $0 ? 1.0 : 0 }
    let audit = try CanaryAudit(
      scores: scores, included: included, returned: included, guesses: 100, claimedEpsilon: 1)
    #expect(audit.correct == 100 && audit.returnedIncluded == 50 && audit.returnedExcluded == 0)
    #expect(abs(try #require(audit.epsilonLowerBound) - 3.49296) < 1e-4)
    #expect(audit.isRefuted == true)
    let honest = try CanaryAudit(
      scores: scores, included: (0..<100).map { $0 % 2 == 0 }, returned: included, guesses: 50,
      claimedEpsilon: 0)
    #expect(honest.epsilonLowerBound == 0 && honest.isRefuted == false)
  }
}

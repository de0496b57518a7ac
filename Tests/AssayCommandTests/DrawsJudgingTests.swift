import AssayDocument
import Foundation
import Testing

@testable import assay

/// A run of two draws judged by a policy, from the plan to its reproduction.
@Suite struct `Judging what will be, is and was` {
  private static let policy = """
    assay-policy: 1
    name: nightly
    version: "1"
    requirements:
      - id: tv
        metric: fidelity.total-variation
        compare: excess
        at-most: 0.3
        severity: blocking
        reason: for the test
      - id: tight
        metric: fidelity.total-variation
        compare: excess
        at-most: 0.02
        severity: minor
        reason: for the test

    """
  private static let tables = ["-r", "real.csv", "-H", "holdout.csv"]
  private static let quick = ["--preset", "quick", "-m", "total-variation", "-j", "1"]

  private static func workplace() throws -> Workplace {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 240, from: 0), to: "real.csv")
    try place.write(SmallTables.csv(rows: 220, from: 2_000), to: "holdout.csv")
    try place.write(SmallTables.csv(rows: 230, from: 1_000), to: "good.csv")
    // Every town of the second draw is Graz.
    let bad = SmallTables.csv(rows: 210, from: 5_000).split(separator: "\n").enumerated().map {
      $0.offset == 0 ? String($0.element) : Self.moved(String($0.element))
    }
    try place.write(bad.joined(separator: "\n") + "\n", to: "bad.csv")
    try FileManager.default.createDirectory(
      atPath: place.path("policies"), withIntermediateDirectories: true)
    try place.write(Self.policy, to: "policies/nightly.yml")
    return place
  }

  private static func moved(_ row: String) -> String {
    row.split(separator: ",", omittingEmptySubsequences: false).map { cell in
      ["Graz", "Wien", "Linz", "Bern", "Oslo", "Rome", "Paris"].contains(String(cell))
        ? "Graz" : Double(cell) != nil ? "1" : String(cell)
    }.joined(separator: ",")
  }

  @Test func `the plan names what these rows cannot decide before anything is measured`()
    async throws
  {
    let place = try Self.workplace()
    let plan = try await place.run(
      ["--plan", "-p", "policies/nightly.yml"] + Self.tables + Self.quick)
    #expect(plan.status == 0, "\(plan.error)")
    #expect(plan.error.contains("assay: policy nightly: tight cannot pass"), "\(plan.error)")
    try place.write(plan.output, to: "plan.json")
    let record = try PlanFile.read(place.path("plan.json"))
    let judging = try #require(record.judging)
    #expect(judging.policy.name == "nightly" && judging.syntheticRows == 240)
    #expect(judging.undecidable.count == 1)
    #expect(judging.undecidable.first?.hasPrefix("tight cannot pass: ") == true)
    // The policy is no part of what is frozen.
    let bare = try await place.run(["--plan"] + Self.tables + Self.quick)
    try place.write(bare.output, to: "bare.json")
    let other = try PlanFile.read(place.path("bare.json"))
    #expect(other.judging == nil && other.hash == record.hash)
    #expect(!bare.error.contains("policy"))
    let quiet = try await place.run(
      ["--plan", "-q", "-p", "policies/nightly.yml"] + Self.tables + Self.quick)
    #expect(quiet.error.isEmpty)
    // And the run that follows is that of the plan.
    let done = try await place.run(
      Self.tables + ["-s", "good.csv", "--plan-file", "plan.json", "-p", "policies/nightly.yml"]
        + ["--json", "-", "-q"])
    #expect(try EvaluationDocument(json: Data(done.output.utf8)).plan == record, "\(done.error)")
  }

  @Test func `every draw is judged, by evaluate and by gate alike`() async throws {
    let place = try Self.workplace()
    let done = try await place.run(
      Self.tables + ["-s", "good.csv", "-s", "bad.csv", "-p", "policies/nightly.yml"] + Self.quick
        + ["-o", "out"])
    #expect(done.status == 1, "\(done.output)\(done.error)")
    #expect(done.output.contains("the policy judged each and took the worst"), "\(done.output)")
    #expect(done.output.contains("draw 2 of 2 (bad.csv)"), "\(done.output)")
    let document = try EvaluationDocument(json: Data(try place.read("out/report.json").utf8))
    #expect(document.verdict.draws == 2)
    #expect(document.verdict.status == .failed)
    let command = document.verdict.requirements.first?.command
    #expect(command?.hasSuffix("--policy nightly.yml") == true, "a document holds no path")
    #expect(try place.read("out/summary.md").contains("The policy judged every draw"))
    #expect(try place.read("out/report.html").contains("The policy judged every draw"))
    let gate = try await place.run(
      ["gate", "out/report.json", "-p", "policies/nightly.yml", "--json", "-"])
    #expect(gate.status == 1)
    #expect(try EvaluationDocument(json: Data(gate.output.utf8)).verdict == document.verdict)
    // The first draw alone passes, or is undecided about the tight margin.
    let alone = try await place.run(
      Self.tables + ["-s", "good.csv", "-p", "policies/nightly.yml", "-o", "one"] + Self.quick)
    #expect(alone.status == 0, "\(alone.output)\(alone.error)")
  }

  @Test func `reproduce makes the verdict again, and says which policy it needs`() async throws {
    let place = try Self.workplace()
    let made = try await place.run(
      Self.tables + ["-s", "good.csv", "-s", "bad.csv", "-p", "policies/nightly.yml", "-q"]
        + Self.quick + ["--json", "report.json"])
    #expect(made.status == 1, "\(made.error)")
    let again =
      ["reproduce", "report.json"] + Self.tables + ["-s", "good.csv", "-s", "bad.csv", "-j", "1"]
    let without = try await place.run(again)
    #expect(without.status == 2, "\(without.output)\(without.error)")
    #expect(without.output.hasPrefix("identical: "))
    #expect(
      without.output.contains(
        "the verdict was not compared: it needs the file of policy nightly 1"),
      "\(without.output)")
    let with = try await place.run(again + ["-p", "policies/nightly.yml"])
    #expect(with.status == 0, "\(with.output)\(with.error)")
    #expect(with.output.contains("the verdict of policy nightly is the same: failed"))
    try place.write(Self.policy.replacing("0.3", with: "0.4"), to: "other.yml")
    let other = try await place.run(again + ["-p", "other.yml"])
    #expect(other.status == 64 && other.error.contains("is not the policy of the document"))
    // A verdict that was changed by hand is found.
    var document = try EvaluationDocument(json: Data(try place.read("report.json").utf8))
    document.verdict.requirements[0].status = .passed
    try place.write(String(decoding: document.json(), as: UTF8.self), to: "report.json")
    let changed = try await place.run(again + ["-p", "policies/nightly.yml"])
    #expect(changed.status == 1, "\(changed.output)")
    #expect(changed.output.contains("verdict.requirements"), "\(changed.output)")
  }

  @Test func `an embedded policy is found by its name`() async throws {
    let place = try Self.workplace()
    let made = try await place.run(
      Self.tables + ["-s", "good.csv", "-p", "testing", "-q"] + Self.quick
        + ["--json", "report.json"])
    #expect(made.status == 1, "coverage of privacy was not run: \(made.error)")
    let again = ["reproduce", "report.json"] + Self.tables + ["-s", "good.csv"]
    let done = try await place.run(again)
    #expect(done.status == 0, "\(done.output)\(done.error)")
    #expect(done.output.contains("the verdict of policy testing is the same: failed"))
    // A policy of that name with other margins is another policy.
    let text = try place.read("report.json")
    let hash = try EvaluationDocument(json: Data(text.utf8)).verdict.policy.hash
    try place.write(
      text.replacing(hash, with: String(hash.reversed())), to: "report.json")
    let gone = try await place.run(again)
    #expect(gone.status == 2 && gone.output.contains("it needs the file of policy testing"))
  }
}

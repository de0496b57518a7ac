import AssayDocument
import Foundation
import Testing

@testable import assay

@Suite struct `A plan that was frozen earlier` {
  private static let quick = ["--preset", "quick", "-m", "total-variation", "-j", "1", "-q"]

  private static func workplace() async throws -> Workplace {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 240, from: 0), to: "real.csv")
    try place.write(SmallTables.csv(rows: 230, from: 1_000), to: "synthetic.csv")
    let plan = try await place.run(
      ["--plan", "-r", "real.csv", "-s", "not-yet.csv", "-t", "income", "--seed", "4"] + quick)
    #expect(plan.status == 0, "\(plan.error)")
    try place.write(plan.output, to: "plan.json")
    return place
  }

  @Test func `is kept to, whatever the defaults are`() async throws {
    let place = try await Self.workplace()
    let done = try await place.run(
      ["real.csv", "synthetic.csv", "--plan-file", "plan.json", "--json", "-", "-q"])
    #expect(done.status == 0, "\(done.error)")
    let document = try EvaluationDocument(json: Data(done.output.utf8))
    let plan = try PlanFile.read(place.path("plan.json"))
    #expect(document.plan == plan)
    #expect(plan.seed == 4 && plan.preset == "quick" && plan.roles["target"] == ["income"])
    #expect(Set(document.scores.map(\.metric.rawValue)) == ["fidelity.total-variation"])
    let direct = try await place.run(
      ["real.csv", "synthetic.csv", "-t", "income", "--seed", "4", "--json", "-"] + Self.quick)
    #expect(direct.output == done.output)
  }

  @Test func `may be said again and not contradicted`() async throws {
    let place = try await Self.workplace()
    let base = ["real.csv", "synthetic.csv", "--plan-file", "plan.json", "-q", "-o", "out"]
    let same = try await place.run(base + ["--seed", "4", "-t", "income", "--preset", "quick"])
    #expect(same.status == 0, "\(same.error)")
    try FileManager.default.removeItem(atPath: place.path("out"))
    let other = try await place.run(
      base + ["--seed", "5", "--preset", "full", "-t", "age", "-m", "fidelity", "--delimiter", ";"])
    #expect(other.status == 64)
    for words in [
      "--seed is 5, and the plan says 4", "--preset is full, and the plan says quick",
      "column 'age': role target is not in the plan", "--metrics is", "--delimiter is ';'",
    ] {
      #expect(other.error.contains(words), "\(other.error)")
    }
    #expect(!place.exists("out"))
  }

  @Test func `does not pass on other real rows, and nothing is written`() async throws {
    let place = try await Self.workplace()
    try place.write(SmallTables.csv(rows: 239, from: 0), to: "other.csv")
    let done = try await place.run(
      ["other.csv", "synthetic.csv", "--plan-file", "plan.json", "-o", "out"])
    #expect(done.status == 65)
    #expect(done.error.contains("sampling.trainingRows: 240, here 239"), "\(done.error)")
    #expect(done.error.contains("binning.columns."))
    #expect(!place.exists("out"))
  }

  @Test func `does not pass when it was changed by hand`() async throws {
    let place = try await Self.workplace()
    let text = try place.read("plan.json")
    try place.write(text.replacing("\"seed\" : 4", with: "\"seed\" : 5"), to: "changed.json")
    let done = try await place.run(
      ["real.csv", "synthetic.csv", "--plan-file", "changed.json", "-o", "out"])
    #expect(done.status == 65)
    #expect(done.error.contains("its hash does not belong to it"))
    try place.write("{}", to: "none.json")
    let none = try await place.run(["real.csv", "synthetic.csv", "--plan-file", "none.json"])
    #expect(none.status == 65 && none.error.contains("holds no plan"))
  }
}

@Suite struct `assay reproduce` {
  private static func workplace() async throws -> Workplace {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 240, from: 0), to: "real.csv")
    try place.write(SmallTables.csv(rows: 220, from: 2_000), to: "holdout.csv")
    // Read and declared otherwise than by default: the document must say all of it.
    let synthetic = SmallTables.csv(rows: 230, from: 1_000)
    try place.write(synthetic.replacing("Graz", with: "-9"), to: "synthetic.csv")
    try place.write(SmallTables.csv(rows: 210, from: 5_000), to: "second.csv")
    let done = try await place.run([
      "-r", "real.csv", "-s", "synthetic.csv", "-s", "second.csv", "-H", "holdout.csv",
      "--preset", "quick", "--seed", "9", "-t", "income", "--role", "age=quasi-identifier", "-x",
      "sex", "--missing", "-9", "--strict-representation", "--name", "trial", "-m", "fidelity",
      "--power", "--approximate",
      "--json", "report.json", "-q",
    ])
    #expect(done.status == 0, "\(done.error)")
    return place
  }

  private static let files = [
    "reproduce", "report.json", "-r", "real.csv", "-H", "holdout.csv", "-s", "synthetic.csv", "-s",
  ]

  @Test func `says identical where nothing differs, for any number of threads`() async throws {
    let place = try await Self.workplace()
    let done = try await place.run(Self.files + ["second.csv", "-j", "2"])
    #expect(done.status == 0, "\(done.output)\(done.error)")
    #expect(done.output.hasPrefix("identical: "))
    #expect(!place.exists("assay-report"))
  }

  @Test func `names the first score that differs, with both values`() async throws {
    let place = try await Self.workplace()
    var document = try EvaluationDocument(json: Data(try place.read("report.json").utf8))
    let position = try #require(document.scores.firstIndex { $0.value != nil })
    let old = try #require(document.scores[position].value)
    document.scores[position].outcome = .measured(old + 0.5)
    document.tool.version = "0.0.1"
    try place.write(String(decoding: document.json(), as: UTF8.self), to: "report.json")
    let done = try await place.run(Self.files + ["second.csv"])
    #expect(done.status == 1, "\(done.error)")
    #expect(done.output.contains("differs: 1 of \(document.scores.count) scores"))
    #expect(done.output.contains(document.scores[position].key.sentence))
    #expect(done.output.contains("value: \(old + 0.5), here \(old)"))
    #expect(done.output.contains("the document is of assay 0.0.1"))
  }

  @Test func `refuses other files before anything is measured`() async throws {
    let place = try await Self.workplace()
    let done = try await place.run(Self.files + ["real.csv"])
    #expect(done.status == 65)
    #expect(done.error.contains("real.csv is not the synthetic table of the document"))
    let one = try await place.run([
      "reproduce", "report.json", "-r", "real.csv", "-s", "second.csv",
    ])
    #expect(one.status == 64)
    #expect(one.error.contains("2 synthetic tables, and 1") && one.error.contains("--holdout"))
    let gone = try await place.run(Self.files + ["secnd.csv"])
    #expect(gone.status == 66 && gone.error.contains("second.csv"))
  }
}

@Suite struct `Several synthetic tables` {
  @Test func `make one document of the first, with the draws side by side`() async throws {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 240, from: 0), to: "real.csv")
    for (draw, rows) in [230, 210, 250].enumerated() {
      try place.write(SmallTables.csv(rows: rows, from: 1_000 * (draw + 1)), to: "s\(draw).csv")
    }
    let flags = ["--preset", "quick", "-m", "total-variation", "-m", "cramers-v", "-j", "1"]
    let done = try await place.run(
      ["-r", "real.csv", "-s", "s0.csv", "-s", "s1.csv", "-s", "s2.csv", "-o", "out"] + flags)
    #expect(done.status == 0, "\(done.error)")
    #expect(
      done.output.contains("3 draws were judged; the answers are of the first"), "\(done.output)")
    let text = try place.read("out/report.json")
    var document = try EvaluationDocument(json: Data(text.utf8))
    let draws = try #require(document.draws)
    #expect(draws.inputs.map(\.name) == ["s0.csv", "s1.csv", "s2.csv"])
    #expect(draws.inputs.map(\.rows) == [230, 210, 250])
    // Slow twin: each draw judged on its own.
    var alone: [EvaluationDocument] = []
    for draw in 0..<3 {
      let one = try await place.run(["real.csv", "s\(draw).csv", "--json", "-", "-q"] + flags)
      alone.append(try EvaluationDocument(json: Data(one.output.utf8)))
    }
    // The columns of these tables are uniform and unrelated: no part of fidelity has a scale.
    #expect(!draws.scores.contains { $0.id == "fidelity" })
    let variation = try #require(
      draws.scores.first { $0.kind == .metric && $0.id == "fidelity.total-variation" })
    #expect(
      variation.values == alone.map { $0.summary(of: "fidelity.total-variation")?.value })
    document.draws = nil
    #expect(document == alone[0])
    #expect(try place.read("out/summary.md").contains("### Draws of the generator"))
    #expect(try place.read("out/report.html").contains("What several draws of the generator get"))
  }

  @Test func `must be different tables and not too many`() async throws {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 40, from: 0), to: "real.csv")
    try place.write(SmallTables.csv(rows: 40, from: 100), to: "s.csv")
    try place.write(SmallTables.csv(rows: 40, from: 100), to: "t.csv")
    let same = try await place.run(["-r", "real.csv", "-s", "s.csv", "-s", "t.csv"])
    #expect(same.status == 65 && same.error.contains("two draws are the same data"))
    let many = (0..<21).flatMap { _ in ["-s", "s.csv"] }
    let done = try await place.run(["-r", "real.csv"] + many)
    #expect(done.status == 64 && done.error.contains("at most 20 draws"))
  }
}

@Suite struct `Differences declared in assay.yml` {
  private static func workplace(_ intended: String) throws -> Workplace {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 400, from: 0), to: "real.csv")
    try place.write(SmallTables.csv(rows: 380, from: 1_000), to: "synthetic.csv")
    try place.write(
      """
      real: real.csv
      synthetic: synthetic.csv
      preset: quick
      metrics: [fidelity]
      json: report.json
      intended:
      \(intended)
      """, to: "assay.yml")
    return place
  }

  @Test func `are in the plan, judged, and reproduced`() async throws {
    let place = try Self.workplace(
      """
        - {column: sex, shares: balanced, margin: 0.1}
        - enrich: {column: town, level: Graz, factor: 1.1, margin: 0.2}
        - filter: {column: age, from: 18, to: 99}
      """)
    let done = try await place.run(["-q"])
    #expect(done.status == 0, "\(done.error)")
    let document = try EvaluationDocument(json: Data(try place.read("report.json").utf8))
    #expect(document.plan.intended["declared"]?.arrayValue?.count == 3)
    #expect(
      document.findings.filter { $0.sentence.hasPrefix("differs on purpose") }.count == 3,
      "\(document.findings.map(\.sentence))")
    let again = try await place.run(
      ["reproduce", "report.json", "-r", "real.csv", "-s", "synthetic.csv"])
    #expect(again.status == 0 && again.output.hasPrefix("identical"), "\(again.output)")
    let plan = try await place.run(["--plan-file", "report.json", "-q"])
    #expect(plan.status == 0, "a document holds its plan: \(plan.error)")
  }

  @Test func `that cannot hold end with 65 and their lines, all at once`() async throws {
    let place = try Self.workplace(
      """
        - {column: sx, shares: balanced}
        - {column: sex, shares: {F: 0.5, M: 0.6}}
        - {column: town, shares: {Graz: 0.5, Bern: 0.5}}
      """)
    let done = try await place.run(["-q"])
    #expect(done.status == 65)
    for words in [
      "assay.yml:7: there is no column 'sx'", "assay.yml:8: the shares", "assay.yml:9:",
    ] {
      #expect(done.error.contains(words), "\(done.error)")
    }
    #expect(!place.exists("report.json"))
  }

  @Test func `of another shape are errors with a line each`() throws {
    let yaml = """
      intended:
        - {column: sex, share: balanced}
        - {column: sex}
        - filter: {column: age}
        - enrich: {column: age, level: x}
        - filter: {column: age, from: ten}
        - {column: a, shares: {x: many}, margin: 2}
        - word
      """
    let error = #expect(throws: DataError.self) {
      try ConfigurationFile.layer(yaml: yaml, file: "assay.yml")
    }
    let problems = try #require(error?.problems)
    for (line, words) in [
      (2, "unknown key 'share'; did you mean 'shares'?"), (3, "needs 'shares'"),
      (4, "a filter needs 'from', 'to' or 'levels'"), (5, "'enrich' needs 'factor'"),
      (6, "'from' must be a number"), (7, "a share is written"), (7, "'margin' must be a share"),
      (8, "each difference must be a mapping"),
    ] {
      #expect(
        problems.contains { $0.hasPrefix("assay.yml:\(line): ") && $0.contains(words) },
        "\(line) \(words): \(problems)")
    }
  }
}

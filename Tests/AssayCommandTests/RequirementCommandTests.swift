import AssayDocument
import Foundation
import Testing

@testable import assay

/// A requirement's command makes its figures again: no option that moved them is missing from it.
@Suite struct `The command beside a requirement` {
  /// How an option reaches the run that a command makes.
  private enum Way {
    /// As a word of the command.
    case word
    /// In the plan that the command names.
    case plan
    /// It changes no figure.
    case none
  }

  /// Every option, without a default: one that is added does not compile until it has a way.
  private static func way(_ key: SettingKey) -> Way {
    switch key {
    case .real, .synthetic, .holdout, .reference, .embeddingReal, .embeddingSynthetic,
      .embeddingHoldout, .policy, .previous, .history, .asOf:
      .word
    case .delimiter, .header, .decimalMark, .missing, .dateOrder, .target, .targets, .sensitive,
      .group, .exclude, .text, .role, .schema, .preset, .budget, .privacyBudget, .metrics,
      .baselines, .power,
      .approximate, .strictRepresentation, .seed, .planFile:
      .plan
    // Names, places, looks, times; --strict changes the exit status alone.
    case .name, .output, .format, .html, .json, .markdown, .csv, .junit, .sarif, .codeQuality,
      .badge, .pdf, .timings, .exposure, .audience, .audienceKey, .threads, .quiet, .verbose,
      .color, .ci, .strict:
      .none
    }
  }

  /// What is given for each option that changes a figure; `targets` excludes `target`, and a plan file
  /// stands for all that is in a plan.
  private static let given: [SettingKey: [String]] = [
    .real: ["real.csv"], .synthetic: ["synthetic.csv"], .holdout: ["holdout.csv"],
    .reference: ["reference.csv"], .embeddingReal: ["real-vectors.csv"],
    .embeddingSynthetic: ["synthetic-vectors.csv"],
    .embeddingHoldout: ["holdout-vectors.csv"], .policy: ["margins.yml"],
    .previous: ["earlier.json"], .history: ["history"], .asOf: ["2026-05-31"],
    .delimiter: [";"], .header: [], .decimalMark: ["comma"], .missing: ["NIL"],
    .dateOrder: ["dmy"], .target: ["income"], .targets: ["all"], .sensitive: ["sex"],
    .group: ["person"], .exclude: ["note"], .text: ["town"], .role: ["age=quasi-identifier"],
    .schema: ["schema.yml"], .preset: ["quick"], .budget: ["500"],
    .privacyBudget: ["100"],
    .metrics: ["fidelity.total-variation", "fidelity.frechet-distance", "privacy.exact-match"],
    .baselines: [], .power: [], .approximate: [], .strictRepresentation: [], .seed: ["7"],
    .planFile: ["plan.json"],
  ]

  private static let words = [
    "REAL-VECTORS": "real-vectors.csv", "SYNTHETIC-VECTORS": "synthetic-vectors.csv",
    "HOLDOUT-VECTORS": "holdout-vectors.csv", "EARLIER-REPORT": "earlier.json",
    "EARLIER-REPORTS": "history",
  ]

  private static let policy = """
    assay-policy: 1
    name: margins
    version: "1"
    requirements:
      - id: tv
        metric: fidelity.total-variation
        at-most: 0.5
        severity: blocking
        reason: for the test
    """

  /// Semicolons, decimal commas, days first, a person for each two rows.
  private static func table(rows: Int, from start: Int) -> String {
    let lines = SmallTables.csv(rows: rows, from: start).split(separator: "\n").dropFirst()
    var text = "age;sex;income;town;person;born;note\n"
    for (row, line) in lines.enumerated() {
      var cells = line.split(separator: ",").map(String.init)
      cells[2] = row % 29 == 0 ? "NIL" : cells[2].replacing(".", with: ",")
      let number = start + row
      text +=
        (cells + ["p\(number / 2)", "0\(number % 9 + 1).05.19\(60 + number % 30)", "x\(row)"])
        .joined(separator: ";") + "\n"
    }
    return text
  }

  private static func workplace() throws -> Workplace {
    let place = try Workplace()
    let tables = [
      ("real", 240, 0), ("synthetic", 230, 1_000), ("holdout", 220, 2_000),
      ("reference", 210, 3_000),
    ]
    for (name, rows, start) in tables {
      try place.write(table(rows: rows, from: start), to: "\(name).csv")
      // Read as the tables are: the same delimiter and decimal mark.
      var vectors = "a;b\n"
      for row in 0..<rows {
        vectors += "\((row + start) % 17),\(row % 10);\(row * start % 13),5\n"
      }
      try place.write(vectors, to: "\(name)-vectors.csv")
    }
    try place.write(policy, to: "margins.yml")
    try place.write("columns:\n  - name: born\n    kind: datetime\n", to: "schema.yml")
    try FileManager.default.createDirectory(
      atPath: place.path("history"), withIntermediateDirectories: true)
    return place
  }

  private static func flags(_ keys: [SettingKey]) -> [String] {
    keys.flatMap { key -> [String] in
      let values = given[key] ?? []
      return values.isEmpty ? ["--" + key.rawValue] : values.flatMap { ["--" + key.rawValue, $0] }
    }
  }

  @Test
  func `every option that is declared is a setting, and every one that moves figures is tried`()
    async throws
  {
    let place = try Workplace()
    let dump = try await place.run(["evaluate", "--experimental-dump-help"])
    struct Dump: Decodable {
      struct Command: Decodable { var arguments: [Argument] }
      struct Argument: Decodable { var names: [Name]? }
      struct Name: Decodable {
        var kind: String
        var name: String
      }
      var command: Command
    }
    let declared = try JSONDecoder().decode(Dump.self, from: Data(dump.output.utf8))
      .command.arguments.flatMap { $0.names ?? [] }.filter { $0.kind == "long" }.map(\.name)
    #expect(declared.count > 40)
    // A configuration's settings count as given; --plan judges nothing; --audience is refused.
    let others: Set = ["config", "plan", "no-header", "audience", "help", "version"]
    for name in declared where !others.contains(name) {
      #expect(SettingKey(rawValue: name) != nil, "--\(name) is no setting")
    }
    for key in SettingKey.allCases where Self.way(key) != .none {
      #expect(Self.given[key] != nil, "--\(key.rawValue) is not tried")
      #expect(declared.contains(key.rawValue), "--\(key.rawValue) is not declared")
    }
  }

  @Test func `names every file and day, and the plan for all else, and comes to the same`()
    async throws
  {
    let place = try Self.workplace()
    let keys = SettingKey.allCases.filter {
      Self.way($0) != .none && ![.targets, .planFile, .previous].contains($0)
    }
    let first = try await place.run(
      Self.flags(keys.filter { $0 != .history }) + ["-j", "1", "-q", "--json", "earlier.json"])
    #expect(first.status < 3, "\(first.error)")
    let made = try await place.run(
      Self.flags(keys + [.previous]) + ["-j", "1", "-q", "--json", "report.json"])
    #expect(made.status < 3, "\(made.error)")
    let document = try EvaluationDocument(json: Data(try place.read("report.json").utf8))
    let command = try #require(document.verdict.requirements.first?.command)
    let parts = command.split(separator: " ").map(String.init)
    for key in SettingKey.allCases where Self.way(key) == .word {
      let isPosition = key == .real || key == .synthetic
      let shown = isPosition ? (Self.given[key] ?? [])[0] : "--" + key.rawValue
      #expect(parts.contains(shown), "\(shown) is not in \(command)")
    }
    #expect(parts.contains("--plan-file"))
    let again = try await place.run(
      parts.dropFirst().map { Self.words[$0] ?? $0 } + ["-j", "1", "-q", "--json", "-"])
    #expect(again.status == made.status, "\(again.error)")
    let second = try EvaluationDocument(json: Data(again.output.utf8))
    #expect(second.scores == document.scores)
    #expect(second.plan == document.plan)
    #expect(second.verdict.requirements == document.verdict.requirements)
  }

  @Test(arguments: [SettingKey.targets, .baselines, .power, .approximate])
  func `keeps to the plan where a kind of work was asked for`(_ key: SettingKey) async throws {
    let place = try Self.workplace()
    let tables = ["--real", "real.csv", "--synthetic", "synthetic.csv"]
    let plan = tables + ["--preset", "quick", "-m", "total-variation", "-j", "1", "-q"]
    let done = try await place.run(
      plan + Self.flags([key, .policy]) + ["--json", "report.json"])
    #expect(done.status < 3, "\(done.error)")
    let document = try EvaluationDocument(json: Data(try place.read("report.json").utf8))
    let command = try #require(document.verdict.requirements.first?.command)
    #expect(command.contains("--plan-file report.json"), "\(command)")
  }
}

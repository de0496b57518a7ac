import AssayDocument
import Foundation
import Testing

@testable import assay

/// Reports for readers outside, from files to files, on a table whose names are hard to hide.
@Suite struct `Reports for readers outside` {
  /// A name in another, markup, quotes, a line break, words of the program, a name such as those outside.
  private static let names = [
    "wage", "wage of the \"zowner\"", "<script>alert(1)</script>", "two\nlines", "rows", "numeric",
    "it's|qz=b", "column 2", "real", "fidelity.marginal ŵ&amp;",
  ]
  /// What of these names stands nowhere else, whatever escapes it.
  private static let fragments = [
    "wage", "zowner", "alert(1)", "two\nlines", "two\\nlines", "two lines", "qz=", "qz&",
    "column 2 ",
    "'column 2'", "\"column 2\"", "column 2,", "ŵ", "secret-policy",
  ]
  private static let formats = [
    "report.html", "report.json", "summary.md", "scores.csv", "junit.xml", "assay.sarif",
    "gl-code-quality-report.json", "badge.svg",
  ]

  private static func table(rows: Int, from start: UInt64, isShuffled: Bool = false) -> String {
    var state = start
    func next(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    let header = names.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
    var text = header + "\n"
    for _ in 0..<rows {
      let size = 20 + next(50)
      let other = isShuffled ? 20 + next(50) : size
      let level = ["alpha", "beta", "gamma"][next(3)]
      let answer = other + next(20) > 55 ? "yes" : "no"
      text +=
        "\(size),\(other * 731 + next(9_000)),\(level),\(Double(next(900) + size) / 7),\(answer)"
      text += ",\(["m", "f"][next(2)]),z\(next(12)),\(next(4)),\(next(100_000)),"
      text += "2020-0\(1 + next(9))-\(10 + next(18))\n"
    }
    return text
  }

  private static let policy = """
    assay-policy: 1
    name: trial
    version: "1"
    requirements:
      - id: wage-differs
        metric: fidelity.total-variation
        columns: [wage]
        at-most: -1
        severity: blocking
        reason: the wage must be right
      - id: numbers
        metric: fidelity.total-variation
        at-most: 1
        severity: blocking
        reason: for the test
    """

  private static func workplace() throws -> Workplace {
    let place = try Workplace()
    try place.write(table(rows: 300, from: 11), to: "real.csv")
    try place.write(table(rows: 240, from: 12), to: "holdout.csv")
    try place.write(table(rows: 280, from: 13, isShuffled: true), to: "made.csv")
    try place.write(policy, to: "secret-policy.yml")
    try place.write("about:\n  title: Study of wage\n", to: "assay.yml")
    return place
  }

  private static let common = [
    "real.csv", "made.csv", "-H", "holdout.csv", "-t", "rows", "--sensitive", "numeric", "-p",
    "secret-policy.yml", "--preset", "quick", "-j", "1", "--format",
    "html,json,markdown,csv,junit,sarif,code-quality,badge",
  ]

  private static func external(_ place: Workplace, key: String, to folder: String) async throws
    -> Outcome
  {
    try await place.run(
      common + ["--audience", "external", "--audience-key", key, "-o", folder])
  }

  private static func mode(_ path: String) throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue
  }

  private static func document(_ place: Workplace, _ folder: String) throws -> EvaluationDocument {
    try EvaluationDocument(json: Data(place.read("\(folder)/report.json").utf8))
  }

  @Test func `names, digests, small counts and digits stay in the house`() async throws {
    let place = try Self.workplace()
    let inside = try await place.run(Self.common + ["-o", "inside"])
    let outside = try await Self.external(place, key: "key.json", to: "outside")
    let exact = try Self.document(place, "inside")
    let form = try Self.document(place, "outside")

    // The verdict is that of the exact numbers.
    #expect(inside.status == 1, "\(inside.error)")
    #expect(outside.status == inside.status, "\(outside.error)")
    #expect(form.verdict.status == exact.verdict.status)
    #expect(form.verdict.requirements.map(\.status) == exact.verdict.requirements.map(\.status))
    #expect(form.verdict.answers.map(\.mark) == exact.verdict.answers.map(\.mark))
    #expect(form.findings.count == exact.findings.count)

    // No name in any format, nor on the terminal.
    for name in Self.formats {
      let text = try place.read("outside/\(name)")
      let found = Self.fragments.filter(text.contains)
      #expect(found.isEmpty, "\(name)")
    }
    let said =
      outside.output
      + outside.error.split(separator: "\n")
      .filter { !$0.hasPrefix("assay: reading ") }.joined()
    let found = Self.fragments.filter(said.contains)
    #expect(found.isEmpty)
    let positions =
      form.columns.map(\.name) + form.scores.flatMap(\.subject.columns)
      + form.scores.compactMap(\.subject.target) + form.scores.compactMap(\.subject.given)
      + form.findings.flatMap(\.subject.columns) + form.plan.roles.values.joined()
    for name in positions {
      #expect(name.hasPrefix("column ") && !Self.names.contains(name), "\(name)")
    }

    // Digests of real tables are not those of the files; that of what is handed out is.
    #expect(form.inputs.synthetic.sha256 == exact.inputs.synthetic.sha256)
    #expect(form.inputs.training.sha256 != exact.inputs.training.sha256)
    #expect(form.inputs.holdout?.sha256 != exact.inputs.holdout?.sha256)
    #expect(form.plan.hash != exact.plan.hash)
    #expect(form.verdict.policy.hash != exact.verdict.policy.hash)
    let known = Set(exact.findings.map(\.id))
    #expect(form.findings.allSatisfy { !known.contains($0.id) })

    #expect(outside.output.contains("made for readers outside"))
    #expect(inside.output.contains("internal: made from real data"))
    #expect(try place.read("outside/report.html").contains("EXTERNAL · column names are replaced"))
    #expect(try place.read("inside/report.html").contains("INTERNAL · do not publish"))
    #expect(try place.read("outside/report.html").contains("From the internal report of this run"))
    #expect(try !place.read("outside/report.html").contains("SHA-256 real"))
    #expect(try Self.mode(place.path("key.json")) == 0o600)
    #expect(try place.read("key.json").contains("wage"))

    Self.walk(
      try JSONDecoder().decode(
        DetailValue.self, from: Data(place.read("outside/report.json").utf8)))
    try Self.validate(place, "outside/report.json")
    try await Self.refused(place)
  }

  @Test func `one key gives the same bytes, another key other names`() async throws {
    let place = try Self.workplace()
    _ = try await Self.external(place, key: "key.json", to: "one")
    let key = try place.read("key.json")
    _ = try await Self.external(place, key: "key.json", to: "two")
    _ = try await Self.external(place, key: "other.json", to: "three")
    #expect(try place.read("key.json") == key)
    for name in Self.formats {
      #expect(try place.read("one/\(name)") == place.read("two/\(name)"), "\(name)")
    }
    let documents = try ["one", "three"].map { try Self.document(place, $0) }
    #expect(documents[0].columns.map(\.kind) != documents[1].columns.map(\.kind))
    #expect(documents[0].plan.hash != documents[1].plan.hash)

    // A key that others may have read is none.
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: place.path("key.json"))
    let seen = try await Self.external(place, key: "key.json", to: "four")
    #expect(seen.status == 65 && seen.error.contains("chmod 600"), "\(seen.error)")
    try place.write("{}", to: "none.json")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: place.path("none.json"))
    let none = try await Self.external(place, key: "none.json", to: "four")
    #expect(none.status == 65 && none.error.contains("is no key"), "\(none.error)")
    try FileManager.default.createSymbolicLink(
      atPath: place.path("link.json"), withDestinationPath: place.path("other.json"))
    let link = try await Self.external(place, key: "link.json", to: "four")
    #expect(link.status == 65 && link.error.contains("no ordinary file"), "\(link.error)")
    #expect(!place.exists("four"))
  }

  @Test func `tables of fewer than k rows are not told of`() async throws {
    let place = try Workplace()
    try place.write("wage,b\n1,2\n2,3\n3,1\n", to: "real.csv")
    try place.write(SmallTables.csv(rows: 30, from: 1), to: "x.csv")
    try place.write("wage,b\n1,3\n2,1\n3,1\n", to: "made.csv")
    let done = try await place.run([
      "real.csv", "made.csv", "--preset", "quick", "--audience", "external", "--audience-key",
      "key.json", "-o", "out",
    ])
    #expect(done.status == 65 && done.error.contains("fewer than 10 rows"), "\(done.error)")
    #expect(!place.exists("out") && !place.exists("key.json"))
  }

  /// What needs exact numbers turns the external form down, and comparisons have none.
  private static func refused(_ place: Workplace) async throws {
    let gate = try await place.run(["gate", "outside/report.json", "-p", "release"])
    #expect(gate.status == 65 && gate.error.contains("made for readers outside"), "\(gate.error)")
    let again = try await place.run([
      "reproduce", "outside/report.json", "-r", "real.csv", "-s", "made.csv", "-H", "holdout.csv",
    ])
    #expect(again.status == 65 && again.error.contains("internal report"), "\(again.error)")
    let compared = try await place.run(
      ["compare", "-r", "real.csv", "made.csv", "holdout.csv"],
      environment: ["ASSAY_AUDIENCE": "external"])
    #expect(compared.status == 64 && compared.error.contains("no form"), "\(compared.error)")
    let shown = try await place.run(["render", "outside/report.json", "--html", "-"])
    #expect(shown.output.contains("EXTERNAL"), "\(shown.error)")
  }

  // Every leaf of the document.

  /// Numbers that say what was done: levels, seeds, sizes of designs, positions of cells, edges of cells
  /// that were published with three digits; and positions, which follow from rounded numbers.
  private static let settings: Set<String> = [
    "seed", "level", "permutations", "shards", "cells", "normalised", "measured", "notApplicable",
    "subjects", "limit of a cell",
  ]
  /// Texts that name published cells.
  private static let cells: Set<String> = ["label", "first", "second", "cell", "segment", "words"]
  /// Members that count rows and nothing else.
  private static let counts: Set<String> = [
    "count", "exposed", "strayed", "inventedRows", "largestGroup", "testRows", "certain",
    "withoutSyntheticRows", "holdoutTwins", "trainingTwins", "trials", "successes", "rows",
  ]

  private static func walk(_ value: DetailValue, _ path: String = "", key: String = "") {
    switch value {
    case .object(let members):
      for (name, member) in members where path != "" || name != "metrics" && name != "tool" {
        let isCell = path.hasSuffix(".profile.cells") && ["lower", "upper"].contains(name)
        walk(member, path + "." + name, key: isCell ? "limit of a cell" : name)
      }
    case .array(let list): for member in list { walk(member, path, key: key) }
    case .number(let number): check(number, path, key)
    case .integer(let count):
      check(Double(count), path, key)
      if counts.contains(key) || path.contains(".n.") {
        #expect(count == 0 || count >= 10, "\(path): \(count)")
      }
    case .string(let text):
      let isDigest = ["hash", "sha256", "digest", "id", "explains"].contains(key)
      if !isDigest, !cells.contains(key) {
        #expect(text.firstMatch(of: #/(^|[ (−])0\.0*[1-9]\d\d/#) == nil, "\(path): \(text)")
      }
    case .boolean, .null: break
    }
  }

  private static func check(_ number: Double, _ path: String, _ key: String) {
    let spelling = "\(number)".prefix { $0 != "e" }.filter(\.isNumber)
    let digits = spelling.drop { $0 == "0" }.reversed().drop { $0 == "0" }.count
    #expect(digits <= 2 || settings.contains(key), "\(path): \(number)")
  }

  private static func validate(_ place: Workplace, _ name: String) throws {
    let root = Workplace.fixtures.deletingLastPathComponent()
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-B", root.appendingPathComponent("Scripts/validate").path, "--closed",
      place.path(name),
    ]
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let said = String(
      decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    // 69: this machine has no validator, which the tests of documents say too.
    #expect(process.terminationStatus == 0 || process.terminationStatus == 69, "\(said)")
  }
}

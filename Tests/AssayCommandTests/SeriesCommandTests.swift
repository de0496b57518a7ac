import Foundation
import Testing

@testable import assay

/// Several tables and several documents, from files to files.
@Suite struct `Commands over several documents` {
  private static let quick = ["--preset", "quick", "-m", "total-variation", "-j", "1", "-q"]

  private static func workplace() async throws -> Workplace {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 240, from: 0), to: "real.csv")
    try place.write(SmallTables.csv(rows: 240, from: 9_000), to: "holdout.csv")
    try place.write(SmallTables.csv(rows: 230, from: 1_000), to: "a.csv")
    // Every income is one and the same: worse beyond doubt.
    let lines = SmallTables.csv(rows: 230, from: 2_000).split(separator: "\n")
    let worse = lines.enumerated().map { index, line in
      var cells = line.split(separator: ",").map(String.init)
      if index > 0 { cells[2] = "100.0" }
      return cells.joined(separator: ",")
    }
    try place.write(worse.joined(separator: "\n") + "\n", to: "b.csv")
    return place
  }

  private static func judge(_ place: Workplace, _ table: String, to document: String) async throws {
    let done = try await place.run(
      ["real.csv", table, "-H", "holdout.csv", "--json", document] + quick)
    #expect(done.status == 0, "\(done.error)")
  }

  /// Checks what was written against the schema of its kind, every member known.
  private static func validate(_ place: Workplace, _ names: String...) throws {
    let root = Workplace.fixtures.deletingLastPathComponent()
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["python3", "-B", root.appendingPathComponent("Scripts/validate").path, "--closed"]
      + names.map(place.path)
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let said = String(
      decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    // 69: this machine has no validator, which the tests of documents say too.
    #expect(process.terminationStatus == 0 || process.terminationStatus == 69, "\(said)")
  }

  @Test func `compare writes a page, a summary and data`() async throws {
    let place = try await Self.workplace()
    let done = try await place.run(
      ["compare", "-r", "real.csv", "-H", "holdout.csv", "b.csv", "a.csv"] + Self.quick.dropLast())
    #expect(done.status == 0, "\(done.error)")
    #expect(done.output.contains("2 candidates"))
    for name in ["comparison.html", "comparison.json", "comparison.md"] {
      #expect(place.exists("assay-comparison/\(name)"), "\(name)")
    }
    #expect(try place.read("assay-comparison/comparison.json").contains("\"assay-comparison\""))
    try Self.validate(place, "assay-comparison/comparison.json")
    let again = try await place.run(
      ["compare", "-r", "real.csv", "-H", "holdout.csv", "b.csv", "a.csv", "--json", "-"]
        + Self.quick)
    #expect(try again.output == place.read("assay-comparison/comparison.json"))
    let one = try await place.run(["compare", "-r", "real.csv", "a.csv"] + Self.quick)
    #expect(one.status == 64)
    #expect(one.error.contains("two or more are compared"))
  }

  @Test func `diff ends with 0, 1 or 2 as it says`() async throws {
    let place = try await Self.workplace()
    try await Self.judge(place, "a.csv", to: "old.json")
    try await Self.judge(place, "b.csv", to: "new.json")
    let same = try await place.run(["diff", "old.json", "old.json"])
    #expect(same.status == 0 && same.output.contains("No clear change"), "\(same.error)")
    let worse = try await place.run([
      "diff", "old.json", "new.json", "--markdown", "-", "--html", "change.html", "--json",
      "change.json",
    ])
    try Self.validate(place, "change.json")
    #expect(worse.status == 1, "\(worse.error)")
    #expect(worse.output.contains("### Changes beyond noise"))
    #expect(worse.error.contains("Worse"))
    #expect(place.exists("change.html"))
    let tables = ["-r", "real.csv", "-H", "holdout.csv", "--old-table", "a.csv", "--new-table"]
    let paired = try await place.run(["diff", "old.json", "new.json", "-q"] + tables + ["b.csv"])
    #expect(paired.status == 1, "\(paired.error)")
    let wrong = try await place.run(["diff", "old.json", "new.json", "-q"] + tables + ["a.csv"])
    #expect(wrong.status == 65 && wrong.error.contains("is not the newer table"))
    let half = try await place.run(["diff", "old.json", "new.json", "-r", "real.csv"])
    #expect(half.status == 64 && half.error.contains("give all of"))
    let better = try await place.run(["diff", "new.json", "old.json", "-q"])
    #expect(better.status == 0 && better.output.isEmpty)
    let done = try await place.run(["real.csv", "a.csv", "--json", "free.json"] + Self.quick)
    #expect(done.status == 0)
    let other = try await place.run(["diff", "old.json", "free.json"])
    #expect(other.status == 2)
    #expect(other.output.contains("They do not compare"))
    #expect(try await place.run(["diff", "old.json", "nothing.json"]).status == 66)
  }

  @Test func `trend follows documents in their order`() async throws {
    let place = try await Self.workplace()
    try await Self.judge(place, "a.csv", to: "1.json")
    try await Self.judge(place, "b.csv", to: "2.json")
    let done = try await place.run(["trend", "1.json", "1.json", "2.json", "2.json"])
    #expect(done.status == 0, "\(done.error)")
    #expect(done.output.contains("4 releases"))
    #expect(done.output.contains("Changes of level"))
    let data = try await place.run(["trend", "1.json", "2.json", "--json", "trend.json"])
    #expect(data.status == 0)
    #expect(try place.read("trend.json").contains("\"assay-trend\""))
    try Self.validate(place, "trend.json")
    #expect(try await place.run(["trend", "1.json"]).status == 64)
  }
}

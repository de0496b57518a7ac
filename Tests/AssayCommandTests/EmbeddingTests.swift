import AssayDocument
import Foundation
import Testing

@Suite struct `Vectors that are given` {
  /// Two numbers a row, as a table.
  private static func vectors(rows: Int, shift: Double) -> String {
    var text = "a,b\n"
    for row in 0..<rows {
      let angle = Double(row) * 2.399963
      text += "\(sin(angle) * Double(row % 17) + shift),\(cos(angle) * Double(row % 13))\n"
    }
    return text
  }

  private static let run = [
    "real.csv", "synthetic.csv", "-m", "fidelity.frechet-distance", "--preset", "quick", "-j",
    "1", "-q",
  ]

  private static func workplace() throws -> Workplace {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 240, from: 0), to: "real.csv")
    try place.write(SmallTables.csv(rows: 230, from: 1_000), to: "synthetic.csv")
    try place.write(vectors(rows: 240, shift: 0), to: "real-vectors.csv")
    try place.write(vectors(rows: 230, shift: 9), to: "synthetic-vectors.csv")
    return place
  }

  @Test func `are measured, and the run can be reproduced`() async throws {
    let place = try Self.workplace()
    let flags = [
      "--embedding-real", "real-vectors.csv", "--embedding-synthetic", "synthetic-vectors.csv",
    ]
    let done = try await place.run(Self.run + flags + ["--json", "report.json"])
    #expect(done.status == 0, "\(done.error)")
    let document = try EvaluationDocument(
      json: Data(contentsOf: URL(fileURLWithPath: place.path("report.json"))))
    let score = try #require(document.scores.first)
    #expect(score.details["embedding"]?.stringValue == "given")
    #expect(score.details["given"]?["synthetic"]?.stringValue?.count == 64)
    #expect(document.plan.sampling["embedding"]?["dimensions"]?.integerValue == 2)
    #expect(try #require(score.value) > 50)
    let again = try await place.run(
      ["reproduce", "report.json", "-r", "real.csv", "-s", "synthetic.csv"] + flags)
    #expect(again.status == 0, "\(again.error)\(again.output)")
    let without = try await place.run(
      ["reproduce", "report.json", "-r", "real.csv", "-s", "synthetic.csv"])
    #expect(without.status == 64 && without.error.contains("--embedding-real"))
  }

  @Test func `must be there for every table and every row`() async throws {
    let place = try Self.workplace()
    let lone = try await place.run(Self.run + ["--embedding-real", "real-vectors.csv"])
    #expect(lone.status == 64 && lone.error.contains("--embedding-synthetic"))
    let other = try await place.run(
      Self.run + [
        "--embedding-real", "synthetic-vectors.csv", "--embedding-synthetic",
        "synthetic-vectors.csv",
      ])
    #expect(other.status == 65 && other.error.contains("holds 230 vectors"), "\(other.error)")
    let short = try await place.run(
      Self.run + [
        "--embedding-real", "real-vectors.csv", "--embedding-synthetic", "real-vectors.csv",
      ])
    #expect(short.status == 65 && short.error.contains("the synthetic table has 230 rows"))
    let absent = try await place.run(
      Self.run + ["--embedding-real", "none.npy", "--embedding-synthetic", "none.npy"])
    #expect(absent.status == 66)
  }
}

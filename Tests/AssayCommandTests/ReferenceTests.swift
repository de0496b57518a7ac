import AssayDocument
import Foundation
import Testing

@Suite struct `Rows of the population that are given` {
  private static let run = [
    "real.csv", "synthetic.csv", "-H", "holdout.csv", "-m", "privacy.membership-inference",
    "--preset", "quick", "-j", "1", "-q",
  ]

  private static func workplace() throws -> Workplace {
    let place = try Workplace()
    for (name, first) in [("real", 0), ("synthetic", 1_000), ("holdout", 2_000), ("other", 3_000)] {
      try place.write(SmallTables.csv(rows: 120, from: first), to: "\(name).csv")
    }
    return place
  }

  @Test func `are in the document, and the run can be reproduced with them alone`() async throws {
    let place = try Self.workplace()
    let done = try await place.run(
      Self.run + ["--reference", "other.csv", "--json", "report.json", "--html", "page.html"])
    #expect(done.status == 0, "\(done.error)")
    let document = try EvaluationDocument(
      json: Data(contentsOf: URL(fileURLWithPath: place.path("report.json"))))
    #expect(document.inputs.reference?.name == "other.csv")
    #expect(document.inputs.reference?.rows == 120)
    #expect(document.plan.sampling["referenceRows"]?.integerValue == 120)
    #expect(document.scores.first?.details["referenceRows"]?.integerValue == 120)
    let again = [
      "reproduce", "report.json", "-r", "real.csv", "-s", "synthetic.csv", "-H", "holdout.csv",
    ]
    let same = try await place.run(again + ["--reference", "other.csv"])
    #expect(same.status == 0, "\(same.error)\(same.output)")
    // What the page prints is a command that does it.
    let page = try place.read("page.html")
    let code = try #require(page.components(separatedBy: "<pre><code>assay ").last)
    let printed = try #require(code.components(separatedBy: "</code>").first)
    #expect(printed.contains(" --reference other.csv"))
    let typed = try await place.run(printed.split(separator: " ").map(String.init))
    #expect(typed.status == 0, "\(printed): \(typed.error)\(typed.output)")
    let without = try await place.run(again)
    #expect(without.status == 64 && without.error.contains("--reference"), "\(without.error)")
  }

  @Test func `are refused where another table holds them, or a column lacks`() async throws {
    let place = try Self.workplace()
    let same = try await place.run(Self.run + ["--reference", "holdout.csv"])
    #expect(same.status == 65 && same.error.contains("holdout and reference are the same data"))
    let rows = try place.read("real.csv").split(separator: "\n")
    try place.write(rows.prefix(80).joined(separator: "\n") + "\n", to: "part.csv")
    let part = try await place.run(Self.run + ["--reference", "part.csv"])
    #expect(part.status == 65 && part.error.contains("part.csv is no reference"), "\(part.error)")
    try place.write("age\n30\n40\n", to: "narrow.csv")
    let narrow = try await place.run(Self.run + ["--reference", "narrow.csv"])
    #expect(narrow.status == 65 && narrow.error.contains("lacks column 'sex'"), "\(narrow.error)")
  }
}

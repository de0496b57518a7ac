import Foundation
import Testing

@testable import assay

@Suite struct `Files that are no good` {
  private static let expected: [(file: String, words: String)] = [
    ("problems/bad_line.jsonl", "line 2"), ("problems/cut_off.csv.gz", "end too early"),
    ("problems/duplicate_header.csv", "'age'"), ("problems/empty.csv", "is empty"),
    ("problems/empty_names.csv", "line 1, column 2"), ("problems/nul.csv", "line 3"),
    ("problems/only_blank_lines.csv", "no line"), ("problems/ragged_rows.csv", "line 5"),
    ("problems/stray_quote.csv", "line 3"), ("problems/unterminated_quote.csv", "line 3"),
    ("not-tables/archive.zip", "zip archive"), ("not-tables/base.sqlite", "SQLite"),
    ("not-tables/dvc_pointer.csv.dvc", "dvc pull"), ("not-tables/frame.pkl", "pickle"),
    ("not-tables/git_lfs_pointer.csv", "git lfs pull"), ("not-tables/image.png", "image"),
    ("not-tables/object.json", "one JSON document"), ("not-tables/page.csv", "HTML page"),
    ("not-tables/paper.pdf", "PDF"), ("not-tables/parquet.csv", "Parquet"),
    ("not-tables/table.feather", "Feather"), ("not-tables/table.parquet", "Parquet"),
    ("not-tables/workbook.xls", "Excel"), ("not-tables/workbook.xlsx", "Excel"),
    ("encodings/invalid_utf8.csv", "line 5"), ("kinds/header_only.csv", "no rows"),
  ]

  @Test func `each gets its own sentence and status, in both places`() async throws {
    let place = try Workplace()
    let good = Workplace.fixtures.appendingPathComponent("tiny/plain.csv").path
    func path(_ file: String) -> String {
      Workplace.fixtures.appendingPathComponent("tiny/\(file)").path
    }
    let nowhere = ["PATH": "/nowhere"]
    let all = try await place.run(
      ["inspect"] + Self.expected.map { path($0.file) }, environment: nowhere)
    #expect(all.status == 65, "\(all.error)")
    for (file, words) in Self.expected {
      let start = try #require(all.error.range(of: path(file) + ":"), "\(file) is passed over")
      let rest = all.error[start.lowerBound...]
      let end = rest.dropFirst().range(of: "\n\(Workplace.fixtures.path)")?.lowerBound
      #expect(rest[..<(end ?? rest.endIndex)].contains(words), "\(file): \(rest)")
    }
    for (file, words) in Self.expected.prefix(2) + Self.expected.suffix(2) {
      let done = try await place.run([good, path(file)], environment: nowhere)
      #expect(done.status == 65, "\(file): \(done.error)")
      #expect(done.error.contains(words), "\(file): \(done.error)")
    }
    #expect(try place.names().isEmpty)
  }

  @Test func `every file of these folders is expected here`() throws {
    for folder in ["problems", "not-tables"] {
      let path = Workplace.fixtures.appendingPathComponent("tiny/\(folder)").path
      let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
      #expect(
        names.map { "\(folder)/\($0)" }
          == Self.expected.map(\.file).filter { $0.hasPrefix(folder) }.sorted())
    }
  }
}

@Suite struct `assay inspect` {
  @Test func `every spelling of one table is seen as the same columns`() async throws {
    let place = try Workplace()
    let folder = Workplace.fixtures.appendingPathComponent("tiny/same").path
    // The column that counts the rows is dropped from ten rows on, and this table has six.
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0 != "index_column.csv" }
    let done = try await place.run(["inspect", "--json"] + names.map { "\(folder)/\($0)" })
    #expect(done.status == 0, "\(done.error)")
    let all = try #require(
      try JSONSerialization.jsonObject(with: Data(done.output.utf8)) as? [[String: Any]])
    #expect(all.count == names.count)
    for (name, table) in zip(names, all) {
      let columns = try #require(table["columns"] as? [[String: Any]])
      #expect(
        columns.compactMap { $0["kind"] as? String }
          == ["category", "integer", "real", "datetime", "boolean", "category"], "\(name)")
      #expect(columns.compactMap { $0["missing"] as? Int } == [0, 1, 1, 0, 0, 1], "\(name)")
    }
  }

  @Test func `the schema that is written is read back, and not overwritten`() async throws {
    let place = try Workplace()
    let file = Workplace.fixtures.appendingPathComponent("flchain/real_train.csv").path
    let first = try await place.run(["inspect", file, "--suggest", "--write", "schema.yml"])
    #expect(first.status == 0, "\(first.error)")
    #expect(first.output.contains("death  target"))
    let text = try place.read("schema.yml")
    let again = try await place.run(["inspect", file, "--write", "schema.yml"])
    #expect(again.status == 74)
    #expect(try place.read("schema.yml") == text)
    let back = try await place.run(["inspect", file, "--schema", "schema.yml", "--json"])
    #expect(back.status == 0, "\(back.error)")
  }

  @Test(arguments: [
    ("maritalStatus_2", ["marital", "status", "2"]), ("Sample.yr", ["sample", "yr"]),
    ("hours-per-week", ["hours", "per", "week"]), ("", []),
  ])
  func `names are taken apart into words`(_ name: String, _ words: [String]) {
    #expect(RoleSuggestions.words(of: name) == words)
  }

  @Test func `roles are proposed with reasons`() async throws {
    let place = try Workplace()
    let rows = (0..<120).map { row in
      "\(row),p\(row % 30),\(row % 50 + 20),\(row % 5 == 0 ? "yes" : "no"),\(row % 9 * 37)\n"
    }
    try place.write("row_id,patient_id,age,death,months\n" + rows.joined(), to: "t.csv")
    let done = try await place.run(["inspect", "t.csv", "--suggest", "--json"])
    #expect(done.status == 0, "\(done.error)")
    let tables = try JSONSerialization.jsonObject(with: Data(done.output.utf8)) as? [[String: Any]]
    let found = try #require(tables?.first?["suggestions"] as? [[String: String]])
    #expect(
      found.map { "\($0["column"] ?? "")=\($0["role"] ?? "")" } == [
        "row_id=primary-key", "patient_id=group", "age=quasi-identifier", "age=sensitive",
        "death=target",
      ])
    #expect(found.allSatisfy { $0["reason"]?.isEmpty == false })
  }
}

@Suite struct `assay metrics, render, open and init` {
  @Test func `the catalogue is listed, and each metric has its page`() async throws {
    let place = try Workplace()
    let list = try await place.run(["metrics"])
    #expect(list.status == 0)
    let json = try await place.run(["metrics", "--json"])
    let all = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    for metric in all {
      let id = try #require(metric["id"] as? String)
      #expect(list.output.contains(id))
    }
    let page = try await place.run(["metrics", "kolmogorov-smirnov"])
    for word in ["Formula", "Range", "Direction", "Defaults", "Does not see", "Source"] {
      #expect(page.output.contains(word))
    }
    let wrong = try await place.run(["metrics", "kolmogorof-smirnov"])
    #expect(wrong.status == 64)
    #expect(wrong.error.contains("did you mean 'kolmogorov-smirnov'?"))
  }

  @Test func `a saved document renders to the bytes of the run`() async throws {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 210, from: 0), to: "real.csv")
    try place.write(SmallTables.csv(rows: 220, from: 1_000), to: "synthetic.csv")
    let run = try await place.run(
      ["real.csv", "synthetic.csv", "--preset", "quick", "-m", "total-variation", "-o", "first"])
    #expect(run.status == 0, "\(run.error)")
    let render = try await place.run(["render", "first/report.json", "-o", "second"])
    #expect(render.status == 0, "\(render.error)")
    for name in ["report.html", "report.json", "summary.md", "scores.csv"] {
      #expect(try place.read("first/\(name)") == place.read("second/\(name)"), "\(name)")
    }
    let piped = try await place.run(["render", "first/report.json", "--markdown", "-"])
    #expect(piped.output == (try place.read("first/summary.md")))
    let open = try await place.run(["open", "first"])
    #expect(open.status == 0)
    #expect(open.output.contains("first/report.html"))
    #expect(open.error.contains("no desktop"))
    let missing = try await place.run(["open"])
    #expect(missing.status == 66)
    let broken = try await place.run(["render", "real.csv"])
    #expect(broken.status == 65)
    #expect(broken.error.contains("not JSON"))
  }

  @Test func `init writes a configuration that runs, and overwrites nothing`() async throws {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 210, from: 0), to: "real.csv")
    try place.write(SmallTables.csv(rows: 220, from: 1_000), to: "it's \"new\" #1.csv")
    let done = try await place.run(["init", "real.csv", "it's \"new\" #1.csv"])
    #expect(done.status == 0, "\(done.error)")
    let text = try place.read("assay.yml")
    #expect(text.contains("#sensitive: [\"age\", \"sex\"]"))
    let plan = try await place.run(["--plan", "-q"])
    #expect(plan.status == 0, "\(plan.error)")
    let again = try await place.run(["init", "real.csv", "it's \"new\" #1.csv"])
    #expect(again.status == 74)
    #expect(try place.read("assay.yml") == text)
    let uncommented = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map {
        $0.hasPrefix("#") && $0.contains(": ") && (!$0.hasPrefix("# ") || $0.hasPrefix("#  "))
          ? $0.dropFirst() : $0
      }
      .joined(separator: "\n")
    _ = try ConfigurationFile.layer(
      yaml: uncommented.replacing("\n#roles:\n", with: "\nroles:\n"), file: "assay.yml")
  }
}

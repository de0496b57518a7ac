import AssayTable
import Testing

@Suite struct SchemaYAMLTests {
  private func problems(_ yaml: String) -> [String] {
    #expect(throws: SchemaFileError.self) {
      try SchemaDeclaration(yaml: yaml, file: "s.yml")
    }?.problems ?? []
  }

  private func roundTrip(_ schema: TableSchema) throws {
    let declared = try SchemaDeclaration(yaml: schema.yaml(), file: "s.yml")
    #expect(declared.columns.map(\.name) == schema.columns.map(\.name))
    #expect(declared.columns.map(\.kind) == schema.columns.map(\.kind))
    #expect(declared.columns.map(\.roles) == schema.columns.map(\.roles))
    #expect(declared.columns.map(\.order) == schema.columns.map(\.order))
    #expect(declared.columns.map(\.missingTokens) == schema.columns.map(\.missingTokens))
    #expect(declared.columns.map(\.tolerance) == schema.columns.map(\.tolerance))
  }

  @Test func `declared tolerances come back from YAML, times in seconds`() throws {
    for (kind, tolerance) in [
      (ColumnKind.real, 0.5), (.real, 1e-7), (.integer, 2), (.datetime, 1_800), (.real, 0),
      (.real, 1e300),
    ] {
      try roundTrip(TableSchema([ColumnSchema(name: "x", kind: kind, tolerance: tolerance)]))
    }
    let written = try SchemaDeclaration(
      yaml: """
        columns:
          - {name: a, tolerance: 2 d}
          - {name: b, tolerance: 30min}
          - {name: c, tolerance: 5e-1}
        """, file: "s.yml")
    #expect(written.columns.map(\.tolerance) == [172_800, 1_800, 0.5])
  }

  @Test func `a tolerance that cannot be one is refused with its line`() throws {
    let found = problems(
      """
      columns:
        - name: a
          tolerance: -1
        - name: b
          tolerance: wide
        - name: c
          kind: real
          tolerance: 2 d
        - name: d
          tolerance: [1, 2]
        - name: e
          tolerance: nan
      """)
    #expect(found.count == 5)
    for (line, problem) in zip([3, 5, 8, 10, 12], found) {
      #expect(problem.hasPrefix("s.yml:\(line): "), "\(problem)")
    }
    let data = try table(["c": cycle(["a", "b"], 40)])
    let declared = try SchemaDeclaration(
      yaml: "columns:\n  - name: c\n    tolerance: 1\n", file: "s.yml")
    let inferred = SchemaInference(training: data, holdout: nil, declared: declared)
    #expect(inferred.problems.count == 1)
    #expect(inferred.problems.first?.contains("line 2: column 'c' has a 'tolerance'") == true)
  }

  @Test func `a schema comes back from its YAML for every kind and role`() throws {
    for kind in ColumnKind.allCases {
      for role in ColumnRole.allCases {
        try roundTrip(
          TableSchema([
            ColumnSchema(
              name: "x", kind: kind, roles: [role, .sensitive],
              order: kind == .ordinal ? ["low", "mid", "high"] : [],
              missingTokens: ["N", "?"], why: ["because"])
          ]))
      }
    }
    try roundTrip(TableSchema([]))
  }

  static let hostile = [
    "a: b", "- a", "# a", "a #b", "'", "\"", "\\", "{a}", "[a]", "*a", "&a", "!a", "%a", "@a", "`a",
    "yes", "null", "~", "1.0", "0x1F", "2024-01-31", " lead", "trail ", "", "a\nb", "a\r\nb",
    "a\tb",
    "\u{0}", "\u{7}", "\u{85}", "\u{2028}", "x\u{FEFF}", "\u{FFFE}", "é", "e\u{301}", "名前", "👩‍👩‍👧",
    "| a", "> a", "? a", ": a", "---", "...", "a, b", "</script>", "\u{202E}abc",
  ]

  @Test(arguments: hostile)
  func `hostile names and levels survive`(text: String) throws {
    let schema = TableSchema([
      ColumnSchema(
        name: text, kind: .ordinal, order: [text, "z"], missingTokens: [text],
        why: ["it holds \(text) and \n more"])
    ])
    let declared = try SchemaDeclaration(yaml: schema.yaml(), file: "s.yml")
    let column = try #require(declared.columns.first)
    #expect(Array(column.name.utf8) == Array(text.utf8))
    #expect(column.order.first.map { Array($0.utf8) } == Array(text.utf8))
    #expect(column.missingTokens.first.map { Array($0.utf8) } == Array(text.utf8))
  }

  @Test func `an inferred schema declares itself again`() throws {
    let data = try table([
      "n": whole(20..<60), "c": cycle(["a", "b"], 40), "b": cycle(["yes", "no", "NA", "yes"], 40),
      "m": whole(100..<139) + ["N"], "d": cycle(["2024-01-31", ""], 40), "i": whole(0..<40),
    ])
    let first = SchemaInference(training: data, holdout: nil, declared: SchemaDeclaration())
    let declared = try SchemaDeclaration(yaml: first.schema.yaml(), file: "s.yml")
    let second = SchemaInference(training: data, holdout: nil, declared: declared)
    #expect(second.problems.isEmpty)
    #expect(second.schema.columns.map(\.kind) == first.schema.columns.map(\.kind))
    #expect(
      second.schema.columns.map(\.missingTokens) == first.schema.columns.map(\.missingTokens))
  }

  @Test func `every problem is told at once, with its line`() {
    let found = problems(
      """
      version: 2
      colums: []
      columns:
        - name: a
          kind: number
        - kind: real
        - name: b
          roles: [sensitiv, target]
          knd: real
        - name: a
        - just text
        - name: c
          kind: ordinal
      """)
    #expect(
      found == [
        "s.yml:1: version must be 1",
        "s.yml:2: unknown key 'colums'; did you mean 'columns'?",
        "s.yml:5: unknown kind 'number'; known: integer, real, boolean, category, ordinal, "
          + "datetime, identifier, text",
        "s.yml:6: a column has no 'name'",
        "s.yml:8: unknown role 'sensitiv'; did you mean 'sensitive'? known: target, sensitive, "
          + "quasi-identifier, primary-key, identifier, group, weight, time, event, excluded",
        "s.yml:9: unknown key 'knd'; did you mean 'kind'?",
        "s.yml:10: column 'a' is declared twice",
        "s.yml:11: each column must be a mapping with 'name'",
        "s.yml:12: ordinal column 'c' needs 'order': its levels, lowest first",
      ])
  }

  @Test(arguments: ["", "text", "- a", "columns: 3", "columns: {a: b}", "version: 1"])
  func `what holds no list of columns is refused`(yaml: String) {
    #expect(problems(yaml).count == 1)
  }

  @Test func `text that is no YAML names the line`() {
    #expect(problems("columns:\n  - name: 'open\n").first?.hasPrefix("s.yml:") == true)
    #expect(problems("columns:\n  - name: a\n    kind: real\n    kind: real\n").count == 1)
    #expect(problems("a: [b\nc: d\n").first?.contains("not YAML") == true)
  }

  @Test func `numbers and words without quotes are names too`() throws {
    let declared = try SchemaDeclaration(
      yaml: "columns:\n  - {name: 1, kind: ordinal, order: [1, 2.50, yes]}\n", file: "s.yml")
    #expect(declared.columns.first?.name == "1")
    #expect(declared.columns.first?.order == ["1", "2.50", "yes"])
    #expect(declared.columns.first?.line == 2)
  }

  @Test func `roles are added once, to declared and undeclared columns`() {
    var declared = SchemaDeclaration([ColumnDeclaration(name: "a", roles: [.target])])
    declared.add(.target, to: "a")
    declared.add(.sensitive, to: "a")
    declared.add(.group, to: "b")
    #expect(declared["a"]?.roles == [.target, .sensitive])
    #expect(declared["b"]?.roles == [.group])
    #expect(declared["c"] == nil)
  }
}

import Testing

@testable import AssayTable

@Suite struct InferenceSchemaTests {
  private func infer(_ table: RawTable, _ declared: [ColumnDeclaration]) -> SchemaInference {
    SchemaInference(training: table, holdout: nil, declared: SchemaDeclaration(declared))
  }

  private func problems(_ table: RawTable, _ declared: [ColumnDeclaration]) -> [String] {
    let error = #expect(throws: AlignmentError.self) {
      try RealTables(training: table, holdout: nil, declared: SchemaDeclaration(declared))
    }
    #expect(error?.code == .schema)
    return error?.problems ?? []
  }

  private func people() throws -> RawTable {
    try table([
      "age": whole(20..<60), "workclass": cycle(["a", "b"], 40),
      "grade": cycle(["1", "2", "3"], 40),
      "score": (0..<40).map { "\($0).5" },
    ])
  }

  @Test func `what is declared goes before what is inferred`() throws {
    let schema = infer(
      try people(),
      [
        ColumnDeclaration(name: "grade", kind: .category, roles: [.target]),
        ColumnDeclaration(name: "age", roles: [.quasiIdentifier, .sensitive]),
      ]
    ).schema
    #expect(schema.column("grade")?.kind == .category)
    #expect(schema.column("grade")?.why == ["declared as category"])
    #expect(schema.column("grade")?.roles == [.target])
    #expect(schema.column("age")?.kind == .integer)
    #expect(schema.column("age")?.roles == [.quasiIdentifier, .sensitive])
    #expect(schema.column("score")?.decimals == 1)
    #expect(schema.column("age")?.decimals == nil)
  }

  @Test func `every problem is told at once, with line and suggestion`() throws {
    let found = problems(
      try people(),
      [
        ColumnDeclaration(name: "aeg", line: 4),
        ColumnDeclaration(name: "workclass", kind: .integer, line: 7),
        ColumnDeclaration(name: "score", kind: .datetime, line: 9),
        ColumnDeclaration(name: "grade", kind: .ordinal, order: ["1", "3"], line: 11),
      ])
    #expect(
      found == [
        "line 4: there is no column 'aeg'; did you mean 'age'?",
        "line 7: column 'workclass' is declared as integer but holds mostly words, not numbers",
        "line 11: column 'grade' has 1 level that its 'order' lacks",
        "line 9: column 'score' is declared as datetime but cannot be read as dates",
      ])
  }

  @Test func `declarations that contradict the data or themselves are problems`() throws {
    #expect(
      problems(try people(), [ColumnDeclaration(name: "score", kind: .integer)])
        == ["column 'score' is declared as integer but 40 of its numbers are not whole"])
    #expect(
      problems(try people(), [ColumnDeclaration(name: "grade", kind: .boolean)])
        == ["column 'grade' is declared as boolean but has 3 different values"])
    #expect(
      problems(try people(), [ColumnDeclaration(name: "grade", kind: .ordinal)])
        == ["ordinal column 'grade' needs 'order': its levels, lowest first"])
    #expect(
      problems(try people(), [ColumnDeclaration(name: "grade", kind: .real, order: ["1"])])
        == ["column 'grade' has an 'order' but is declared as real, not ordinal"])
    #expect(
      problems(try people(), [ColumnDeclaration(name: "workclass", roles: [.weight])])
        == ["column 'workclass' has the role weight but holds no numbers"])
  }

  @Test func `an order makes a column ordinal and sets its levels`() throws {
    let real = try RealTables(
      training: try people(), holdout: nil,
      declared: SchemaDeclaration([
        ColumnDeclaration(name: "grade", order: ["3.0", "2.0", "1.0", "0.0"])
      ]))
    #expect(real.schema.column("grade")?.kind == .ordinal)
    #expect(real.realLevels[2]?.names == ["3.0", "2.0", "1.0", "0.0"])
    #expect(real.training.columns[2].nominal?.prefix(4) == [2, 1, 0, 2])
  }

  @Test func `declared words for missing values hold for every kind`() throws {
    let data = try table([
      "level": cycle(["a", "b", "none given"], 30), "number": cycle(["1", "-999", "3"], 30),
      "mixed": cycle(["1", "x", "3"], 30), "day": cycle(["2024-01-31", "never"], 30),
      "sentinel": cycle(["2024-01-31", "9999-12-31"], 30),
    ])
    let declared = [
      ColumnDeclaration(name: "level", missingTokens: ["none given"]),
      ColumnDeclaration(name: "number", missingTokens: ["-999"]),
      ColumnDeclaration(name: "mixed", missingTokens: ["x"]),
      ColumnDeclaration(name: "day", missingTokens: ["never"]),
      ColumnDeclaration(name: "sentinel", missingTokens: ["9999-12-31"]),
    ]
    let real = try RealTables(
      training: data, holdout: nil, declared: SchemaDeclaration(declared))
    #expect(
      real.schema.columns.dropLast().map(\.kind)
        == [.category, .integer, .integer, .datetime, .datetime])
    #expect(real.training.columns.dropLast().map(\.presentCount) == [20, 20, 20, 15, 15])
  }

  @Test func `numbers declared where words stand between them count the words as missing`() throws {
    let data = try table(["edu": cycle(["1", "2", "3", "N"], 40)])
    let plain = infer(data, []).schema.columns[0]
    #expect(plain.kind == .category)
    let declared = infer(data, [ColumnDeclaration(name: "edu", kind: .integer)]).schema.columns[0]
    #expect(declared.missingTokens == ["N"])
    #expect(declared.why == ["declared as integer", "one other word counts as missing"])
    #expect(!infer(data, [ColumnDeclaration(name: "edu", kind: .real)]).schema.columns.isEmpty)
  }

  @Test func `a first column of row numbers is dropped, elsewhere it stays`() throws {
    let values = cycle(["a", "b"], 20)
    for name in ["", "Unnamed: 0", "index"] {
      let inference = infer(try table([name: whole(0..<20), "x": values]), [])
      #expect(inference.droppedIndex != nil, "\(name)")
      #expect(inference.schema.columns.map(\.name) == ["x", "zz"])
    }
    // What a data frame keeps after rows were chosen.
    let chosen = infer(
      try table(["": whole((0..<20).map { ($0 * 7) % 23 + 100 }), "x": values]), [])
    #expect(chosen.droppedIndex == "column_1")
    let second = infer(try table(["x": values, "index": whole(0..<20)]), [])
    #expect(second.droppedIndex == nil)
    let measured = infer(try table(["index": cycle(["7", "9"], 20), "x": values]), [])
    #expect(measured.droppedIndex == nil)
  }

  @Test func `a near name is suggested, a far one is not`() {
    #expect(EditDistance.between("kitten", "sitting") == 3)
    #expect(EditDistance.between("", "abc") == 3)
    #expect(EditDistance.between("ab", "ba") == 1)
    #expect(EditDistance.suggestion(for: "workclas", among: ["age", "workclass"]) == "workclass")
    #expect(EditDistance.suggestion(for: "AGE", among: ["sex", "age"]) == "age")
    #expect(EditDistance.suggestion(for: "zzzzzz", among: ["age", "workclass"]) == nil)
    #expect(EditDistance.suggestion(for: "x", among: []) == nil)
  }

  @Test(arguments: [[""], ["a"], ["ab", "ba", "abc", "é", "xyz"]])
  func `edit distance is symmetric and zero for equal words alone`(words: [String]) {
    for a in words {
      for b in words {
        #expect(EditDistance.between(a, b) == EditDistance.between(b, a))
        #expect((EditDistance.between(a, b) == 0) == (a == b))
      }
    }
  }
}

import AssayDocument
import Testing

@testable import AssayTable

@Suite struct AlignmentComparisonTests {
  private func compare(
    _ training: RawTable, _ synthetic: RawTable, matchesSpelling: Bool = true
  ) throws -> Comparison {
    try Comparison(
      RealTables(
        training: training, holdout: nil, declared: SchemaDeclaration(),
        matchesSpelling: matchesSpelling), synthetic: synthetic)
  }

  private func training() throws -> RawTable {
    try table([
      "age": whole(20..<60), "sex": cycle(["M", "F"], 40), "hours": whole(0..<40),
      "born": cycle(["2024-01-31", "2024-02-01"], 40), "note": cycle(["p", "q"], 40),
      "rate": (0..<40).map { "\($0).5" }, "flag": cycle(["0", "1"], 40),
    ])
  }

  @Test func `every disagreement is told at once, with what is done about it`() throws {
    let synthetic = try table([
      "": whole(0..<20), "flag": cycle(["yes", "no"], 20), "AGE": cycle(["1.0", "2.5"], 20),
      "sex": cycle(["m", "F"], 20), "born": cycle(["soon"], 20), "houres": whole(0..<20),
      "note": cycle([""], 20), "rate": cycle(["1,5", "2,25"], 20), "extra": cycle(["a"], 20),
    ])
    let found = try compare(training(), synthetic)
    let told = found.disagreements.map {
      ([$0.code.rawValue] + $0.columns + [$0.sentence, $0.consequence]).joined(separator: " | ")
    }
    #expect(
      told == [
        "renamedColumn | age | the header is written differently | matched",
        "droppedIndex | column_1 | the first column holds row numbers | it is left out",
        "extraColumn | houres | the real table has no such column | it is left out",
        "extraColumn | extra | the real table has no such column | it is left out",
        "fractions | age | 50 % of the numbers are not whole, all real ones are | "
          + "they are compared as they are",
        "spelling | age | 1 is written as 1.0 | matched",
        "spelling | sex | 1 level is written differently (blanks, letter case, Unicode form or 1 "
          + "and 1.0) | matched",
        "missingColumn | hours | the synthetic table lacks the column (is it 'houres'?) | "
          + "it is not compared",
        "unfitColumn | born | the synthetic column cannot be read as dates | "
          + "it counts as a complete miss",
        "emptyColumn | note | no synthetic row has a value | it counts as a complete miss",
        "spelling | rate | another decimal mark | matched",
        "spelling | flag | 1 and 0 are written as words | matched",
        "columnOrder | the columns come in another order | matched by name",
      ])
    #expect(found.unfit.keys.sorted() == [2, 3, 4])
    #expect(found.synthetic.columns[6].numeric?.values.prefix(2) == [1, 0])
    #expect(found.synthetic.columns[5].numeric?.values.prefix(2) == [1.5, 2.25])
    #expect(found.representation.count == found.schema.columns.count)
  }

  @Test func `a table that equals the real one disagrees in nothing`() throws {
    let found = try compare(training(), training())
    #expect(found.disagreements.isEmpty)
    #expect(found.unfit.isEmpty)
    #expect(found.representation.joined().isEmpty)
  }

  @Test func `the order of synthetic columns changes nothing but one notice`() throws {
    let cells: [(name: String, cells: [String])] = [
      ("age", whole(10..<30)), ("sex", cycle(["f", "X"], 20)), ("hours", whole(0..<20)),
      ("born", cycle(["2024-01-31"], 20)), ("note", cycle(["p", ""], 20)),
      ("rate", cycle(["1.5"], 20)), ("flag", cycle(["True", "False"], 20)),
    ]
    let first = try compare(training(), table(cells))
    for shift in 1..<cells.count {
      let turned = try compare(training(), table(Array(cells[shift...] + cells[..<shift])))
      #expect(turned.levels == first.levels)
      #expect(turned.unfit == first.unfit)
      #expect(turned.representation == first.representation)
      for (a, b) in zip(turned.synthetic.columns, first.synthetic.columns) {
        #expect(a.numeric == b.numeric)
        #expect(a.nominal == b.nominal)
      }
      #expect(turned.disagreements.filter { $0.code != .columnOrder } == first.disagreements)
    }
  }

  @Test func `the order of training columns is the order of the schema and nothing else`() throws {
    let cells: [(name: String, cells: [String])] = [
      ("a", whole((0..<60).map { $0 % 13 })), ("b", cycle(["x", "y"], 60)),
      ("c", cycle(["1.5", "2", ""], 60)),
    ]
    let first = try compare(table(cells), table(cells))
    let turned = try compare(table(cells.reversed()), table(cells))
    for name in ["a", "b", "c"] {
      let here = try #require(first.schema.index(of: name))
      let there = try #require(turned.schema.index(of: name))
      #expect(first.schema.columns[here] == turned.schema.columns[there])
      #expect(first.real.fits[here]?.marginalCells == turned.real.fits[there]?.marginalCells)
      #expect(first.levels[here] == turned.levels[there])
    }
  }

  @Test func `yes and no meet 1 and 0 from either side`() throws {
    let words = try table(["x": cycle(["True", "False", "True"], 30), "n": whole(5..<35)])
    let digits = try table(["x": cycle(["1", "0", "1"], 30), "n": whole(5..<35)])
    let first = try compare(words, digits)
    #expect(first.levels[0]?.names == ["True", "False"])
    #expect(first.synthetic.columns[0].nominal == first.real.training.columns[0].nominal)
    let second = try compare(digits, words)
    #expect(second.schema.columns[0].kind == .integer)
    #expect(second.synthetic.columns[0].numeric == second.real.training.columns[0].numeric)
    #expect(try compare(digits, words, matchesSpelling: false).unfit[0] != nil)
    #expect(try compare(words, digits, matchesSpelling: false).levels[0]?.names.count == 4)
  }

  @Test func `levels written as numbers of another form are matched and listed`() throws {
    let real = try table(["x": cycle(["1", "2", "N"], 30)])
    let found = try compare(real, table(["x": cycle(["2.0", "1.0"], 30)]))
    #expect(found.synthetic.columns[0].nominal?.prefix(2) == [1, 0])
    #expect(found.representation[0] == ["1 is written as 1.0"])
    let strict = try compare(
      real, table(["x": cycle(["2.0", "1.0", "N"], 30)]), matchesSpelling: false)
    #expect(strict.levels[0]?.names == ["1", "2", "N", "2.0", "1.0"])
    #expect(strict.disagreements.map(\.consequence) == ["not matched"])
  }

  @Test func `headers and levels stand as they are where spelling counts`() throws {
    let real = try table(["Age": whole(20..<60), "sex": cycle(["M", "F"], 40)])
    let synthetic = try table(["age": whole(20..<60), "sex": cycle(["m", "F"], 40)])
    let found = try compare(real, synthetic, matchesSpelling: false)
    #expect(found.unfit[0] != nil)
    #expect(
      found.disagreements.first { $0.code == .missingColumn }?.sentence
        == "the synthetic table lacks the column ('age' is written differently)")
    #expect(found.levels[1]?.names == ["M", "F", "m"])
    #expect(found.disagreements.last?.consequence == "not matched")
  }

  @Test func `numbers are numbers even where spelling counts`() throws {
    let real = try table(["x": whole(20..<60)])
    let found = try compare(
      real, table(["x": (20..<60).map { "\($0).0" }]), matchesSpelling: false)
    #expect(found.unfit.isEmpty)
    #expect(found.disagreements.map(\.consequence) == ["compared by value"])
  }

  @Test func `tables without a common column or without rows are refused`() throws {
    let error = #expect(throws: AlignmentError.self) {
      let real = try RealTables(
        training: table(["a": whole(20..<60)]), holdout: nil,
        declared: SchemaDeclaration([ColumnDeclaration(name: "zz", roles: [.excluded])]))
      return try Comparison(real, synthetic: table(["b": cycle(["u"], 20)]))
    }
    #expect(error?.code == .nothingInCommon)
    #expect(error?.problems.count == 3)
  }

  @Test func `a table that lacks more than three quarters of the columns is another table`() throws
  {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
    let real = try table(names.map { ($0, whole(20..<60)) })
    // The tables have a further column in common.
    let error = #expect(throws: AlignmentError.self) {
      try compare(real, table(["a": whole(20..<60), "y": whole(5..<45)]))
    }
    #expect(error?.code == .nothingInCommon)
    #expect(error?.problems.first?.contains("lacks 8 of the 10 columns to compare") == true)
    let quarter = try compare(real, table(["a": whole(20..<60), "b": whole(5..<45)]))
    #expect(quarter.unfit.count == 7)
  }

  @Test func `a missing identifier has bytes like any other`() throws {
    let real = try table(["id": (0..<40).map { "u\($0)" }, "n": whole(5..<45)])
    let found = try compare(real, table(["n": whole(5..<45)]))
    guard case .bytes(let values) = found.synthetic.columns[0] else {
      Issue.record("not bytes")
      return
    }
    #expect(values.count == 40)
    #expect(values.presentCount == 0)
    #expect(found.disagreements.first?.consequence == "it is not compared")
  }

  @Test func `the frames hold what their metrics may know`() throws {
    let real = try RealTables(
      training: table(["x": whole(20..<40)]), holdout: table(["x": whole(0..<10)]),
      declared: SchemaDeclaration())
    let found = try Comparison(real, synthetic: table(["x": whole(0..<30)]))
    #expect(found.exchangeable.pool(0).map(\.count) == [20, 10])
    #expect(
      [TableRole.training, .synthetic, .holdout].map { found.reference.rowCount($0) } == [
        20, 30, 10,
      ])
  }
}

import AssayDocument
import AssayFiles
import Testing

@testable import AssayTable

@Suite struct AlignmentRealTests {
  private func real(
    _ training: RawTable, _ holdout: RawTable? = nil, _ declared: [ColumnDeclaration] = []
  ) throws -> RealTables {
    try RealTables(training: training, holdout: holdout, declared: SchemaDeclaration(declared))
  }

  @Test func `levels stand in the order training, holdout alone, synthetic alone`() throws {
    let sides = try real(
      table(["x": cycle(["b", "a"], 20)]), table(["x": cycle(["d", "a", "c"], 20)]))
    #expect(
      sides.realLevels[0]
        == SharedLevels(names: ["b", "a", "d", "c"], trainingCount: 2, realCount: 4))
    let comparison = try Comparison(sides, synthetic: table(["x": cycle(["f", "c", "B", "e"], 8)]))
    #expect(
      comparison.levels[0]
        == SharedLevels(names: ["b", "a", "d", "c", "f", "e"], trainingCount: 2, realCount: 4))
    #expect(comparison.synthetic.columns[0].nominal == [4, 3, 0, 5, 4, 3, 0, 5])
  }

  @Test func `two spellings within training stay two levels`() throws {
    let sides = try real(table(["x": cycle(["Single", "single"], 20)]))
    #expect(sides.realLevels[0]?.names == ["Single", "single"])
  }

  @Test func `the holdout is matched by name in any order`() throws {
    let training = try table(["a": whole(20..<40), "b": cycle(["x", "y"], 20)])
    let holdout = try table(["B": cycle(["y"], 10), "a": whole(5..<15), "c": whole(0..<10)])
    let sides = try real(training, holdout)
    #expect(sides.holdout?.columns[0].numeric?.values == (5..<15).map(Double.init))
    #expect(sides.holdout?.columns[1].nominal == [Int32](repeating: 1, count: 10))
    #expect(sides.disagreements.map(\.code) == [.renamedColumn, .extraColumn])
    #expect(sides.disagreements.allSatisfy { $0.role == .holdout })
  }

  @Test func `a holdout that does not fit is refused with every reason`() throws {
    let training = try table([
      "a": whole(20..<60), "b": cycle(["x", "y"], 40), "c": cycle(["2024-01-31"], 40),
    ])
    let holdout = try table(["c": cycle(["2024-01-30"], 10)])
    let error = #expect(throws: AlignmentError.self) { try real(training, holdout) }
    #expect(error?.code == .holdout)
    #expect(
      error?.problems == [
        "holdout table.csv lacks column 'a'", "holdout table.csv lacks column 'b'",
        "the holdout must have the columns of the real training table",
      ])
    let declared = #expect(throws: AlignmentError.self) {
      try real(training, holdout, [ColumnDeclaration(name: "d")])
    }
    #expect(declared?.code == .schema)
    #expect(declared?.problems.count == 4)
  }

  @Test func `tables without rows are refused together`() throws {
    let empty = RawTable(
      name: "e.csv", rowCount: 0, columns: [],
      source: SourceInfo(
        sha256: "", bytes: 0, format: .delimitedText, delimiter: ",", hasHeader: true,
        encoding: .utf8, compression: .none), notices: [])
    let error = #expect(throws: AlignmentError.self) { try real(empty, empty) }
    #expect(error?.problems.count == 2)
  }

  @Test func `nothing on the real side depends on threads`() throws {
    let training = try table([
      "a": whole((0..<300).map { $0 * 37 % 101 }), "b": cycle(["x", "y", "z"], 300),
      "c": (0..<300).map { "\($0 % 17).5" },
    ])
    let one = try RealTables(training: training, holdout: nil, declared: SchemaDeclaration())
    let four = try RealTables(
      training: training, holdout: nil, declared: SchemaDeclaration(), threads: 4)
    #expect(one.fits.map { $0?.marginalCells } == four.fits.map { $0?.marginalCells })
    #expect(one.fits.map { $0?.pairCells } == four.fits.map { $0?.pairCells })
  }
}

@Suite struct AlignmentDateTests {
  static let clear = ["31/01/2024", "05/02/2024", "06/03/2024"]
  static let open = ["01/02/2024", "11/12/2024", "03/04/2024"]

  private func compare(
    _ training: [String], holdout: [String]? = nil, _ synthetic: [String],
    matchesSpelling: Bool = true
  ) throws -> Comparison {
    let real = try RealTables(
      training: table(["d": cycle(training, 30)]),
      holdout: holdout.map { try table(["d": cycle($0, 30)]) }, declared: SchemaDeclaration(),
      matchesSpelling: matchesSpelling)
    return try Comparison(real, synthetic: table(["d": cycle(synthetic, 30)]))
  }

  @Test func `an order that the data leave open is asked for, never guessed`() throws {
    let comparison = try compare(Self.open, Self.open)
    #expect(comparison.schema.columns[0].kind == .category)
    #expect(
      comparison.schema.columns[0].why
        == ["dates that leave the order of day and month open: taken as words"])
    let found = try #require(comparison.disagreements.first { $0.code == .openDateOrder })
    #expect(found.consequence.contains("--date-order dmy or --date-order mdy"))
    #expect(
      comparison.real.sources[.training]?.notices.contains { $0.contains("day/month") } == true)
  }

  @Test func `a given order leaves nothing to ask`() throws {
    for order in [TemporalOrder.dayMonthYear, .monthDayYear] {
      let real = try RealTables(
        training: table(["d": cycle(Self.open, 30)]) { $0.dateOrder = order }, holdout: nil,
        declared: SchemaDeclaration())
      #expect(real.schema.columns[0].kind == .datetime)
      #expect(real.disagreements.isEmpty)
    }
  }

  @Test func `one real side that shows the order shows it for the other`() throws {
    for (training, holdout) in [(Self.clear, Self.open), (Self.open, Self.clear)] {
      let comparison = try compare(training, holdout: holdout, Self.clear)
      #expect(comparison.schema.columns[0].kind == .datetime)
      #expect(comparison.disagreements.isEmpty)
    }
    // 1 February and 11 December 2024, by `date -u -d 2024-02-01 +%s`.
    let real = try compare(Self.clear, holdout: Self.open, Self.clear).real
    #expect(real.holdout?.columns[0].numeric?.values.prefix(2) == [1_706_745_600, 1_733_875_200])
  }

  @Test func `open dates under test are read as the real ones are written`() throws {
    let comparison = try compare(Self.clear, Self.open)
    #expect(comparison.unfit.isEmpty)
    #expect(comparison.synthetic.columns[0].numeric?.values.first == 1_706_745_600)
    let unknown = try compare(["2024-01-31", "2024-02-01"], holdout: nil, Self.open + ["x"])
    #expect(unknown.unfit[0] == "cannot be read as dates")
  }

  @Test func `dates under test that stay open are unfit, and the way out is named`() throws {
    let real = try RealTables(
      training: table(["d": cycle(["2024-01-31", "2024-02-01"], 30), "n": whole(0..<30)]),
      holdout: nil, declared: SchemaDeclaration())
    let comparison = try Comparison(
      real, synthetic: table(["d": cycle(Self.open, 30), "n": whole(0..<30)]))
    #expect(comparison.unfit[0]?.contains("--date-order") == true)
    #expect(comparison.codes(of: "d") == [.unfitColumn])
  }

  @Test func `another format is matched and listed, and unfit where spelling counts`() throws {
    let iso = ["2024-01-31", "2024-02-05", "2024-03-06"]
    let loose = try compare(Self.clear, iso)
    #expect(loose.unfit.isEmpty)
    #expect(
      loose.synthetic.columns[0].numeric?.values == loose.real.training.columns[0].numeric?.values)
    #expect(loose.representation[0] == ["dates are written as yyyy-mm-dd, real as dd/mm/yyyy"])
    #expect(loose.disagreements.first { $0.code == .spelling }?.consequence == "matched")
    let strict = try compare(Self.clear, iso, matchesSpelling: false)
    #expect(strict.unfit[0] == "writes dates as yyyy-mm-dd, the real one as dd/mm/yyyy")
    #expect(strict.disagreements.first { $0.code == .spelling }?.consequence == "not matched")
  }

  @Test func `another granularity is listed`() throws {
    let comparison = try compare(["2024-01-31", "2024-02-01"], ["2024-01-31 10:00"])
    #expect(comparison.representation[0] == ["dates are written to the minute, real to the day"])
  }
}

import AssayDocument
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Rows weighed to declared differences` {
  /// 60 rows: sex F 40 and M 20; town A 30 and B 30, unlike by sex; ages 1 to 30, two rows each.
  private static let table = TableBuilder("real")
    .levels("sex", (0..<60).map { $0 < 40 ? "F" : "M" })
    .levels("town", (0..<60).map { $0 < 10 || $0 >= 40 ? "A" : "B" })
    .numbers("age", (0..<60).map { Double($0 / 2 + 1) }).table()

  private static func rows(
    _ intended: [IntendedDifference], holdout: RawTable? = nil
  ) throws -> IntendedRows {
    let real = try RealTables(
      training: table, holdout: holdout, declared: SchemaDeclaration(), intended: intended)
    return try #require(real.intended)
  }

  private static func problems(_ intended: [IntendedDifference]) -> [String] {
    do throws(AlignmentError) {
      _ = try RealTables(
        training: table, holdout: nil, declared: SchemaDeclaration(), intended: intended)
      return []
    } catch {
      return error.problems
    }
  }

  // Closed form: F rows weigh ½/40 and M rows ½/20; Kish (Σw)²/Σw² = 1/(¼/40 + ¼/20) = 53⅓.
  @Test func `one column gets its shares, and the rows are worth what Kish says`() throws {
    let made = try Self.rows([IntendedDifference(column: "sex", form: .balanced)])
    let weights = try #require(made.weights[.training])
    let worth = try #require(made.effectiveRows[.training])
    #expect(abs(worth - 160.0 / 3) < 1e-9)
    #expect(abs(weights.reduce(0, +) - worth) < 1e-9)
    #expect(abs(weights[0] - worth / 80) < 1e-12 && abs(weights[59] - worth / 40) < 1e-12)
    #expect(made.targets.first?.shares == [0.5, 0.5])
  }

  // Law of iterative proportional fitting: margins hold, odds ratios stay.
  @Test func `two columns get their shares and keep their odds ratio`() throws {
    let levels: [Int32] = (0..<100).map { $0 < 60 ? 0 : 1 }
    let others: [Int32] = (0..<100).map { $0 < 45 || $0 >= 90 ? 0 : 1 }
    let margins = [(levels: levels, shares: [0.2, 0.8]), (levels: others, shares: [0.7, 0.3])]
    let weights = try #require(
      Raking.weights([Double](repeating: 1, count: 100), margins: margins))
    func cell(_ a: Int32, _ b: Int32) -> Double {
      (0..<100).reduce(0) { $0 + (levels[$1] == a && others[$1] == b ? weights[$1] : 0) }
    }
    let sum = weights.reduce(0, +)
    #expect(abs((cell(0, 0) + cell(0, 1)) / sum - 0.2) < 1e-11)
    #expect(abs((cell(0, 0) + cell(1, 0)) / sum - 0.7) < 1e-11)
    // 45·30 / (15·10) in the real rows.
    #expect(abs(cell(0, 0) * cell(1, 1) / (cell(0, 1) * cell(1, 0)) - 9) < 1e-9)
  }

  @Test func `a filter weighs rows outside it with nothing`() throws {
    let made = try Self.rows([
      IntendedDifference(column: "age", form: .range(from: 6, to: 25)),
      IntendedDifference(column: "town", form: .levels(["B"])),
    ])
    let weights = try #require(made.weights[.training])
    #expect(weights.indices.filter { weights[$0] > 0 } == Array(10..<40))
    #expect(made.effectiveRows[.training] == 30)
  }

  // Closed form: a third times 1.5 is a half.
  @Test func `enrichment multiplies the real share and the rest shrinks alike`() throws {
    let made = try Self.rows([
      IntendedDifference(column: "sex", form: .enriched(level: "m", factor: 1.5))
    ])
    #expect(made.targets.first.map { $0.shares.allSatisfy { abs($0 - 0.5) < 1e-12 } } == true)
    #expect(made.targets.first?.named == [1])
  }

  @Test func `every problem is told at once, with its place`() {
    let found = Self.problems([
      IntendedDifference(column: "sx", form: .balanced, place: "assay.yml:3"),
      IntendedDifference(column: "age", form: .balanced, place: "assay.yml:4"),
      IntendedDifference(column: "sex", form: .shares(["F": 0.5, "M": 0.4]), place: "assay.yml:5"),
      IntendedDifference(
        column: "town", form: .shares(["A": 0.5, "C": 0.5]), place: "assay.yml:6"),
      IntendedDifference(column: "town", form: .balanced, place: "assay.yml:7"),
      IntendedDifference(column: "age", form: .levels(["x"]), place: "assay.yml:8"),
      IntendedDifference(column: "sex", form: .enriched(level: "F", factor: 2)),
    ])
    for words in [
      "assay.yml:3: there is no column 'sx'; did you mean 'sex'?",
      "assay.yml:4: column 'age' holds no levels", "assay.yml:5: the shares of 'sex' must be",
      "assay.yml:6: column 'town' has no level 'C'", "assay.yml:7: column 'town' is given shares",
      "assay.yml:8: column 'age' has no levels; give 'from' and 'to'",
      "intended: column 'sex' is given shares twice",
    ] {
      #expect(found.contains { $0.hasPrefix(words) }, "\(words): \(found)")
    }
    #expect(found.count == 7)
  }

  @Test func `what no real row can stand for is refused`() {
    let filter = IntendedDifference(column: "sex", form: .levels(["F"]))
    let shares = IntendedDifference(column: "sex", form: .shares(["F": 0.5, "M": 0.5]))
    #expect(
      Self.problems([filter, shares]).first?.contains("'M' of 'sex' has a share but no row") == true
    )
    #expect(
      Self.problems([IntendedDifference(column: "age", form: .range(from: 99, to: nil))])
        .first?.contains("no row of the real table is kept") == true)
    #expect(
      Self.problems([IntendedDifference(column: "sex", form: .enriched(level: "F", factor: 2))])
        .first?.contains("below all of the rows") == true)
    // All of M live in A, so M cannot outnumber A.
    #expect(
      Self.problems([
        IntendedDifference(column: "sex", form: .shares(["F": 0.1, "M": 0.9])),
        IntendedDifference(column: "town", form: .shares(["A": 0.5, "B": 0.5])),
      ]).first?.contains("cannot hold together") == true)
  }

  @Test(arguments: [
    IntendedDifference(column: "a", form: .balanced, margin: 0.1),
    IntendedDifference(column: "a", form: .shares(["x": 0.25, "y": 0.75])),
    IntendedDifference(column: "a", form: .range(from: 1.5, to: nil)),
    IntendedDifference(column: "a", form: .levels(["x", "y"]), margin: 0.01),
    IntendedDifference(column: "a", form: .enriched(level: "x", factor: 10)),
  ])
  func `a declaration is read back from a plan as it was`(_ one: IntendedDifference) {
    #expect(IntendedDifference(one.value) == one)
  }
}

import Testing

@testable import AssayTable

/// Each case states what a person takes such a column to be; that judgement is the oracle.
@Suite struct InferenceKindTests {
  private func column(_ training: [String], holdout: [String]? = nil) throws -> ColumnSchema {
    try column("x", training, holdout: holdout)
  }

  private func column(
    _ name: String, _ training: [String], holdout: [String]? = nil
  ) throws -> ColumnSchema {
    let other = try holdout.map { try table([name: $0]) }
    let inference = SchemaInference(
      training: try table([name: training]), holdout: other, declared: SchemaDeclaration())
    #expect(inference.problems.isEmpty)
    return try #require(inference.schema.column(name))
  }

  static let plain: [(cells: [String], kind: ColumnKind)] = [
    (["1", "2", "3"], .integer),
    (["1.0", "2.0", "3.00"], .integer),
    (["1e3", "2", "-4"], .integer),
    (["1.5", "2", "3"], .real),
    (["1", "NA", "2"], .integer),
    (["0.5", "?", ""], .real),
    (["a", "b", "c"], .category),
    (["0", "1", "0"], .integer),
    (["True", "False", "True"], .boolean),
    (["yes", "no", "NA"], .boolean),
    ([" Y", "n ", "y"], .boolean),
    (["TRUE", "True", "false"], .boolean),
    (["1", "0", "true"], .boolean),
    (["true", "true", "true"], .boolean),
    (["on", "no", "on"], .category),
    (["yes", "no", "maybe"], .category),
    (["2024-01-31", "2024-02-01", ""], .datetime),
    (["2024-01-31 10:00", "2024-02-01T11:30", "NA"], .datetime),
    (["31/01/2024", "01/02/2024", "02/02/2024"], .datetime),
    (["007", "012", "100"], .category),
    (["a", "a", "a"], .category),
  ]

  @Test(arguments: plain)
  func `the cells decide what a column is`(cells: [String], kind: ColumnKind) throws {
    let found = try column(cycle(cells, 30))
    #expect(found.kind == kind)
    #expect(!found.why.isEmpty)
  }

  @Test func `a column without a value has a kind and says that it is not compared`() throws {
    let blank = try column([String](repeating: "", count: 12))
    #expect(blank.kind == .category)
    #expect(blank.why == ["no real row has a value: the column is not compared"])
    let words = try column(cycle(["NA", "null"], 12))
    #expect(words.why == blank.why)
    #expect(Set(words.missingTokens) == ["NA", "null"])
  }

  @Test func `a question mark is a level of a category and missing among numbers`() throws {
    let words = try column(cycle(["Private", "?", "State-gov"], 30))
    #expect(words.kind == .category)
    #expect(words.missingTokens.isEmpty)
    let real = try RealTables(
      training: try table(["x": cycle(["Private", "?"], 30)]), holdout: nil,
      declared: SchemaDeclaration())
    #expect(real.training.columns[0].presentCount == 30)
    let numbers = try RealTables(
      training: try table(["x": cycle(["5", "?"], 30)]), holdout: nil,
      declared: SchemaDeclaration())
    #expect(numbers.training.columns[0].presentCount == 15)
  }

  @Test func `few other words leave a column of many numbers one of numbers`() throws {
    let incomes = whole(1...60).map { "\($0)000" }
    let found = try column(incomes + cycle(["N"], 40))
    #expect(found.kind == .integer)
    #expect(found.missingTokens == ["N"])
    #expect(
      found.why == ["numbers, but for one other word in 40 % of the values: those count as missing"]
    )
    #expect(
      try column(incomes + cycle(["_RARE_", "N"], 10)).missingTokens.sorted() == ["N", "_RARE_"])
    #expect(try column(incomes + ["16-11.0"]).kind == .integer)
    #expect(try column(incomes.map { "\($0).25" } + ["N"]).kind == .real)
  }

  @Test func `codes with a word for not applicable are categories`() throws {
    #expect(try column(cycle(["1", "2", "3", "4", "5", "6", "N"], 70)).kind == .category)
    // More words than numbers.
    #expect(try column(whole(0..<30) + cycle(["low", "high"], 40)).kind == .category)
    // Six different words are no slip.
    #expect(try column(whole(0..<30) + ["a", "b", "c", "d", "e", "f"]).kind != .integer)
  }

  @Test func `one word in a hundred cells spoils no column of numbers`() throws {
    let words = ["a", "b", "c", "d", "e", "f", "g"]
    #expect(try column(whole((0..<1_000).map { $0 % 500 }) + words).kind == .integer)
  }

  @Test func `row counters and unique names are identifiers`() throws {
    let n = 40
    #expect(try column("n", whole(0..<n)).kind == .identifier)
    #expect(try column("n", whole(1...n)).kind == .identifier)
    #expect(try column("code", (0..<n).map { "u\($0 * 7)" }).kind == .identifier)
    #expect(try column("student_id", whole((0..<n).map { 17_264 + $0 })).kind == .identifier)
    #expect(
      try column("mnist_test_index", whole((0..<n).map { ($0 * 17) % 41 })).kind == .identifier)
    // Unique quantities are quantities.
    #expect(try column("fnlwgt", whole((0..<n).map { ($0 * 17) % 41 })).kind == .integer)
    #expect(try column("price_id", (0..<n).map { "\($0).5" }).kind == .real)
    // Nine rows say too little.
    #expect(try column("code", (0..<9).map { "u\($0)" }).kind == .category)
  }

  @Test func `a name that says identifier counts where numbers repeat`() throws {
    let stores = whole((0..<697).map { 60_000 + $0 / 7 })
    #expect(try column("store_id", stores).kind == .identifier)
    #expect(try column("storeId", stores).kind == .identifier)
    #expect(try column("window_id", whole((0..<2_400).map { $0 / 24 })).kind == .identifier)
    let few = try column("region_id", whole((0..<700).map { $0 % 5 }))
    #expect(few.kind == .category)
    #expect(try column("paid", stores).kind == .integer)
    #expect(try column("COVID", stores).kind == .integer)
  }

  @Test func `many things that are followed equally long are identifiers`() throws {
    // 60 shops on each of 48 days, in the order of days.
    let shops = whole((0..<2_880).map { $0 % 60 * 3 + 1 })
    #expect(try column("Store", shops).kind == .identifier)
    #expect(try column("Store", shops.map { "s\($0)" }).kind == .identifier)
    #expect(try column("Store", Array(shops.dropLast())).kind == .integer)
    #expect(try column("hour", whole((0..<2_400).map { $0 % 24 })).kind == .integer)
  }

  @Test func `whole numbers beyond 2 to the 53 name things`() throws {
    let long = (0..<20).map { "90071992547409930\($0)" }
    #expect(try column(long).kind == .identifier)
  }

  @Test func `many different words are names, several words each are text`() throws {
    let names = (0..<200).map { "u\($0 % 150)" }
    #expect(try column(names).kind == .identifier)
    let sentences = (0..<200).map { "the cat number \($0 % 150) sat" }
    #expect(try column(sentences).kind == .text)
    let intervals = cycle(["(4000, 11000]", "(0, 4000]"], 200)
    #expect(try column(intervals).kind == .category)
  }

  @Test func `ten thousand and more levels are kept if they repeat`() throws {
    let often = (0..<30_001).map { "k\($0 % 12_000)" }
    #expect(try column(often).kind == .category)
    let seldom = (0..<24_000).map { "k\($0 % 15_000)" }
    #expect(try column(seldom).kind == .identifier)
  }

  @Test func `0 and 1 are yes and no where the holdout spells them in words`() throws {
    let digits = cycle(["0", "1", "1"], 30)
    let words = cycle(["True", "False"], 20)
    for (training, holdout) in [(digits, words), (words, digits)] {
      let found = try column(training, holdout: holdout)
      #expect(found.kind == .boolean)
      #expect(found.why.contains("1 and 0 mean the same"))
      let real = try RealTables(
        training: try table(["x": training]), holdout: try table(["x": holdout]),
        declared: SchemaDeclaration())
      #expect(real.realLevels[0]?.realCount == 2)
    }
    #expect(try column(cycle(["0", "1", "2"], 30), holdout: words).kind == .category)
  }

  @Test func `training and holdout decide together, whichever is which`() throws {
    let whole = cycle(["1", "2", "3"], 30)
    let broken = cycle(["1", "2.5"], 20)
    #expect(try column(whole, holdout: broken).kind == .real)
    #expect(try column(broken, holdout: whole).kind == .real)
    let words = cycle(["1", "b"], 20)
    #expect(try column(whole, holdout: words).kind == .category)
    #expect(try column(words, holdout: whole).kind == .category)
  }

  @Test(arguments: [[""], ["NA"], ["", "null"]])
  func `a side without values has no say`(empty: [String]) throws {
    let blank = cycle(empty, 20)
    #expect(try column(cycle(["1", "2"], 30), holdout: blank).kind == .integer)
    #expect(try column(blank, holdout: cycle(["1.5", "2"], 30)).kind == .real)
    #expect(try column(cycle(["2024-01-31", "2024-02-01"], 30), holdout: blank).kind == .datetime)
    #expect(try column(cycle(["yes", "no"], 30), holdout: blank).kind == .boolean)
  }

  @Test func `few whole numbers are numbers, with a hint that they may be codes`() throws {
    let found = try column(cycle(["1", "2", "9"], 30))
    #expect(found.why.last == "3 different ones: declare it as a category if they are codes")
    #expect(try column(whole((0..<60).map { $0 % 30 })).why.count == 1)
  }
}

import AssayDocument
import AssayMetrics
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Table structure and representation` {
  static let numbers: [Double?] = (0..<40).map { Double($0) * 1.25 }
  static let levels: [String?] = (0..<40).map { ["a", "b"][$0 % 2] }

  static let real = TableBuilder("real")
    .numbers("x", numbers).numbers("y", numbers).levels("c", levels).levels("d", levels)
    .days("t", (0..<40).map { 18_000 + $0 }).table()

  @Test func `a table of the same columns is in order`() async throws {
    let trial = try Trial(training: Self.real, synthetic: Self.real.rows((0..<40).reversed()))
    for metric in [TableStructure() as any Metric, Representation()] {
      let scores = try await trial.scores(of: metric)
      #expect(scores.count == 6)
      #expect(scores.allSatisfy { $0.value == 1 && $0.floor?.value == 1 })
    }
    let table = try #require(try await trial.scores(of: TableStructure()).table())
    #expect(table.details["hard"] == true && table.details["holds"] == true)
  }

  @Test func `absent, unreadable, empty and surplus columns are counted and named`() async throws {
    // Of five columns x is fit, y cannot be read, c is blank, d is absent, t is fit: 2 of 5.
    let synthetic = TableBuilder("synthetic")
      .numbers("x", Self.numbers).levels("y", Self.levels)
      .levels("c", [String?](repeating: nil, count: 40))
      .days("t", (0..<40).map { 18_000 + $0 }).numbers("more", Self.numbers).table()
    let trial = try Trial(training: Self.real, synthetic: synthetic)
    let scores = try await trial.scores(of: TableStructure())
    let table = try #require(scores.table())
    #expect(table.value == 0.4)
    #expect(table.details["holds"] == false)
    #expect(table.details["absent"] == .strings(["d"]))
    #expect(table.details["unreadable"] == .strings(["y"]))
    #expect(table.details["empty"] == .strings(["c"]))
    #expect(table.details["extra"] == .strings(["more"]))
    #expect(scores.filter { !$0.subject.isTable }.map(\.value) == [1, 0, 0, 0, 1])
  }

  @Test func `an excluded column does not count`() async throws {
    let trial = try Trial(
      training: Self.real, synthetic: Self.real.columns(["x", "y", "c", "t"]),
      declared: SchemaDeclaration([ColumnDeclaration(name: "d", roles: [.excluded])]))
    let scores = try await trial.scores(of: TableStructure())
    #expect(scores.table()?.value == 1)
    #expect(scores.of("d") == nil)
  }

  @Test func `other spellings of values and headers are told and cost nothing else`() async throws {
    let whole = TableBuilder("real").numbers("Age", (0..<40).map { Double($0) })
      .levels("c", Self.levels).levels("d", Self.levels).table()
    let halves = TableBuilder("synthetic").numbers("age", (0..<40).map { Double($0) + 0.5 })
      .levels("c", Self.levels.map { $0.map { $0.uppercased() } }).levels("d", Self.levels).table()
    let trial = try Trial(training: whole, synthetic: halves)
    let scores = try await trial.scores(of: Representation())
    let table = try #require(scores.table())
    #expect(abs((table.value ?? 0) - 1.0 / 3) < 1e-15)
    #expect(table.details["different"] == .strings(["Age", "c"]))
    #expect(table.details["severity"] == "notice")
    #expect(scores.of("d")?.value == 1)
    #expect(scores.of("Age")?.details["differences"]?.arrayValue?.isEmpty == false)
  }
}

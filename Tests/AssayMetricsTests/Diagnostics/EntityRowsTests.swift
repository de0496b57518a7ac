import AssayDocument
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayMetrics

/// Planted truth: entities that lose their rows, and rows that lose their entity.
@Suite struct `Rows of entities` {
  private static let declared = SchemaDeclaration([
    ColumnDeclaration(name: "person", roles: [.group])
  ])

  /// Persons of one to four rows with a birth year of their own.
  private func table(
    _ name: String, persons: Int = 400, isShuffled: Bool = false, isSingle: Bool = false
  ) -> RawTable {
    var stream = RandomStream(seed: 3, name: "entities", name)
    var owner: [String] = []
    var born: [Double] = []
    for person in 0..<persons {
      let size = 1 + stream.below(4)
      let year = Double(1940 + stream.below(60))
      for row in 0..<size {
        owner.append("\(name)-\(person)" + (isSingle ? "-\(row)" : ""))
        born.append(year)
      }
    }
    if isShuffled { stream.shuffle(&born) }
    return TableBuilder(name).levels("person", owner).numbers("born", born)
      .numbers("value", owner.map { _ in stream.normal() }).table()
  }

  private func score(_ synthetic: RawTable) async throws -> Score {
    try #require(
      try await Trial(
        training: table("training"), synthetic: synthetic, declared: Self.declared
      ).scores(of: EntityRows()).table())
  }

  @Test func `a fresh sample has as many rows an entity and loses nothing`() async throws {
    let score = try await score(table("synthetic"))
    #expect(try #require(score.value) < 3 * #require(score.floor?.value))
    #expect(try #require(score.test?.pValue) > 0.01)
    #expect(score.details["constant"] == .array([]))
  }

  /// Closed form: a quarter of the real entities has one row, all synthetic ones have.
  @Test func `a row for each entity is seen`() async throws {
    let score = try await score(table("synthetic", isSingle: true))
    #expect(abs(try #require(score.value) - 0.75) < 0.06)
    #expect(score.details["meanRows"]?["synthetic"]?.doubleValue == 1)
  }

  @Test func `what differs within entities is named`() async throws {
    let score = try await score(table("synthetic", isShuffled: true))
    #expect(try #require(score.value) < 0.1)
    let lost = try #require(score.details["constant"]?.arrayValue)
    #expect(lost.map { $0["column"]?.stringValue } == ["born"])
    #expect(lost.first?["real"]?.doubleValue == 1)
    #expect(lost.first?["synthetic"]?.doubleValue ?? 1 < 0.1)
  }

  @Test func `without a declared entity there is nothing to compare`() async throws {
    let table = TableBuilder().numbers("x", (0..<50).map { Double($0 * $0 % 17) })
      .levels("y", (0..<50).map { $0 % 2 == 0 ? "a" : "b" }).table()
    let score = try await Trial(training: table, synthetic: table).scores(of: EntityRows()).table()
    #expect(score?.reason?.contains("--group") == true)
  }
}

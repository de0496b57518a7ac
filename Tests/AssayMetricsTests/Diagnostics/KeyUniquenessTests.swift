import AssayDocument
import AssayMetrics
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Key uniqueness` {
  static func keyed(_ keys: [String?], _ parts: [Double?]? = nil) -> RawTable {
    TableBuilder().levels("id", keys)
      .numbers("part", parts ?? keys.indices.map { Double($0 % 3) })
      .levels("c", keys.indices.map { ["a", "b", "c"][$0 % 3] }).table()
  }

  static let keys: [String?] = (0..<30).map { "k\($0)" }

  static func scores(
    _ training: RawTable, _ synthetic: RawTable, key: [String] = []
  ) async throws -> [Score] {
    let declared = SchemaDeclaration(
      key.map { ColumnDeclaration(name: $0, roles: [.primaryKey]) })
    return try await Trial(training: training, synthetic: synthetic, declared: declared)
      .scores(of: KeyUniqueness())
  }

  @Test func `a column of names that is unique in training is a key`() async throws {
    // 30 rows: two share a key, one has none, 27 have one of their own.
    var broken = Self.keys.map { $0.map { "s" + $0 } }
    broken[4] = "sk5"
    broken[20] = nil
    let scores = try await Self.scores(Self.keyed(Self.keys), Self.keyed(broken))
    let table = try #require(scores.table(.none))
    #expect(table.value == 27.0 / 30)
    #expect(table.details["holds"] == false)
    let own = try #require(scores.of("id", against: .none))
    #expect(own.details["repeated"] == 2 && own.details["incomplete"] == 1)
    #expect(own.floor?.value == 1)
    let intact = try await Self.scores(Self.keyed(Self.keys), Self.keyed(Self.keys))
    #expect(intact.table(.none)?.value == 1)
    #expect(intact.table(.none)?.details["holds"] == true)
  }

  @Test func `declared columns make one key together`() async throws {
    // Oracle: a slow count of pairs.
    let ids: [String?] = (0..<30).map { "g\($0 / 3)" }
    let parts: [Double?] = (0..<30).map { Double($0 % 3) }
    var other = parts
    other[7] = 0
    other[8] = nil
    let scores = try await Self.scores(
      Self.keyed(ids, parts), Self.keyed(ids, other), key: ["id", "part"])
    let pairs = zip(ids, other).map { "\($0 ?? "")|\($1.map { "\($0)" } ?? "")" }
    let unique = (0..<30).count { row in
      other[row] != nil && pairs.count { $0 == pairs[row] } == 1
    }
    #expect(unique == 27)
    let score = try #require(scores.of("id", "part", against: .none))
    #expect(score.value == Double(unique) / 30)
    #expect(scores.count == 2)
  }

  @Test func `without a key there is no score, and a reason`() async throws {
    let scores = try await Self.scores(
      Self.keyed(Self.keys).columns(["part", "c"]), Self.keyed(Self.keys).columns(["part", "c"]))
    #expect(scores.count == 1)
    #expect(scores.table(.none)?.reason?.contains("no key") == true)
  }

  @Test func `a declared key that training breaks is no rule`() async throws {
    let twice: [String?] = (0..<30).map { "k\($0 / 2)" }
    let scores = try await Self.scores(Self.keyed(twice), Self.keyed(twice), key: ["id"])
    let table = try #require(scores.table(.none))
    #expect(table.value == 0 && table.floor?.value == 0)
    #expect(table.details["hard"] == nil && table.details["holds"] == nil)
  }

  @Test func `an absent key scores 0 and does not hold`() async throws {
    let scores = try await Self.scores(
      Self.keyed(Self.keys), Self.keyed(Self.keys).columns(["part", "c"]), key: ["id"])
    #expect(scores.table(.none)?.value == 0)
    #expect(scores.table(.none)?.details["holds"] == false)
  }
}

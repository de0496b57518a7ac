import AssayDocument
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayDiagnosis

/// Planted truth: each damage has a name of its own, and a fresh real sample has none.
@Suite struct `Planted damages` {
  private static let simulator = Simulator(seed: 300)
  private static let training = simulator.table(rows: 1_500)
  private static let holdout = simulator.table(rows: 1_500, stream: "holdout")
  private static let fresh = simulator.table(rows: 1_500, stream: "synthetic")

  private static func diagnoses(_ synthetic: RawTable) async throws -> [Diagnosis] {
    try await Evaluating.document(
      training: training, synthetic: synthetic, holdout: holdout
    ).diagnoses
  }

  @Test(arguments: [
    (MetricDescriptor.Damage.copy, 1.0, "copies"), (.copy, 0.3, "copies"),
    (.jitteredCopy, 1, "copies"), (.leak, 1, "copies"),
    (.shuffledColumns, 1, "shuffled-columns"), (.shuffledColumns, 0.35, "mixed-values"),
    (.modeCollapse, 0.5, "mode-collapse"), (.duplicates, 0.5, "repeated-rows"),
    (.clippedTail, 0.3, "clipped-tails"), (.rounding, 0.4, "rounding"),
    (.missing, 0.4, "missing-values"), (.inventedLevel, 0.4, "invented-values"),
  ])
  func `have a name each`(
    _ damage: MetricDescriptor.Damage, _ strength: Double, _ expected: String
  ) async throws {
    let found = try await Self.diagnoses(
      PlantedDamage(damage, strength: strength, seed: 4).applied(
        to: Self.fresh, training: Self.training))
    #expect(found.first?.id == expected, "\(found.map(\.id))")
    let first = try #require(found.first)
    #expect(!first.sentence.isEmpty && !first.remedy.isEmpty)
  }

  @Test func `a fresh real sample has none`() async throws {
    for seed in 0..<3 {
      let synthetic = Self.simulator.table(rows: 1_500, stream: "fresh \(seed)")
      #expect(try await Self.diagnoses(synthetic).map(\.id) == [])
    }
  }

  /// Numbers are drawn to their mean by a third, as by a decoder that leaves its noise out.
  @Test func `shrunk numbers are over-smoothed`() async throws {
    let found = try await Self.diagnoses(Self.edited { $0 * 0.6 + 0.4 * $1 })
    // The peak of the zero-inflated column moves with all other values: that is seen too.
    #expect(found.prefix(2).map(\.id) == ["smeared-peaks", "over-smoothing"])
  }

  @Test func `a thousandfold column is in another unit`() async throws {
    let found = try await Self.diagnoses(
      Self.edited(columns: ["lognormal"]) { value, _ in value * 1_000 })
    #expect(found.first?.id == "wrong-unit", "\(found.map(\.id))")
    #expect(found.first?.subject.columns == ["lognormal"])
    #expect(found.first?.evidence["lognormal"]?.doubleValue == 1_000)
  }

  @Test func `a column of words for numbers is of another kind`() async throws {
    let words = TableBuilder().levels("normal", (0..<1_500).map { "word \($0 % 7)" }).table()
    let found = try await Self.diagnoses(Self.fresh.replacing("normal", from: words))
    #expect(found.first?.id == "wrong-kind" && found.first?.subject.columns == ["normal"])
  }

  /// Three columns come from other samples, each from one of its own: their relations are lost.
  @Test func `relations that are lost are named`() async throws {
    let found = try await Self.diagnoses(
      ["normal", "three", "flag"].reduce(Self.fresh) { table, name in
        table.replacing(name, from: Self.simulator.table(rows: 1_500, stream: "apart \(name)"))
      })
    #expect(found.first?.id == "unlearned-pairs", "\(found.map(\.id))")
  }

  @Test func `entities that lose their rows are lost`() async throws {
    let simulator = Simulator(seed: 12, entities: .init(meanRows: 4, similarity: 0.8))
    let declared = SchemaDeclaration([ColumnDeclaration(name: "entity", roles: [.group])])
    let single = Simulator(seed: 13, entities: .init(meanRows: 1))
    func found(_ synthetic: RawTable) async throws -> [String] {
      try await Evaluating.document(
        training: simulator.table(rows: 800), synthetic: synthetic,
        holdout: simulator.table(rows: 800, stream: "holdout"), declared: declared
      ).diagnoses.map(\.id)
    }
    #expect(
      try await found(single.table(rows: 800, stream: "synthetic")).contains("lost-entities"))
    #expect(
      try await !found(simulator.table(rows: 800, stream: "synthetic")).contains("lost-entities"))
  }

  /// The fresh rows with numbers changed; the change is given the mean of the column.
  private static func edited(
    columns: Set<String>? = nil, _ change: (Double, Double) -> Double
  ) -> RawTable {
    var table = fresh
    for column in ["normal", "lognormal", "student", "beta", "poisson"]
    where columns?.contains(column) ?? true {
      guard case .numeric(let values)? = fresh.columns.first(where: { $0.name == column })?.values
      else { continue }
      let present = values.presentValues
      let mean = present.reduce(0, +) / Double(present.count)
      let made = (0..<values.count).map { row in
        values[row].map { (change($0, mean) * 100).rounded() / 100 }
      }
      table = table.replacing(column, from: TableBuilder().numbers(column, made).table())
    }
    return table
  }
}

import AssayDocument
import AssayFairness
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit

/// Rows of a population with two groups by `sex`, four by `race` and an outcome.
struct GroupTables {
  /// The rate of `yes` by sex.
  var rates = ["f": 0.2, "m": 0.35]
  /// The shares of the levels of race.
  var races: [(String, Double)] = [
    ("white", 0.7), ("black", 0.18), ("asian", 0.08), ("other", 0.04),
  ]

  static let declared = SchemaDeclaration([
    ColumnDeclaration(name: "sex", roles: [.sensitive]),
    ColumnDeclaration(name: "race", roles: [.sensitive]),
    ColumnDeclaration(name: "income", roles: [.target]),
  ])

  func table(_ rows: Int, _ stream: String, seed: UInt64 = 1) -> RawTable {
    var random = RandomStream(seed: seed, name: "group-tables", stream)
    var sex: [String?] = []
    var race: [String?] = []
    var age: [Double?] = []
    var income: [String?] = []
    for _ in 0..<rows {
      let own = random.uniform() < 0.4 ? "f" : "m"
      sex.append(own)
      var place = random.uniform()
      var level = races.count - 1
      for (index, (_, share)) in races.enumerated() {
        if place < share {
          level = index
          break
        }
        place -= share
      }
      race.append(races[level].0)
      let years = (20 + 50 * random.uniform()).rounded()
      age.append(years)
      let chance = (rates[own] ?? 0) + (years - 45) / 200
      income.append(random.uniform() < chance ? "yes" : "no")
    }
    return TableBuilder(stream).levels("sex", sex).levels("race", race).numbers("age", age)
      .levels("income", income).table()
  }

  static func trial(
    training: RawTable, synthetic: RawTable, holdout: RawTable? = nil,
    replicates: Int = 60, declared: SchemaDeclaration = Self.declared
  ) throws -> Trial {
    try Trial(
      training: training, synthetic: synthetic, holdout: holdout, declared: declared,
      plan: .brief(replicates: replicates))
  }
}

extension [Score] {
  /// The score of a group.
  func group(
    _ columns: [String], _ segment: String?, target: String? = nil,
    against: Against = .training
  ) -> Score? {
    first {
      $0.subject.columns == columns && $0.subject.segment == segment
        && $0.subject.target == target && $0.against == against
    }
  }
}

import AssayDocument
import AssayFairness
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Likeness within groups` {
  private let tables = GroupTables()

  /// Planted truth: ages are moved in one group alone.
  @Test func `shows the group whose columns are off`() async throws {
    let training = tables.table(1_500, "training")
    let fresh = tables.table(1_500, "synthetic")
    guard case .coded(let race) = fresh.columns[1].values,
      case .numeric(let ages) = fresh.columns[2].values
    else { return }
    let moved = TableBuilder("moved")
      .levels("sex", levels(fresh, 0)).levels("race", levels(fresh, 1))
      .numbers(
        "age",
        (0..<1_500).map { race[$0] == "black" ? min(70, ages.values[$0] + 15) : ages.values[$0] }
      )
      .levels("income", levels(fresh, 3)).table()
    let trial = try GroupTables.trial(training: training, synthetic: moved)
    let scores = try await trial.scores(of: GroupFidelity())
    let black = try #require(scores.group(["race"], "black"))
    let white = try #require(scores.group(["race"], "white"))
    #expect((black.bounds?.lower ?? 0) > 0.02)
    #expect((white.value ?? 1) < (white.floor?.value ?? 0) + 4 * (white.floor?.spread ?? 0))
    #expect(black.details["worst"]?.arrayValue?.first?.stringValue == "age")
    let table = try #require(scores.table())
    #expect(table.details["worst"]?["group"]?.stringValue == "black")
  }

  private func levels(_ table: RawTable, _ column: Int) -> [String?] {
    guard case .coded(let values) = table.columns[column].values else { return [] }
    return (0..<values.count).map { values[$0] }
  }

  /// Law: what a fresh sample gets in each group is what the splits say, whatever the group's size.
  @Test func `of a fresh real sample is what is said`() async throws {
    var excess = [String: Double]()
    let rounds = 16
    for seed in 0..<rounds {
      let trial = try GroupTables.trial(
        training: tables.table(700, "training", seed: UInt64(seed)),
        synthetic: tables.table(400, "synthetic", seed: UInt64(seed)),
        holdout: tables.table(300, "holdout", seed: UInt64(seed)), replicates: 40)
      for score in try await trial.scores(of: GroupFidelity()) where score.against == .holdout {
        guard let value = score.value, let floor = score.floor else { continue }
        excess[score.subject.segment ?? "table \(score.subject.columns)", default: 0] +=
          (value - floor.value) / floor.value
      }
    }
    for (group, sum) in excess {
      // On average within a fifth of what is said.
      #expect(abs(sum / Double(rounds)) < 0.2, "\(group): \(sum / Double(rounds))")
    }
  }
}

@Suite struct `Exposure of groups` {
  private let tables = GroupTables()

  private func wide(_ rows: Int, _ stream: String, seed: UInt64) -> RawTable {
    var random = RandomStream(seed: seed, name: "wide", stream)
    var sex: [String?] = []
    var columns = [[Double?]](repeating: [], count: 4)
    for _ in 0..<rows {
      sex.append(random.uniform() < 0.3 ? "f" : "m")
      for column in columns.indices { columns[column].append(random.normal()) }
    }
    var table = TableBuilder(stream).levels("sex", sex)
    for (place, column) in columns.enumerated() { table = table.numbers("x\(place)", column) }
    return table.table()
  }

  private let declared = SchemaDeclaration([ColumnDeclaration(name: "sex", roles: [.sensitive])])

  /// Planted truth: the training rows of one group are handed out.
  @Test func `shows the group whose rows were copied, and no other`() async throws {
    let training = wide(500, "training", seed: 1)
    let fresh = wide(300, "synthetic", seed: 1)
    guard case .coded(let own) = training.columns[0].values,
      case .coded(let theirs) = fresh.columns[0].values
    else { return }
    let copied = (0..<500).filter { own[$0] == "f" }.prefix(80)
    let kept = (0..<300).filter { theirs[$0] == "m" }
    var joined = TableBuilder("leaky").levels(
      "sex", copied.map { _ in "f" } + kept.map { _ in "m" })
    for column in 1...4 {
      guard case .numeric(let a) = training.columns[column].values,
        case .numeric(let b) = fresh.columns[column].values
      else { return }
      joined = joined.numbers(
        "x\(column - 1)", copied.map { a.values[$0] } + kept.map { b.values[$0] })
    }
    let trial = try Trial(
      training: training, synthetic: joined.table(), holdout: wide(400, "holdout", seed: 1),
      declared: declared)
    let scores = try await trial.scores(of: GroupExposure())
    let women = try #require(scores.first { $0.subject.segment == "f" })
    let men = try #require(scores.first { $0.subject.segment == "m" })
    #expect((women.test?.adjusted ?? 1) <= 0.02 && (women.value ?? 0) > 0.2)
    #expect((men.test?.adjusted ?? 0) > 0.02)
    let table = try #require(scores.first { $0.subject.isTable })
    #expect(table.details["worst"]?["group"]?.stringValue == "f")
  }

  /// Law: p-values of a perfect generator are not too small too often.
  @Test func `accuses no fresh real sample`() async throws {
    var small = 0
    let rounds = 30
    for seed in 0..<rounds {
      let trial = try Trial(
        training: wide(200, "training", seed: UInt64(seed)),
        synthetic: wide(150, "synthetic", seed: UInt64(seed)),
        holdout: wide(150, "holdout", seed: UInt64(seed)), declared: declared)
      let table = try #require(
        try await trial.scores(of: GroupExposure()).first { $0.subject.isTable })
      if (table.test?.adjusted ?? 0) <= 0.05 { small += 1 }
    }
    // 30 trials of a 5 % event stay at 6 or below but for one time in a thousand.
    #expect(small <= 6, "\(small)")
  }
}

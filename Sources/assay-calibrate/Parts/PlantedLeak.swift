import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayPrivacy
import AssayTable
import AssayTestKit

/// A leak of known size among independent normal numbers: eight columns, equal sides.
struct PlantedLeak: Sendable {
  let title: String
  let rows: Int
  /// The share of training rows that are leaked.
  let share: Double
  /// The standard deviation of the noise.
  let noise: Double
  /// Whether the rows furthest from the centre are taken, not random ones.
  let outliers: Bool
  /// Whether a random half of the columns is leaked of each, not all of them.
  var isPartial = false

  private static let columns = 8

  static let all: [PlantedLeak] = [
    PlantedLeak(title: "none", rows: 1_000, share: 0, noise: 0, outliers: false),
    PlantedLeak(title: "1 % jittered", rows: 1_000, share: 0.01, noise: 0.05, outliers: false),
    PlantedLeak(title: "2 % jittered", rows: 1_000, share: 0.02, noise: 0.05, outliers: false),
    PlantedLeak(title: "5 % jittered", rows: 1_000, share: 0.05, noise: 0.05, outliers: false),
    PlantedLeak(
      title: "1 % jittered outliers", rows: 1_000, share: 0.01, noise: 0.05, outliers: true),
    PlantedLeak(
      title: "2 % jittered outliers", rows: 1_000, share: 0.02, noise: 0.05, outliers: true),
    PlantedLeak(title: "1 % verbatim", rows: 2_000, share: 0.01, noise: 0, outliers: false),
    PlantedLeak(title: "5 % verbatim", rows: 2_000, share: 0.05, noise: 0, outliers: false),
    PlantedLeak(
      title: "5 %, half of the columns", rows: 2_000, share: 0.05, noise: 0, outliers: false,
      isPartial: true),
  ]

  /// The share of trials in which each test rejects at 5 %, and in which the verdict is an alarm.
  func power(trials: Int, threads: Int) async throws -> [Double] {
    let seen = try await LeakStudy.concurrently(trials, threads: threads) { trial -> [Bool]? in
      let (training, holdout, synthetic) = tables(trial)
      var plan = LeakStudy.plan(rows, seed: UInt64(trial) + 1)
      plan.permutations = 399
      let own = try Trial(
        training: training, synthetic: synthetic, holdout: holdout, plan: plan)
      let metrics: [any Metric] = [
        ExactMatch(), RareCombinations(), DistanceToClosestRecord(), RecordTailTest(),
        MembershipInference(),
      ]
      var found: [Bool] = []
      for metric in metrics {
        found.append((try await own.scores(of: metric).first?.test?.pValue ?? 1) <= 0.05)
      }
      return found + [(try await own.scores(of: AnyLeak()).first?.value ?? 0) > 0]
    }
    return (0..<6).map { place in
      Double(seen.count { $0[place] }) / Double(max(1, seen.count))
    }
  }

  private func tables(_ trial: Int) -> (training: RawTable, holdout: RawTable, synthetic: RawTable)
  {
    var random = RandomStream(seed: 4, path: ["leak", title, String(trial)])
    func sample() -> [[Double]] {
      (0..<rows).map { _ in (0..<Self.columns).map { _ in random.normal() } }
    }
    let training = sample()
    let holdout = sample()
    var synthetic = sample()
    let distance = training.map { row in row.reduce(0) { $0 + $1 * $1 } }
    var order = Array(0..<rows)
    if outliers {
      order.sort { (distance[$0], $1) > (distance[$1], $0) }
    } else {
      random.shuffle(&order)
    }
    for (place, row) in order.prefix(Int((share * Double(rows)).rounded())).enumerated() {
      var columns = Array(0..<Self.columns)
      if isPartial {
        random.shuffle(&columns)
        columns.removeLast(Self.columns / 2)
      }
      for column in columns {
        synthetic[place][column] = training[row][column] + noise * random.normal()
      }
    }
    func table(_ name: String, _ values: [[Double]]) -> RawTable {
      var builder = TableBuilder(name)
      for column in 0..<Self.columns {
        builder = builder.numbers("x\(column)", values.map { $0[column] })
      }
      return builder.table()
    }
    return (table("training", training), table("holdout", holdout), table("synthetic", synthetic))
  }
}

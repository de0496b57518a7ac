import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayNumerics
import AssayPrivacy
import AssayTestKit

/// Collects p-values of the tests of leaks where nothing leaks.
struct LeakStudy {
  /// One test, attack or group on one population.
  struct Cell {
    var population: String
    var test: String
    var rate = EventRate()
  }

  /// One exact test on one population.
  struct Law {
    var population: String
    var test: String
    var count: Int
    var distance: Double
    var pValue: Double
  }

  private(set) var cells: [Cell] = []
  private var randomised: [(population: String, test: String, values: [Double])] = []

  /// Metrics that test for leaks.
  static let metrics: [any Metric] = [
    ExactMatch(), NearMatch(), RareCombinations(), DistanceToClosestRecord(),
    RecordTailTest(), MembershipInference(), HoldoutExchangeability(), AnyLeak(),
  ]

  static func plan(_ rows: Int, seed: UInt64) -> EvaluationPlan {
    var plan = EvaluationPlan.brief(seed: seed)
    plan.permutations = 199
    plan.neighbourSample = nil
    plan.membershipRows = rows
    return plan
  }

  private struct Drawn: Sendable {
    var tests: [(test: String, isRejected: Bool)] = []
    var exact: [(test: String, value: Double)] = []
  }

  mutating func falseAlarms(
    _ population: StudyPopulation, rows: Int, trials: Int, threads: Int
  ) async throws {
    let found = try await Self.concurrently(trials, threads: threads) { trial -> Drawn? in
      guard let sample = population.samples(rows, trial: trial) else { return nil }
      let own = try Trial(
        training: sample.training, synthetic: sample.synthetic, holdout: sample.holdout,
        plan: Self.plan(rows, seed: UInt64(trial) + 1))
      var random = RandomStream(seed: 13, path: ["leaks", population.name, String(trial)])
      var drawn = Drawn()
      for metric in Self.metrics {
        for score in try await own.scores(of: metric) {
          guard let test = score.test else { continue }
          let name = Self.name(score)
          drawn.tests.append((name, test.pValue <= 0.05))
          if let permuted = score.details["permutationPValue"]?.doubleValue {
            drawn.exact.append((name, permuted - random.uniform() / 200))
          }
        }
      }
      return drawn
    }
    for drawn in found {
      for (test, isRejected) in drawn.tests {
        let place = cells.firstIndex { $0.population == population.name && $0.test == test }
        if place == nil { cells.append(Cell(population: population.name, test: test)) }
        cells[place ?? cells.count - 1].rate.add(hits: isRejected ? 1 : 0, of: 1)
      }
      for (test, value) in drawn.exact {
        if let place = randomised.firstIndex(where: {
          $0.population == population.name && $0.test == test
        }) {
          randomised[place].values.append(value)
        } else {
          randomised.append((population.name, test, [value]))
        }
      }
    }
  }

  func uniformity() throws -> [Law] {
    try randomised.filter { $0.values.count > 10 }.map { entry in
      let values = entry.values.sorted()
      let distance = try kolmogorovSmirnovOneSample(sorted: values.span).statistic
      return Law(
        population: entry.population, test: entry.test, count: values.count, distance: distance,
        pValue: try kolmogorovOneSampleSurvival(distance, count: values.count))
    }
  }

  private static func name(_ score: Score) -> String {
    var name = score.metric.rawValue
    if let attack = score.parameters["attack"]?.stringValue { name += ", \(attack)" }
    if let segment = score.subject.segment { name += ", \(segment)" }
    return name
  }

  /// Runs trials several at a time, in order.
  static func concurrently<Found: Sendable>(
    _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) async throws -> Found?
  ) async throws -> [Found] {
    try await withThrowingTaskGroup(of: (Int, Found?).self) { group in
      var next = 0
      var found = [Found?](repeating: nil, count: count)
      func add() {
        guard next < count else { return }
        let trial = next
        next += 1
        group.addTask { @concurrent in (trial, try await body(trial)) }
      }
      for _ in 0..<max(1, threads) { add() }
      while let (trial, result) = try await group.next() {
        found[trial] = result
        add()
      }
      return found.compactMap(\.self)
    }
  }
}

import AssayDocument
public import AssayMetrics
import AssayNumerics
import AssayTable

/// What must not change a score: threads, repetition, the order of rows and columns.
public enum OrderLaws {
  /// Checks a metric on simulated tables of 300 rows with a holdout of 200.
  ///
  /// - Parameters:
  ///   - metric: The metric.
  ///   - seed: The seed of the tables.
  /// - Returns: Scores that differ between two runs, between one thread and two, with the rows of a
  ///   role in another order (values to 1e-9; resampling may draw other groups), with the columns in
  ///   another order (values to 1e-9).
  /// - Throws: ``/AssayMetrics/MetricError``, or ``/AssayTable/AlignmentError`` for a mistake in this
  ///   kit.
  public static func violations(_ metric: some Metric, seed: UInt64 = 3) async throws
    -> [Violation]
  {
    let simulator = Simulator(seed: seed, key: "id")
    let training = simulator.table(rows: 300, stream: "training")
    let synthetic = PlantedDamage(.shift, strength: 0.2).applied(
      to: simulator.table(rows: 300, stream: "synthetic"), training: training)
    let holdout = simulator.table(rows: 200, stream: "holdout")
    let first = try await scores(metric, training, synthetic, holdout)
    let id = metric.descriptor.id
    var found: [Violation] = []

    let again = try await scores(metric, training, synthetic, holdout)
    found += differing(first, again).map { Violation("a second run gives the same", id, $0) }
    let threaded = try await scores(metric, training, synthetic, holdout, threads: 2)
    found += differing(first, threaded).map {
      Violation("two threads give what one gives", id, $0)
    }
    for role in TableRole.allCases {
      let moved = try await scores(
        metric, role == .training ? mixed(training) : training,
        role == .synthetic ? mixed(synthetic) : synthetic,
        role == .holdout ? mixed(holdout) : holdout)
      found += unequal(first, moved).map {
        Violation("the order of \(role.rawValue) rows does not matter", id, $0)
      }
    }
    let names = Array(training.columns.map(\.name).reversed())
    let turned = try await scores(
      metric, training.columns(names), synthetic.columns(names), holdout.columns(names))
    found += unequal(first, turned).map {
      Violation("the order of columns does not matter", id, $0)
    }
    let alone = try await scores(metric, training, synthetic.columns(names), holdout)
    found += unequal(first, alone).map {
      Violation("the order of synthetic columns does not matter", id, $0)
    }
    return found
  }

  private static func mixed(_ table: RawTable) -> RawTable {
    var random = RandomStream(seed: 5, name: "order")
    var rows = Array(0..<table.rowCount)
    random.shuffle(&rows)
    return table.rows(rows)
  }

  private static func scores(
    _ metric: some Metric, _ training: RawTable, _ synthetic: RawTable, _ holdout: RawTable,
    threads: Int = 1
  ) async throws -> [Score] {
    try await Trial(
      training: training, synthetic: synthetic, holdout: holdout, threads: threads
    ).scores(of: metric)
  }

  /// Scores that are not identical in every part.
  private static func differing(_ first: [Score], _ second: [Score]) -> [String] {
    guard first.map(\.key) == second.map(\.key) else { return ["other scores, or another order"] }
    return zip(first, second).filter { $0 != $1 }.map { $0.0.key.words }
  }

  /// Scores whose outcome differs by more than rounding.
  private static func unequal(_ first: [Score], _ second: [Score]) -> [String] {
    var others: [Score.Key: Score] = [:]
    for score in second { others[score.key.unordered] = score }
    var found: [String] = []
    if first.count != second.count { found.append("\(first.count) scores become \(second.count)") }
    for score in first {
      guard let other = others[score.key.unordered] else {
        found.append("\(score.key.words): no such score")
        continue
      }
      switch (score.outcome, other.outcome) {
      case (.measured(let value), .measured(let moved)):
        if abs(value - moved) > 1e-9 * max(1, abs(value)) {
          found.append("\(score.key.words): \(value) becomes \(moved)")
        }
      default:
        if score.outcome != other.outcome {
          found.append("\(score.key.words): \(score.outcome) becomes \(other.outcome)")
        }
      }
    }
    return found
  }
}

import AssayMetrics
import AssayTable
import AssayTestKit

/// Independent samples of one simulated law: training, holdout, and fresh rows to be called synthetic.
enum LeakSamples {
  static func tables(of simulator: UInt64, _ seed: UInt64, rows: Int) -> (
    training: RawTable, holdout: RawTable, fresh: RawTable
  ) {
    let simulator = Simulator(seed: simulator)
    return (
      simulator.table(rows: rows, stream: "training \(seed)"),
      simulator.table(rows: rows, stream: "holdout \(seed)"),
      simulator.table(rows: rows, stream: "fresh \(seed)")
    )
  }

  static func plan(_ permutations: Int = 999) -> EvaluationPlan {
    var plan = EvaluationPlan.brief()
    plan.permutations = permutations
    plan.membershipRows = 300
    return plan
  }
}

import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Foundation

/// Rows whose target follows from two numbers and a level, as strongly as asked for.
struct TargetTables {
  /// How much the columns say of the target: 0 for nothing.
  var strength = 2.0
  /// The log-odds of yes at the mean.
  var offset = 0.0
  var seed: UInt64 = 1

  /// Rows of the population; different streams are independent.
  func rows(_ count: Int, _ stream: String) -> RawTable {
    var random = RandomStream(seed: seed, name: "target", stream)
    var x: [Double?] = []
    var z: [Double?] = []
    var level: [String?] = []
    var yes: [String?] = []
    var three: [String?] = []
    var number: [Double?] = []
    for _ in 0..<count {
      let a = random.normal()
      let b = random.normal()
      let c = random.below(3)
      let signal = strength * (a + 0.5 * b + Double(c) - 1)
      x.append((a * 1_000).rounded() / 1_000)
      z.append((b * 1_000).rounded() / 1_000)
      level.append(["u", "v", "w"][c])
      let odds = signal + offset
      yes.append(random.uniform() < 1 / (1 + exp(-odds)) ? "yes" : "no")
      let noisy = signal + random.normal()
      three.append(noisy < -1 ? "low" : noisy < 1 ? "middle" : "high")
      number.append((noisy * 1_000).rounded() / 1_000)
    }
    return TableBuilder().numbers("x", x).numbers("z", z).levels("c", level).levels("yes", yes)
      .levels("three", three).numbers("number", number).table()
  }

  /// What is said of the columns: the targets, and the others that would give them away left out.
  static func declared(_ targets: String...) -> SchemaDeclaration {
    let answers = ["yes", "three", "number"]
    return SchemaDeclaration(
      answers.map { name in
        ColumnDeclaration(name: name, roles: [targets.contains(name) ? .target : .excluded])
      })
  }

  /// A plan for tests of models.
  static var plan: EvaluationPlan {
    var plan = EvaluationPlan.brief()
    plan.utility = UtilitySettings(
      rows: 2_000, linearRows: 1_000, neighbourRows: 500, trees: 20, refits: 20, refitRows: 200,
      curveRepeats: 1)
    return plan
  }
}

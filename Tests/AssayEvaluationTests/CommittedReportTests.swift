import AssayDocument
import AssayEvaluation
import AssayReport
import AssayTable
import Foundation
import Testing

/// The committed reports are what the program gives now: structure exactly, numbers to 1e-9.
///
/// On one kind of processor they are equal to the last digit. Between kinds two sorts of numbers differ
/// from the eighth digit on, and are compared to 1e-6: those that trees and other learners give, and
/// ends of intervals that come of resampled sums, which are products in single precision whose order of
/// summation is the kernel's. (Resampled counts are whole numbers, so exact.)
@Suite struct `The committed reports` {
  private static func committed(_ name: String, _ file: String) throws -> Data {
    try Data(contentsOf: Places.root.appending(path: "Reports/flchain-\(name)/\(file)"))
  }

  @Test(arguments: ["cart", "biased", "broken", "leaky"])
  func `are drawn from the documents beside them`(name: String) throws {
    let document = try EvaluationDocument(json: Self.committed(name, "report.json"))
    #expect(try Data(HTMLRenderer().render(document)) == Self.committed(name, "report.html"))
    #expect(try Data(MarkdownRenderer().render(document)) == Self.committed(name, "summary.md"))
  }

  @Test(arguments: ["broken"])
  func `hold what an evaluation finds now`(name: String) async throws {
    var declared = SchemaDeclaration()
    declared.add(.target, to: "death")
    declared.add(.sensitive, to: "sex")
    declared.add(.excluded, to: "chapter")
    declared.add(.excluded, to: "futime")
    let prepared = try PreparedEvaluation(
      training: Places.table(Places.fixture("real_train.csv")),
      holdout: Places.table(Places.fixture("real_holdout.csv")),
      options: EvaluationOptions(threads: 2, declared: declared))
    let made = try await prepared.evaluate(
      synthetic: Places.table(Places.fixture("synth_\(name).csv")))
    let now = try JSONSerialization.jsonObject(with: made.json())
    let then = try JSONSerialization.jsonObject(with: Self.committed(name, "report.json"))
    var differences: [String] = []
    Self.compare(then, now, at: "", into: &differences)
    #expect(differences.isEmpty, "\(differences.prefix(10))")
  }

  /// Libraries and the kernel that they choose may differ from machine to machine.
  private static let ignored: Set<String> = [".tool.libraries"]

  /// Metrics whose numbers come of learners.
  private static let learned: Set<String> = [
    "fidelity.classifier-two-sample",
    "utility.prediction-gap", "utility.fresh-sample-gap", "utility.effective-rows",
    "utility.train-test", "utility.calibration", "utility.model-ranking",
    "utility.importance-agreement", "utility.rare-events",
    "fairness.demographic-parity", "fairness.equalised-odds", "fairness.equal-opportunity",
    "fairness.predictive-parity", "fairness.calibration", "fairness.subgroup-auc",
    "privacy.membership-inference", "privacy.holdout-validity", "privacy.exposed-share",
    "privacy.any-leak", "fairness.group-exposure",
  ]

  /// Metrics whose resampling is of sums.
  private static let summed: Set<String> = [
    "fidelity.pearson", "fidelity.spearman", "fidelity.kendall", "fidelity.correlation-ratio",
    "fidelity.distance-correlation", "utility.group-means",
  ]
  /// What comes of resampling in a score.
  private static let resampled: Set<String> = ["interval", "bounds", "floor", "normalised"]

  /// What is made of scores of all kinds.
  private static let derived: Set<String> = [
    ".dimensions", ".findings", ".diagnoses", ".verdict", ".power", ".baselines",
  ]

  private static func compare(
    _ then: Any, _ now: Any, at path: String, tolerance: Double = 1e-9,
    into differences: inout [String]
  ) {
    guard !ignored.contains(path) else { return }
    switch (then, now) {
    case (let then as [String: Any], let now as [String: Any]):
      let metric = then["metric"] as? String ?? ""
      if Set(then.keys) != Set(now.keys) { differences.append("\(path): other members") }
      for key in then.keys.sorted() {
        if let value = now[key], let old = then[key] {
          let isLoose =
            learned.contains(metric) || (summed.contains(metric) && resampled.contains(key))
            || derived.contains("\(path).\(key)")
          compare(
            old, value, at: "\(path).\(key)", tolerance: isLoose ? 1e-6 : tolerance,
            into: &differences)
        }
      }
    case (let then as [Any], let now as [Any]):
      guard then.count == now.count else {
        differences.append("\(path): \(then.count) entries, now \(now.count)")
        return
      }
      for index in then.indices {
        compare(
          then[index], now[index], at: "\(path)[\(index)]", tolerance: tolerance,
          into: &differences)
      }
    case (let then as NSNumber, let now as NSNumber):
      let allowed = tolerance * max(1, abs(then.doubleValue))
      if abs(then.doubleValue - now.doubleValue) > allowed {
        differences.append("\(path): \(then), now \(now)")
      }
    case (let then as String, let now as String):
      if then != now { differences.append("\(path): '\(then)', now '\(now)'") }
    case (is NSNull, is NSNull):
      break
    default:
      differences.append("\(path): another type")
    }
  }
}

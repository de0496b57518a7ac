import AssayDocument
import AssayEvaluation
import AssayReport
import AssayTable
import Foundation
import Testing

/// The committed reports are what the program gives now: structure exactly, numbers to 1e-6.
///
/// On one kind of processor they are equal to the last digit. Between kinds the sums of boosted trees,
/// which are in single precision, differ from the eighth digit on.
@Suite struct `The committed reports` {
  private static func committed(_ name: String, _ file: String) throws -> Data {
    try Data(contentsOf: Places.root.appending(path: "Reports/flchain-\(name)/\(file)"))
  }

  @Test(arguments: ["cart", "broken", "leaky"])
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

  private static func compare(
    _ then: Any, _ now: Any, at path: String, into differences: inout [String]
  ) {
    guard !ignored.contains(path) else { return }
    switch (then, now) {
    case (let then as [String: Any], let now as [String: Any]):
      if Set(then.keys) != Set(now.keys) { differences.append("\(path): other members") }
      for key in then.keys.sorted() {
        if let value = now[key], let old = then[key] {
          compare(old, value, at: "\(path).\(key)", into: &differences)
        }
      }
    case (let then as [Any], let now as [Any]):
      guard then.count == now.count else {
        differences.append("\(path): \(then.count) entries, now \(now.count)")
        return
      }
      for index in then.indices {
        compare(then[index], now[index], at: "\(path)[\(index)]", into: &differences)
      }
    case (let then as NSNumber, let now as NSNumber):
      let allowed = 1e-6 * max(1, abs(then.doubleValue))
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

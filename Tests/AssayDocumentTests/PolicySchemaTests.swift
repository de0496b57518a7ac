import AssayDocument
import Foundation
import Testing

@Suite(.enabled(if: Validator.isHere, "the Python package jsonschema is missing"))
struct `The schema of policies` {
  private static let requirement = PolicyRequirement(
    id: "relations", what: .dimension(.fidelity, facet: "dependence"), against: .holdout,
    compare: .normalised, margin: .atLeast(0.8), severity: .blocking, onUndecided: .warn,
    reason: "models lose accuracy below it")

  private static let policy = Policy(
    name: "nightly", version: "1.0", title: "Nightly", purpose: "The nightly run.", alpha: 0.001,
    onUndecided: [.major: .fail],
    requirements: [
      requirement,
      PolicyRequirement(
        id: "each", what: .metric("fidelity.*"), place: .eachPair, compare: .excess,
        margin: .atMost(0.1), reason: "r"),
      PolicyRequirement(
        id: "one", what: .metric("fidelity.spearman"), place: .columns(["a", "b"]),
        segment: "sex=F", compare: .previous, margin: .atMost(0.1), reason: "r"),
    ],
    coverage: .init(metrics: ["privacy.*"], dimensions: [.privacy]),
    waivers: [
      .init(requirement: "each", columns: ["a"], owner: "Ada", reason: "r", expires: "2027-01-31")
    ])

  @Test func `takes the canonical form`() throws {
    let result = try Validator.check([Data((Self.policy.canonical + "\n").utf8)])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test(arguments: [
    (#""alpha":0.001"#, #""alpha":0.5"#), (#""compare":"normalised""#, #""compare":"excess""#),
    (#""severity":"blocking""#, #""severity":"grave""#), (#""owner":"Ada","#, ""),
    (#""at-least":0.8"#, #""at-least":0.8,"at-most":1"#),
    (#""id":"relations""#, #""id":"relations","extra":1"#),
    (#""facet":"dependence""#, #""facet":"joint","columns":["a"]"#),
  ])
  func `refuses what the reader refuses`(_ sound: String, _ broken: String) throws {
    #expect(Self.policy.canonical.contains(sound))
    let text = Self.policy.canonical.replacing(sound, with: broken)
    let result = try Validator.check([Data((text + "\n").utf8)])
    #expect(result.status == 1, "\(broken) was taken")
  }
}

import AssayDocument
import AssayMetrics
import AssayTable
import AssayTestKit
import Synchronization
import Testing

/// Counts derivations, and how many are under way at one time.
private final class Counter: Sendable, Hashable {
  private struct State {
    var runs = 0
    var running = 0
    var most = 0
  }
  private let state = Mutex(State())

  var runs: Int { state.withLock { $0.runs } }
  var most: Int { state.withLock { $0.most } }

  func begin() {
    state.withLock {
      $0.runs += 1
      $0.running += 1
      $0.most = max($0.most, $0.running)
    }
  }

  func end() { state.withLock { $0.running -= 1 } }

  static func == (left: Counter, right: Counter) -> Bool { left === right }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// Waits until as many derivations as asked for are under way, so that overlap is proved and not
/// left to chance.
private struct Meeting: Artifact {
  typealias Frame = ReferenceFrame
  var counter: Counter
  var name: Int
  var waitsFor: Int

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Int {
    counter.begin()
    while counter.most < waitsFor { await Task.yield() }
    counter.end()
    return name
  }
}

private struct Failing: Artifact {
  typealias Frame = ReferenceFrame

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Int {
    throw MetricError(code: "planned", message: "planned")
  }
}

@Suite struct `The workspace` {
  private func workspace() throws -> Workspace<ReferenceFrame> {
    let simulator = Simulator(seed: 3)
    let real = try RealTables(
      training: simulator.table(rows: 30), holdout: nil, declared: SchemaDeclaration())
    let comparison = try Comparison(real, synthetic: simulator.table(rows: 30, stream: "fresh"))
    return Workspace(comparison.reference, plan: EvaluationPlan(), threads: 2)
  }

  @Test func `derives an artifact once, however many ask`() async throws {
    let workspace = try workspace()
    let counter = Counter()
    let artifact = Meeting(counter: counter, name: 1, waitsFor: 1)
    await withTaskGroup(of: Int?.self) { group in
      for _ in 0..<20 { group.addTask { try? await workspace.value(of: artifact) } }
      for await value in group { #expect(value == 1) }
    }
    #expect(counter.runs == 1)
  }

  @Test func `derives two artifacts at one time`() async throws {
    let workspace = try workspace()
    let counter = Counter()
    async let first = workspace.value(of: Meeting(counter: counter, name: 1, waitsFor: 2))
    async let second = workspace.value(of: Meeting(counter: counter, name: 2, waitsFor: 2))
    #expect(try await (first, second) == (1, 2))
    #expect(counter.most == 2)
  }

  @Test func `hands a failure to everybody who asks`() async throws {
    let workspace = try workspace()
    for _ in 0..<2 {
      await #expect(throws: MetricError(code: "planned", message: "planned")) {
        _ = try await workspace.value(of: Failing())
      }
    }
  }
}

@Suite struct `Patterns of metrics` {
  @Test(arguments: [
    ("fidelity.spearman", "fidelity.spearman", true), ("fidelity.spearman", "fidelity", true),
    ("fidelity.spearman", "spearman", true), ("fidelity.spearman", "fidelity.*", true),
    ("fidelity.spearman", "*man", true), ("fidelity.spearman", "privacy", false),
    ("fidelity.spearman", "fidel", false), ("fidelity.spearman", "*son", false),
  ])
  func `match names, dimensions and stars`(id: String, pattern: String, expected: Bool) {
    #expect(MetricCatalog.matches(id, pattern: pattern) == expected)
  }
}

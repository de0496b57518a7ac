import AssayDocument
import AssayMetrics
import AssayTable
import AssayTestKit
import Synchronization
import Testing

/// A metric that breaks laws on purpose: a law that never fails says nothing.
struct BrokenMetric: Metric {
  enum Fault: CaseIterable {
    case outOfRange, outsideInterval, sameKey, noTable, notANumber, throwing
    case rowOrder, columnOrder, threads, unstable, blind, falseFloor, loudWhenBlind
  }

  var fault: Fault
  static let calls = Atomic(0)

  var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.broken", title: "Broken", dimension: .fidelity, summary: "", formula: "",
      direction: .lowerIsBetter, anchor: .none,
      sees: fault == .blind ? [.shift] : [], blindTo: fault == .loudWhenBlind ? [.shift] : [],
      cannotSee: "", howToRead: "", citations: [])
  }

  func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    if fault == .throwing { throw MetricError(code: "broken", message: "on purpose") }
    let numbers = frame.table(.synthetic)?.columns.compactMap(\.numeric) ?? []
    let first = numbers.first?.values.first ?? 0
    let mean = (numbers.first?.values.reduce(0, +) ?? 0) / Double(numbers.first?.count ?? 1)
    let value: Double =
      switch fault {
      case .outOfRange: 1.5
      case .notANumber: .nan
      case .rowOrder: (first - first.rounded(.down))
      case .columnOrder: mean - mean.rounded(.down)
      case .threads: Double(workspace.threads) / 10
      case .unstable: Double(Self.calls.add(1, ordering: .relaxed).oldValue % 1_000) / 1_000
      case .loudWhenBlind: min(1, abs(mean) / 100)
      default: 0.5
      }
    var score = Score(
      metric: descriptor.id, dimension: .fidelity, against: .training, outcome: .measured(value))
    if fault == .outsideInterval {
      score.interval = ScoreInterval(lower: 0.6, upper: 0.7, method: "none")
    }
    if fault == .falseFloor { score.floor = ScoreFloor(value: 0.1, spread: 0.1, method: "none") }
    if fault == .noTable { score.subject = Subject(columns: ["normal"]) }
    return MetricResult(scores: fault == .sameKey ? [score, score] : [score])
  }
}

@Suite struct `Laws catch` {
  static let trials = Result {
    try SimulatedTrials(seeds: 4, training: 80, synthetic: 80, holdout: nil)
  }

  @Test(arguments: [
    BrokenMetric.Fault.outOfRange, .outsideInterval, .sameKey, .noTable, .notANumber,
  ])
  func `results that are not well formed`(_ fault: BrokenMetric.Fault) async throws {
    let metric = BrokenMetric(fault: fault)
    let result = try await Self.trials.get().trial(0).result(of: metric)
    #expect(!WellFormed.violations(result, metric.descriptor, on: "here").isEmpty)
  }

  @Test(arguments: [BrokenMetric.Fault.rowOrder, .columnOrder, .threads, .unstable])
  func `scores that change with order, threads or repetition`(
    _ fault: BrokenMetric.Fault
  ) async throws {
    #expect(try await !OrderLaws.violations(BrokenMetric(fault: fault)).isEmpty)
  }

  @Test func `metrics that throw on odd tables`() async {
    let found = await EdgeLaws.violations(
      [BrokenMetric(fault: .throwing)], on: EdgeTables.small[0])
    #expect(found.count == 1 && found[0].trace.contains("on purpose"))
  }

  @Test func `claims that do not hold`() async throws {
    let trials = try Self.trials.get()
    let blind = try await DamageLaws([BrokenMetric(fault: .blind)], over: trials)
    #expect(try await blind.violations(.shift).count == 1)
    #expect(try await blind.copyViolations().count == 1)
    let loud = try await DamageLaws([BrokenMetric(fault: .loudWhenBlind)], over: trials)
    #expect(try await loud.violations(.shift).count == 1)
    let wrong = try await DamageLaws([BrokenMetric(fault: .falseFloor)], over: trials)
    #expect(wrong.calibrationViolations().count == 1)
  }
}

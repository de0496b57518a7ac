import AssayEvaluation
import AssayDocument
import AssayMetrics
import AssayTestKit
import Foundation

/// Runs the studies one after the other and writes their tables.
struct CalibrationRun {
  let folder: String
  let trials: Int
  let populations: Populations
  /// Rows of every side.
  private let rows = 600
  private let threads = 2

  private var plan: EvaluationPlan {
    var plan = EvaluationPlan(preset: .standard, seed: 3)
    plan.replicates = 199
    plan.shards = 200
    plan.permutations = 199
    return plan
  }

  func run() async throws {
    let (found, absent) = try populations.all()
    let metrics = MetricCatalog.standard.metrics
    let distances = metrics.filter {
      $0.descriptor.dimension == .fidelity && $0.descriptor.direction == .lowerIsBetter
    }
    var coverage: [CoverageStudy.Row] = []
    var pValues: [PValueStudy.Row] = []
    var uniform: [(population: String, count: Int, pValue: Double)] = []
    for population in found {
      say("coverage: \(population.name)")
      coverage += try await CoverageStudy(rows: rows, trials: trials, plan: plan)
        .run(population, metrics: distances, threads: threads)
      guard population.isPerfect else { continue }
      say("p-values: \(population.name)")
      let study = PValueStudy(rows: rows, trials: trials, plan: plan)
      pValues += try await study.run(population, metrics: metrics, threads: threads)
      if let law = try PValueStudy(rows: rows, trials: max(trials, 500), plan: plan)
        .uniformity(population)
      {
        uniform.append((population.name, law.count, law.pValue))
      }
    }
    say("power")
    let power = try await PowerStudy(seeds: 50, rows: 500).run(metrics, threads: threads) {
      say("power: \($0)")
    }
    let report = CalibrationReport(
      trials: trials, rows: rows, coverage: coverage, pValues: pValues, uniform: uniform,
      power: power, absent: absent)
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try write(try report.page(), to: "README.md")
    try write(report.coverageTable, to: "coverage.csv")
    try write(report.pValueTable, to: "p-values.csv")
    try write(report.powerTable, to: "power.csv")
    say("wrote \(folder)")
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"), options: .atomic)
  }

  private func say(_ words: String) {
    FileHandle.standardError.write(Data("\(words)\n".utf8))
  }
}

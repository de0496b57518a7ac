import AssayDiagnosis
import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import AssayTestKit
import Foundation

/// Runs whole evaluations, quick ones, and reads their diagnoses.
enum Evaluating {
  /// The metrics that patterns read: the rest would only take time.
  static let metrics = [
    "diagnostics", "fidelity.total-variation", "fidelity.kolmogorov-smirnov", "fidelity.moments",
    "fidelity.tail-mass", "fidelity.category-coverage", "fidelity.last-digit",
    "fidelity.cramers-v", "fidelity.classifier-two-sample", "fidelity.segments",
    "privacy.exact-match", "privacy.distance-to-closest-record",
  ]

  static func document(
    training: RawTable, synthetic: RawTable, holdout: RawTable?,
    declared: SchemaDeclaration = SchemaDeclaration(), about: About = About()
  ) async throws -> EvaluationDocument {
    let catalog = MetricCatalog.standard.matching(metrics)
    let prepared = try PreparedEvaluation(
      training: training, holdout: holdout,
      options: EvaluationOptions(
        preset: .quick, threads: 2, declared: declared, about: about, catalog: catalog))
    return try await prepared.evaluate(synthetic: synthetic)
  }

  /// The package.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func fixture(_ name: String) throws -> RawTable {
    try TableReader(options: ReadingOptions(threads: 2)).read(
      path: root.appending(path: "fixtures/flchain/\(name).csv").path)
  }

  static let shared =
    ProcessInfo.processInfo.environment["ASSAY_SHARED"].map { URL(filePath: $0) }
    ?? root.deletingLastPathComponent().appending(path: "shared")

  static let hasAdult = FileManager.default.fileExists(
    atPath: shared.appending(path: "data/adult/real_train.csv").path)

  static func adult(_ name: String) throws -> RawTable {
    // A third of the rows is enough for every pattern.
    try TableReader(options: ReadingOptions(rowLimit: 8_000, threads: 2)).read(
      path: shared.appending(path: "data/adult/\(name)").path)
  }
}

import AssayDocument
import AssayEvaluation
import AssayTable
import Foundation
import Testing

/// Real tables with synthetic counterparts that others made; they are no part of the project.
///
/// They are looked for in the folder that `ASSAY_SHARED` names, or else in `shared` beside the
/// project. Without them the tests that need them are skipped, and say so.
enum SharedData {
  static let folder: URL = {
    let given = ProcessInfo.processInfo.environment["ASSAY_SHARED"]
    let project = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return given.map { URL(filePath: $0) }
      ?? project.deletingLastPathComponent().appending(path: "shared")
  }()

  static let isThere = FileManager.default.fileExists(
    atPath: folder.appending(path: "data/adult/real_train.csv").path)

  /// Why tests are skipped.
  static let absence: Comment = "no shared tables: set ASSAY_SHARED to their folder"

  /// Reads a table, or its first rows.
  static func read(_ path: String, rows: Int? = nil) throws -> RawTable {
    let file = folder.appending(path: "data/\(path)").path
    return try TableReader(options: ReadingOptions(rowLimit: rows, threads: 2))
      .read(path: file, name: nil)
  }
}

extension EvaluationDocument {
  /// A part of fidelity: 0 for shuffled columns or uniform values, 1 for a fresh real sample.
  func fidelity(_ facet: String, against: Against) -> Double? {
    dimensions.first { $0.id == .fidelity }?.members
      .first { $0.facet == facet && $0.against == against }?.score
  }

  /// The smaller part of fidelity.
  func fidelity(against: Against) -> Double? {
    guard let marginal = fidelity("marginal", against: against),
      let dependence = fidelity("dependence", against: against)
    else { return nil }
    return min(marginal, dependence)
  }

  /// The value of a metric over the whole table.
  func value(_ metric: MetricID, against: Against? = nil) -> Double? {
    scores.first {
      $0.metric == metric && $0.subject.isTable && (against == nil || $0.against == against)
    }?.value
  }

  /// The answer to one of the five questions.
  func answer(_ question: Question) -> Answer? {
    verdict.answers.first { $0.question == question }
  }
}

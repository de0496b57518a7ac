import AssayDocument
import AssayFiles
import Foundation

/// Reads a plan that `--plan` printed.
enum PlanFile {
  /// The plan in a file, or the plan of a document that holds one.
  ///
  /// - Throws: ``InputError`` where there is no such file, ``DataError`` where it holds no plan.
  static func read(_ path: String) throws -> PlanRecord {
    try InputFiles.checkPresence([path])
    let file = try MappedFile.open(path)
    let bytes = Data(file.prefix(file.count))
    if let plan = try? JSONDecoder().decode(PlanRecord.self, from: bytes) { return plan }
    if let document = try? EvaluationDocument(json: bytes) { return document.plan }
    throw DataError("\(path): holds no plan; 'assay evaluate --plan' prints one")
  }
}

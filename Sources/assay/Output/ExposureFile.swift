import AssayEvaluation
import AssayFiles
import AssayTable

/// The file of exposed records: row numbers, so only the owner may read it, and no report holds it.
struct ExposureFile {
  private let path: String

  init(_ path: String) { self.path = path }

  /// Checks, before any work is done, that it can be written and that there is something to write.
  func check(hasHoldout: Bool) throws {
    guard hasHoldout else {
      throw UsageError(
        "--exposure needs a holdout: without one nothing shows how near unseen records come")
    }
    guard path != "-" else {
      throw UsageError(
        "--exposure names rows and goes to a file of its own, not to standard output")
    }
    if let problem = OutputPlan.problem(path) { throw OutputError(problem) }
  }

  func write(_ prepared: PreparedEvaluation, synthetic: RawTable) async throws {
    guard let list = try await prepared.exposure(synthetic: synthetic) else {
      throw OutputError("no feature can be compared, so no record can be called exposed")
    }
    try AtomicFile.write(Array(list.text.utf8), to: path, mode: 0o600)
  }
}

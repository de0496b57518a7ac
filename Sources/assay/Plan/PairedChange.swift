import AssayDocument
import AssayEvaluation
import AssayFiles
import AssayTable

/// Pairs the two tables behind saved documents over the real rows that both were judged by.
struct PairedChange: Sendable {
  let real: String
  let holdout: String?
  let old: String
  let new: String
  let threads: Int
  let isQuiet: Bool
  let context: RunContext

  /// Every path.
  var paths: [String] { [real, old, new] + (holdout.map { [$0] } ?? []) }

  /// Judges both tables by the plan of the newer document and puts them into the change.
  func paired(
    _ change: ReleaseChange, _ documents: [EvaluationDocument]
  ) async throws -> ReleaseChange {
    let newer = documents[1]
    try check([
      (real, newer.inputs.training, "real"), (old, documents[0].inputs.synthetic, "older"),
      (new, newer.inputs.synthetic, "newer"),
    ])
    guard (holdout == nil) == (newer.inputs.holdout == nil) else {
      throw UsageError(
        holdout == nil
          ? "the newer document was made with a holdout; give it by --holdout"
          : "the newer document was made without a holdout; leave --holdout out")
    }
    if let holdout, let record = newer.inputs.holdout {
      try check([(holdout, record, "holdout")])
    }
    var options = try EvaluationOptions(plan: newer.plan, threads: threads, about: newer.about)
    options.reading.commandSearchPath = context.environment["PATH"] ?? ""
    let progress = ProgressDisplay.fitting(context.terminal, isQuiet: isQuiet)
    defer { progress.finish() }
    let sides = [(real, nil)] + (holdout.map { [($0, nil)] } ?? [(String, String?)]())
    let tables = try InputReader.read(sides, options: options.reading, progress: progress)
    let prepared = try PreparedEvaluation(
      training: tables[0], holdout: tables.count > 1 ? tables[1] : nil, options: options)
    var candidates: [JudgedCandidate] = []
    for (path, word) in [(old, "older"), (new, "newer")] {
      let table = try InputReader.read([(path, nil)], options: options.reading, progress: progress)[
        0]
      progress.phase("measuring the \(word) table")
      let judged = try await prepared.judged(synthetic: table) { step, share in
        progress.update(step, share: share)
      }
      candidates.append(judged)
    }
    return ReleaseComparison.paired(change, with: try prepared.comparison(of: candidates))
  }

  private func check(_ files: [(path: String, record: InputRecord, role: String)]) throws {
    var problems: [String] = []
    for file in files where !file.record.sha256.isEmpty {
      let digest = try MappedFile.open(file.path).sha256()
      if digest != file.record.sha256 {
        problems.append("\(file.path) is not the \(file.role) table of the document")
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
  }
}

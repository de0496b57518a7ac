import AssayDocument
import AssayEvaluation
import AssayFiles
import AssayTable
import Foundation

/// A saved evaluation run again from its own plan.
struct Reproduction: Sendable {
  /// Files with vectors of rows, as far as given.
  struct EmbeddingPaths: Sendable {
    var real: String?
    var synthetic: [String] = []
    var holdout: String?
    var isEmpty: Bool { real == nil && synthetic.isEmpty && holdout == nil }
  }

  /// What came of it.
  struct Report: Sendable {
    var isIdentical: Bool
    /// Whether the verdict could not be made again for want of its policy.
    var lacksPolicy = false
    var lines: [String]
    var text: String { lines.joined(separator: "\n") }
  }

  let path: String
  let real: String
  let synthetic: [String]
  let holdout: String?
  var reference: String?
  /// The policy as the user names it; nil for the embedded one or none.
  var policy: String?
  /// The earlier document that the policy compares with.
  var previous: String?
  var embeddings = EmbeddingPaths()
  let threads: Int
  let isQuiet: Bool
  let context: RunContext

  /// Checks the files, runs, compares.
  func report() async throws -> Report {
    try checkArguments()
    let recorded = try SavedDocument.read(path)
    try ExternalAudience.refuse(recorded, path, "run again")
    let expected = try inputs(of: recorded)
    let verdict = try ReproducedVerdict(
      of: recorded.verdict, policy: policy, previous: previous)
    try Self.checkDigests(expected)
    var options: EvaluationOptions
    do throws(EvaluationError) {
      options = try EvaluationOptions(
        plan: recorded.plan, threads: threads, about: recorded.about)
    } catch {
      return Report(isIdentical: false, lines: ["differs: the plan"] + error.problems)
    }
    options.policy = verdict.policy
    options.reading.commandSearchPath = context.environment["PATH"] ?? ""
    let vectors = try embeddingFiles(of: recorded)
    options.embeddings = try vectors?.realSide(options.reading)
    var now: EvaluationDocument
    do {
      now = try await rerun(recorded, expected, options, vectors)
    } catch let error as EvaluationError where error.code == .plan {
      return Report(
        isIdentical: false,
        lines: ["differs: the plan, so nothing was measured"] + error.problems.dropFirst()
          + Self.versions(recorded, with: ToolInfo(version: AssayVersion.current, libraries: [:])))
    }
    // How many reports were kept is no property of the rows.
    if let number = recorded.inputs.evaluation { now.note(evaluation: number) }
    return Self.report(recorded, try verdict.judging(now), verdict)
  }

  private func checkArguments() throws {
    let paths =
      [path, real] + synthetic + (holdout.map { [$0] } ?? []) + (reference.map { [$0] } ?? [])
      + (previous.map { [$0] } ?? [])
    guard !paths.contains("-") else {
      throw UsageError("files are compared by their digests; standard input cannot be reproduced")
    }
    try InputFiles.checkPresence(paths)
  }

  /// A file with what the document says of it.
  private struct Expected {
    var role: String
    var path: String
    var record: InputRecord
  }

  private func inputs(of document: EvaluationDocument) throws(UsageError) -> [Expected] {
    let draws = document.draws?.inputs ?? [document.inputs.synthetic]
    var problems: [String] = []
    if draws.count != synthetic.count {
      problems.append(
        "the document was made from \(draws.count) synthetic tables, and \(synthetic.count) were "
          + "given by --synthetic")
    }
    if document.inputs.holdout != nil, holdout == nil {
      problems.append("the document was made with a holdout; give it by --holdout")
    }
    if document.inputs.holdout == nil, holdout != nil {
      problems.append("the document was made without a holdout; leave --holdout out")
    }
    if document.inputs.reference != nil, reference == nil {
      problems.append("the document was made with a reference; give it by --reference")
    }
    if document.inputs.reference == nil, reference != nil {
      problems.append("the document was made without a reference; leave --reference out")
    }
    guard problems.isEmpty else { throw UsageError(problems) }
    var expected = [Expected(role: "real", path: real, record: document.inputs.training)]
    expected += zip(synthetic, draws).map { Expected(role: "synthetic", path: $0, record: $1) }
    if let holdout, let record = document.inputs.holdout {
      expected.append(Expected(role: "holdout", path: holdout, record: record))
    }
    if let reference, let record = document.inputs.reference {
      expected.append(Expected(role: "reference", path: reference, record: record))
    }
    return expected
  }

  /// Names every file that is not the one that the document was made from.
  private static func checkDigests(_ expected: [Expected]) throws {
    var problems: [String] = []
    for one in expected where !one.record.sha256.isEmpty {
      try Task.checkCancellation()
      let digest = try MappedFile.open(one.path).sha256()
      if digest != one.record.sha256 {
        problems.append(
          "\(one.path) is not the \(one.role) table of the document: its SHA-256 begins with "
            + "\(digest.prefix(12)), the document's with \(one.record.sha256.prefix(12))")
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
  }

  /// The files with vectors, which a document that was made with some needs.
  private func embeddingFiles(of document: EvaluationDocument) throws -> EmbeddingFiles? {
    let isNeeded = document.plan.sampling["embedding"]?.objectValue != nil
    guard isNeeded else {
      guard embeddings.isEmpty else {
        throw UsageError("the document was made without embeddings; leave --embedding-… out")
      }
      return nil
    }
    let files = try EmbeddingFiles(
      real: embeddings.real, synthetic: embeddings.synthetic, holdout: embeddings.holdout,
      draws: synthetic.count, hasHoldout: holdout != nil)
    try InputFiles.checkPresence(files.paths)
    return files
  }

  private func rerun(
    _ recorded: EvaluationDocument, _ expected: [Expected], _ options: EvaluationOptions,
    _ vectors: EmbeddingFiles?
  ) async throws -> EvaluationDocument {
    let progress = ProgressDisplay.fitting(context.terminal, isQuiet: isQuiet)
    defer { progress.finish() }
    var timings = Timings(threads: threads)
    let sides = expected.filter { $0.role != "synthetic" }
    let side = try RealSide.read(
      sides.map { ($0.role, $0.path, $0.record.name) }, options: options.reading,
      progress: progress)
    progress.phase("preparing the plan")
    let prepared = try PreparedEvaluation(
      training: side.training, holdout: side.holdout, reference: side.reference,
      options: options)
    let draws = expected.filter { $0.role == "synthetic" }
    return try await DrawsRun(
      prepared: prepared, paths: draws.map(\.path), names: draws.map(\.record.name),
      embeddings: vectors?.synthetic ?? [], reading: options.reading
    ).document(
      besides: side.inputs, progress: progress, timings: &timings)
  }

  /// The sentences of a comparison.
  ///
  /// The command beside a requirement names the policy's file, which may lie elsewhere now.
  static func report(
    _ recorded: EvaluationDocument, _ now: EvaluationDocument, _ verdict: ReproducedVerdict
  ) -> Report {
    // What a policy cannot decide is in a plan that was made for that policy; 'gate' judges plans of others.
    let wasPlanned = recorded.plan.judging?.policy == recorded.verdict.policy
    let documents = [recorded, now].map { document in
      var document = document
      for index in document.verdict.requirements.indices {
        document.verdict.requirements[index].command = nil
      }
      if verdict.obstacle != nil || !wasPlanned { document.plan.judging = nil }
      return document
    }
    let found = DocumentComparison(documents[0], documents[1])
    var lines: [String] = []
    if found.isIdentical {
      lines.append(
        "identical: \(recorded.scores.count) scores, \(recorded.dimensions.count) dimensions, "
          + "\(recorded.findings.count) findings")
    } else {
      lines.append("differs: \(found.scores.count) of \(recorded.scores.count) scores")
      if let first = found.scores.first { lines.append("first: " + words(first)) }
      if let other = found.others.first {
        lines.append(
          "besides scores: \(found.others.count) "
            + (found.others.count == 1 ? "member" : "members") + ", first \(other.sentence)")
      }
    }
    if found.tolerance > 0 {
      let kernels = [recorded, now].map { $0.tool.libraries["kernel"] ?? "unknown" }
      lines.append(
        "numbers were compared to 1e-9: the kernel of the document is \(kernels[0]), here "
          + kernels[1])
    }
    if let obstacle = verdict.obstacle {
      lines.append("the verdict was not compared: \(obstacle)")
    } else if found.isIdentical, !recorded.verdict.isFirstLook {
      lines.append(
        "the verdict of policy \(recorded.verdict.policy.name) is the same: "
          + recorded.verdict.status.rawValue)
    }
    return Report(
      isIdentical: found.isIdentical, lacksPolicy: verdict.obstacle != nil,
      lines: lines + versions(recorded, with: now.tool))
  }

  private static func words(_ difference: DocumentComparison.ScoreDifference) -> String {
    let name = difference.key.sentence
    guard difference.isInSecond else { return "\(name): in the document, not here" }
    guard difference.isInFirst else { return "\(name): here, not in the document" }
    return "\(name): " + (difference.members.first?.sentence ?? "")
  }

  private static func versions(
    _ recorded: EvaluationDocument, with tool: ToolInfo
  ) -> [String] {
    let then = recorded.tool.version
    return then == tool.version
      ? [] : ["the document is of assay \(then), this is assay \(tool.version)"]
  }
}

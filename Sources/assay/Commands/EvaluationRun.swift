import AssayReport
import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import Foundation
import Logging

/// One evaluation from files to files.
struct EvaluationRun: Sendable {
  let settings: Settings
  /// Whether the plan is printed and nothing else is done.
  let onlyPlan: Bool
  let context: RunContext

  /// Reads, judges, writes.
  ///
  /// - Returns: 0, 2 where a metric failed, 65 where form is at fault under `--strict`.
  func run() async throws -> ExitStatus {
    let layer = settings.layer
    let isQuiet = layer.quiet ?? false
    let log = context.log(isVerbose: layer.verbose ?? false)
    let output = try settings.output()
    let files = try InputFiles(layer, needsSynthetic: !onlyPlan)
    let unknown = Settings.unknownMetrics(layer.metrics ?? [], in: .standard)
    guard unknown.isEmpty else { throw UsageError(unknown) }
    let earlier = try layer.history.map { try PolicyHistory.documents(in: $0) }
    let choice = try PolicyChoice.made(by: layer, earlier: earlier)
    try files.check()
    let vectors = try EmbeddingFiles(layer, draws: files.draws.count)
    try InputFiles.checkPresence(vectors?.paths ?? [])
    if !onlyPlan { try checkOutput(output, files) }
    let audience =
      onlyPlan
      ? nil : try ExternalAudience.asked(by: layer, output: output, inputs: files.paths)
    let schema = try InputReader.schema(layer.schema)
    let frozen = try layer.planFile.map(PlanFile.read)
    let bound = try frozen.map { try PlanBinding($0).options(settings, schema: schema) }

    let progress = ProgressDisplay.fitting(context.terminal, isQuiet: isQuiet)
    defer { progress.finish() }
    var timings = Timings(threads: settings.threads)
    var reading = settings.reading(environment: context.environment)
    if let bound { reading = PlanBinding.reading(bound, reading) }
    log.debug("reading", metadata: ["threads": "\(settings.threads)"])
    let real = try readReal(files, reading, progress)
    timings.end("read real rows")
    let declared = InputReader.declaring(
      missing: layer.missing ?? [], in: settings.declared(schema: schema),
      training: real.training, holdout: real.holdout)
    progress.phase("preparing the plan")
    var options = bound ?? settings.options(declared: declared, reading: reading)
    options.policy = choice?.policy
    options.embeddings = try vectors?.realSide(reading)
    let prepared = try PreparedEvaluation(
      training: real.training, holdout: real.holdout, reference: real.reference, options: options)
    timings.end("prepare")
    log.debug("plan frozen", metadata: ["hash": "\(prepared.planRecord.hash)"])
    if onlyPlan {
      progress.finish()
      tellUndecidable(prepared.planRecord.judging, isQuiet: isQuiet)
      try Stream.output(try JSONText.bytes(prepared.planRecord))
      return .success
    }
    var first: RawTable?
    var document = try await DrawsRun(
      prepared: prepared, paths: files.draws, names: DrawsRun.names(layer.name, files.draws.count),
      embeddings: vectors?.synthetic ?? [], reading: reading
    ) {
      first = $0
      tellUndecidable(choice, real, $0, progress)
    }.document(besides: real.inputs, progress: progress, timings: &timings)
    timings.end("measure")
    if let path = layer.exposure, let first {
      progress.phase("listing exposed records")
      try await ExposureFile(path).write(prepared, synthetic: first)
      timings.end("list exposed records")
    }
    if let earlier, let number = EvaluationLedger(earlier).number(of: document) {
      document.note(evaluation: number)
    }
    var judgement = try choice?.judge(&document)
    progress.phase("writing")
    let outcome = Self.outcome(
      document, isStrict: layer.strict ?? false, judgement: judgement)
    // From here on there is only what readers may see. A policy's file names columns, too.
    let place = audience == nil ? choice?.place ?? .document : .document
    if let audience {
      document = try audience.document(document)
      judgement?.verdict = document.verdict
    }
    let scan = RareCellScan(
      tables: [real.training, real.holdout].compactMap(\.self), k: prepared.plan.k)
    let written = try output.write(document, place: place) { finished in
      try RareCells.refuse(scan.columns(in: document, files: finished))
    }
    timings.end("write")
    if let path = layer.timings { try timings.write(to: path) }
    progress.finish()
    for (name, value) in timings.phases.map({ ($0.phase, $0.seconds) }) {
      log.debug("\(name)", metadata: ["seconds": "\(value)"])
    }
    if let judgement, !isQuiet || layer.ci == .github {
      let system = (layer.ci ?? .auto).resolved(context.environment)
      for line in system.lines(judgement, place: place) { Stream.error(line) }
    }
    if !isQuiet {
      try printSummary(document, outcome, output, written: written, timings)
    }
    return outcome.status
  }

  /// Says before anything is measured which requirements these numbers of rows cannot decide.
  private func tellUndecidable(
    _ choice: PolicyChoice?, _ real: RealSide, _ synthetic: RawTable, _ progress: ProgressDisplay
  ) {
    // A report for readers outside says it too, and a log may be read outside as well.
    guard let policy = choice?.policy, !(settings.layer.quiet ?? false),
      settings.layer.audience != .external
    else { return }
    let open = PolicyFeasibility(
      training: real.training.rowCount, synthetic: synthetic.rowCount,
      holdout: real.holdout?.rowCount
    ).undecidable(policy)
    guard !open.isEmpty else { return }
    progress.finish()
    tell(open, of: policy.name)
  }

  /// The same of a plan that is only printed.
  private func tellUndecidable(_ judging: PlannedJudging?, isQuiet: Bool) {
    guard let judging, !isQuiet else { return }
    tell(judging.undecidable, of: judging.policy.name)
  }

  private func tell(_ lines: [String], of policy: String) {
    for line in lines { Stream.error(VisibleText.line("assay: policy \(policy): \(line)")) }
  }

  private func checkOutput(_ output: OutputPlan, _ files: InputFiles) throws {
    try output.check(inputs: files.paths)
    if let path = settings.layer.timings, let problem = OutputPlan.problem(path) {
      throw OutputError(problem)
    }
    if let path = settings.layer.exposure {
      try ExposureFile(path).check(hasHoldout: settings.layer.holdout != nil)
    }
  }

  /// Reads the real side; if it fails, the synthetic file is read too, so that its problems are
  /// told at the same time.
  private func readReal(
    _ files: InputFiles, _ reading: ReadingOptions, _ progress: ProgressDisplay
  ) throws -> RealSide {
    do {
      return try RealSide.read(
        files.realSide.map { ($0.role, $0.path, nil) }, options: reading, progress: progress)
    } catch let error where error is TableError || error is SeveralErrors {
      var errors = (error as? SeveralErrors)?.errors ?? [error]
      if let path = files.synthetic, path != "-" {
        do { _ = try InputReader.read([(path, nil)], options: reading, progress: progress) } catch {
          errors.append(error)
        }
      }
      progress.finish()
      if errors.count == 1 { throw errors[0] }
      throw SeveralErrors(errors: errors)
    }
  }

  /// The gravest finding as `explain` takes it: by its columns, or by its number where their names would
  /// have to be quoted.
  private static func explaining(_ document: EvaluationDocument) -> String? {
    guard let place = document.findings.firstIndex(where: { $0.severity != .notice }) else {
      return nil
    }
    let columns = document.findings[place].subject.columns
    let isPlain = columns.allSatisfy { name in
      !name.isEmpty && !name.hasPrefix("-")
        && name.utf8.allSatisfy { byte in
          (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte) || [0x2D, 0x2E, 0x5F].contains(byte)
        }
    }
    let isShort = (1...2).contains(columns.count) && columns.joined().count <= 40
    return isPlain && isShort ? columns.joined(separator: ",") : "\(place + 1)"
  }

  /// The exit status of a document and its word.
  static func outcome(
    _ document: EvaluationDocument, isStrict: Bool, judgement: PolicyJudgement? = nil
  ) -> (status: ExitStatus, word: String) {
    let faults = document.findings.filter {
      $0.dimension == .diagnostics && $0.severity <= .warning
    }
    if isStrict, !faults.isEmpty {
      return (.data, "form at fault: \(faults.count) under --strict")
    }
    if let judgement, judgement.consequence == .failed { return judgement.outcome }
    let failed = document.scores.filter { $0.status == .failed }.count
    if failed > 0 { return (.undecided, failed == 1 ? "a metric failed" : "metrics failed") }
    return judgement?.outcome ?? (.success, "evaluated")
  }

  private func printSummary(
    _ document: EvaluationDocument, _ outcome: (status: ExitStatus, word: String),
    _ output: OutputPlan, written: [String], _ timings: Timings
  ) throws {
    let hasPage = output.folder != nil && output.formats.contains(.html)
    var next: [String] = []
    if hasPage {
      let isStandard = output.folder == OutputPlan.standardFolder
      next.append(isStandard ? "assay open" : "assay open \(output.folder ?? "")")
      if isStandard, output.formats.contains(.json) {
        next.append(contentsOf: Self.explaining(document).map { ["assay explain \($0)"] } ?? [])
      }
    }
    if !FileManager.default.fileExists(atPath: ConfigurationFile.standardName) {
      next.append("assay init")
    }
    let summary = RunSummary(
      timings: timings, folder: output.folder, written: written, next: next,
      status: outcome.status, word: outcome.word)
    try summary.show(
      document, plan: output, on: context.terminal, colour: settings.layer.color ?? .auto)
  }
}

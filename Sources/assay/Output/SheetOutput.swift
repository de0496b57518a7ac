import AssayDocument
import AssayFiles
import AssayReport

/// The page, the summary and the lines of what several documents say together.
struct SheetPages: Sendable {
  private let renderer: SheetRenderer

  init(_ comparison: CandidateComparison) { renderer = SheetRenderer(comparison) }
  init(_ change: ReleaseChange) { renderer = SheetRenderer(change) }
  init(_ trend: ReleaseTrend) { renderer = SheetRenderer(trend) }

  /// The bytes in a format.
  func bytes(_ format: ReportFormat) -> [UInt8] {
    format == .html ? renderer.html() : renderer.markdown()
  }

  /// What a terminal shows.
  func text(on terminal: Terminal, _ colour: Terminal.Colour) -> String {
    renderer.text(
      TerminalStyle(
        width: terminal.width, usesColour: terminal.usesColour(colour),
        usesUnicode: terminal.showsUnicode))
  }
}

/// Where a page about several documents goes: a folder of three files, or single files.
struct SheetOutput: Sendable {
  private static let formats: [ReportFormat] = [.html, .json, .markdown]
  private let name: String
  private let folder: String?
  /// Checks files and folder, and writes neither; nil where nothing is written.
  private let plan: OutputPlan?

  /// Takes the places from settings; `name` is that of the files, and of the folder behind `assay-`.
  ///
  /// A folder is written where one was named, or where nothing was and `writesFolder` is set.
  init(_ layer: SettingsLayer, name: String, writesFolder: Bool = true) throws(UsageError) {
    self.name = name
    let targets = layer.targets
    let isFolder = layer.output != nil || (targets.isEmpty && writesFolder)
    folder = isFolder ? layer.output ?? "assay-\(name)" : nil
    plan =
      isFolder || !targets.isEmpty
      ? try OutputPlan(folder: folder, formats: isFolder ? [] : nil, targets: targets) : nil
  }

  /// Checks that all can be written and that no input is overwritten.
  func check(inputs: [String]) throws { try plan?.check(inputs: inputs) }

  /// Writes what was asked for.
  ///
  /// - Parameters:
  ///   - json: The document.
  ///   - pages: The page and the summary.
  ///   - check: Looks at the finished files before any is written.
  /// - Returns: The names of the files.
  /// - Throws: What cannot be written, and what `check` throws.
  func write(
    json: [UInt8], _ pages: SheetPages, check: (_ finished: [[UInt8]]) throws -> Void = { _ in }
  ) throws -> [String] {
    func bytes(_ format: ReportFormat) -> [UInt8] {
      format == .json ? json : pages.bytes(format)
    }
    try check([json, pages.bytes(.html), pages.bytes(.markdown)])
    try Task.checkCancellation()
    var written: [String] = []
    if let folder {
      let endings: [ReportFormat: String] = [.html: "html", .json: "json", .markdown: "md"]
      let files = Self.formats.map { (name: "\(name).\(endings[$0] ?? "")", bytes: bytes($0)) }
      try ReportFolder(folder).write(files)
      written += files.map { "\(folder)/\($0.name)" }
    }
    let targets = plan?.targets ?? []
    for target in targets where target.path != "-" {
      try AtomicFile.write(bytes(target.format), to: target.path)
      written.append(target.path)
    }
    for target in targets where target.path == "-" { try Stream.output(bytes(target.format)) }
    return written
  }

  /// Prints the lines, to standard error where standard output carries a format.
  func show(_ text: String, written: [String]) throws {
    let names = written.map(VisibleText.line).joined(separator: "  ")
    let all = text + (names.isEmpty ? "" : "Wrote \(names)   (internal: made from real data)\n")
    if plan?.usesStandardOutput == true { Stream.rawError(all) } else { try Stream.output(all) }
  }
}

import AssayDocument
import AssayFiles
import AssayReport
import Foundation

/// Where a report goes: a folder, single files, standard output.
struct OutputPlan: Sendable, Equatable {
  /// The folder that is written to unless the user says otherwise.
  static let standardFolder = "assay-report"

  /// A file that was asked for by name; `-` is standard output.
  struct Target: Sendable, Equatable {
    var format: ReportFormat
    var path: String
  }

  /// The folder, if one is written.
  var folder: String?
  /// The formats that go into the folder.
  var formats: [ReportFormat]
  /// Files that were asked for by name.
  var targets: [Target]

  /// Without any output setting everything goes into the standard folder; files that are named
  /// stand alone unless a folder or formats are given too.
  init(
    folder: String?, formats: [ReportFormat]?, targets: [Target],
    standardFormats: [ReportFormat] = ReportFormat.standard
  ) throws(UsageError) {
    let isFolder = folder != nil || formats != nil || targets.isEmpty
    self.folder = isFolder ? folder ?? Self.standardFolder : nil
    self.formats = isFolder ? formats ?? standardFormats : []
    self.targets = targets
    if targets.filter({ $0.path == "-" }).count > 1 {
      throw UsageError("only one format can go to standard output")
    }
    let paths = targets.map(\.path)
    if Set(paths).count < paths.count {
      throw UsageError("two formats go to the same file")
    }
    if self.folder == "-" || self.folder == "" {
      throw UsageError("--output names a folder; use --html - or --json - for standard output")
    }
    if targets.contains(where: { $0.format == .pdf && $0.path == "-" }) {
      throw UsageError("a PDF is written by a browser and needs a file: --pdf report.pdf")
    }
  }

  /// Whether standard output carries a format, so that the summary must go elsewhere.
  var usesStandardOutput: Bool { targets.contains { $0.path == "-" } }

  /// Checks, before any work is done, that output can be written and overwrites no input.
  func check(inputs: [String]) throws {
    var problems: [String] = []
    if let folder {
      do throws(OutputError) { try ReportFolder(folder).check() } catch {
        problems.append(error.description)
      }
    }
    let taken = inputs.filter { $0 != "-" }.compactMap(FileIdentity.init)
    for target in targets where target.path != "-" {
      if let identity = FileIdentity(target.path), taken.contains(identity) {
        throw UsageError("\(target.path) is an input and would be overwritten")
      }
      if let problem = Self.problem(target.path) { problems.append(problem) }
    }
    if (formats + targets.map(\.format)).contains(.pdf) {
      do throws(OutputError) { _ = try PDFPrinter.found() } catch {
        problems.append(error.description)
      }
    }
    guard problems.isEmpty else { throw OutputError(problems.joined(separator: "\n")) }
  }

  /// Renders a document in every format, then writes; nothing is written if anything fails to render.
  ///
  /// - Parameters:
  ///   - document: The document.
  ///   - place: Where the policy is written down.
  ///   - check: Looks at the finished files before any is written.
  /// - Returns: The names of the files that were written: those in the folder by name, others by path.
  /// - Throws: What cannot be rendered or written, and what `check` throws.
  func write(
    _ document: EvaluationDocument, place: PolicyPlace = .document,
    check: (_ finished: [[UInt8]]) throws -> Void = { _ in }
  ) throws -> [String] {
    let inFolder = try formats.map {
      ($0.fileName, try ReportFiles.bytes(document, as: $0, place: place))
    }
    let alone = try targets.map {
      ($0.path, try ReportFiles.bytes(document, as: $0.format, place: place))
    }
    try check(inFolder.map(\.1) + alone.map(\.1))
    try Task.checkCancellation()
    var written: [String] = []
    if let folder {
      try ReportFolder(folder).write(inFolder)
      written += inFolder.map(\.0)
    }
    for (path, bytes) in alone where path != "-" {
      try AtomicFile.write(bytes, to: path)
      written.append(path)
    }
    for (path, bytes) in alone where path == "-" { try Stream.output(bytes) }
    return written
  }

  /// Why a file cannot be written, or nil.
  static func problem(_ path: String) -> String? {
    if PathKind(path) == .folder {
      return "\(path): is a folder; give a file name"
    }
    // A device is written to, so that the folder that it stands in need not be writable.
    if AtomicFile.isWrittenThrough(path) {
      return FileManager.default.isWritableFile(atPath: path)
        ? nil : "\(path): this user may not write to it"
    }
    let parent = (path as NSString).deletingLastPathComponent
    let place = parent.isEmpty ? "." : parent
    guard PathKind(place) == .folder else {
      return "\(path): the folder \(place) does not exist"
    }
    let isWritable = FileManager.default.isWritableFile(atPath: place)
    return isWritable ? nil : "\(path): the folder is not writable"
  }
}

/// Which file a path leads to, whatever it is called.
struct FileIdentity: Equatable {
  private let number: [UInt64]

  /// Looks a file up; nil where there is none.
  init?(_ path: String) {
    guard
      let attributes = try? FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path),
      let file = (attributes[.systemFileNumber] as? NSNumber)?.uint64Value,
      let device = (attributes[.systemNumber] as? NSNumber)?.uint64Value
    else { return nil }
    number = [device, file]
  }
}

import ArgumentParser
import AssayFiles
import AssayReport
import AssayTable
import Foundation

/// `assay split`: sets rows aside before a generator is trained.
struct SplitCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Set real rows aside as a holdout, before the next training.",
    usage: "assay split FILE [--holdout SHARE] [--group COL] [--seed N] [-o DIR]",
    discussion: """
      Writes NAME_training and NAME_holdout beside the file. Rows are copied byte
      for byte. Identical rows stay together, so that no holdout row is trained on.
      A holdout drawn after training proves nothing: train on the training file.

      Examples:
        assay split real.csv
        assay split visits.csv --group patient_id --holdout 0.3 -o data/
      """)

  @Argument(help: ArgumentHelp("A table of real rows; - is standard input.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Share of the rows to set aside.", valueName: "share"))
  var holdout: String = "0.2"

  @Option(
    help: ArgumentHelp(
      "Keep all rows of one value of this column together, such as a patient's.", valueName: "col"))
  var group: String?

  @Option(help: ArgumentHelp("Seed of the draw.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Folder to write to (default: the file's own).", valueName: "dir"))
  var output: String?

  @Flag(help: "Replace files that exist.")
  var force = false

  @OptionGroup(title: "Reading") var reading: ReadingFlags

  func run(in context: RunContext) async throws -> ExitStatus {
    let share = try Self.share(holdout)
    let settings = Settings(
      try .flags(reading.values), defaultThreads: context.defaultThreads)
    try InputFiles.checkPresence([file])
    let names = outputNames()
    try check(names)
    let stored = try MappedFile.open(file)
    var options = settings.reading(environment: context.environment)
    options.computesDigest = false
    let table = try TableReader(options: options).read(stored)
    let contents = try stored.inflated()
    let scanner = RecordScanner(contents.bytes(in: 0..<contents.count))
    let layout = try Self.layout(scanner, table, file: file)
    let bodies = layout.rows.map(scanner.body)
    let identical = RowSplit.units(of: bodies)
    let split = RowSplit(
      units: try units(table, bodies) ?? identical, share: share, seed: seed)
    guard split.heldRows > 0, split.heldRows < table.rowCount else {
      throw DataError(
        "\(table.name): \(Count.rows(table.rowCount)) in \(split.units) sets that must stay "
          + "together cannot be split in two")
    }
    try Task.checkCancellation()
    try write(
      [
        (names.training, scanner.file(layout) { !split.isHeldOut[$0] }),
        (names.holdout, scanner.file(layout) { split.isHeldOut[$0] }),
      ])
    let repeats = table.rowCount - (identical.max() ?? -1) - 1
    try Stream.output(summary(split, rows: table.rowCount, names: names, repeats: repeats))
    return .success
  }

  /// A share, as 0.2 or 20%.
  static func share(_ text: String) throws(UsageError) -> Double {
    let isPercent = text.hasSuffix("%")
    let number = Double(isPercent ? String(text.dropLast()) : text)
    let share = number.map { isPercent ? $0 / 100 : $0 }
    guard let share, share > 0, share < 1 else {
      throw UsageError("--holdout takes a share above 0 and below 1, such as 0.2 or 20%")
    }
    return share
  }

  /// The two names: compression dropped, the rest of the extension kept.
  func outputNames() -> (training: String, holdout: String) {
    var parts = file == "-" ? ["table.csv"] : file.split(separator: "/").map(String.init)
    var name = parts.popLast() ?? "table.csv"
    for suffix in [".gz", ".zst", ".gzip", ".zstd"] where name.lowercased().hasSuffix(suffix) {
      name = String(name.dropLast(suffix.count))
    }
    let dot = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 }
    let stem = String(dot.map { name[..<$0] } ?? name[...])
    let ending = dot.map { String(name[$0...]) } ?? ""
    let own = (file.hasPrefix("/") ? "/" : "") + parts.map { $0 + "/" }.joined()
    let folder = output.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? own
    return ("\(folder)\(stem)_training\(ending)", "\(folder)\(stem)_holdout\(ending)")
  }

  private func check(_ names: (training: String, holdout: String)) throws(OutputError) {
    if let output, PathKind(output) == .file {
      throw OutputError("\(output): is a file; --output names a folder")
    }
    for name in [names.training, names.holdout] {
      if PathKind(name) != .nothing, !force {
        throw OutputError(
          "\(name) exists; --force replaces it, and a new draw needs a new training")
      }
      let isLater = output.map { PathKind($0) == .nothing } ?? false
      if !isLater, let problem = OutputPlan.problem(name) { throw OutputError(problem) }
    }
  }

  /// Where the rows of a file stand.
  static func layout(
    _ scanner: RecordScanner, _ table: RawTable, file: String
  ) throws -> RecordScanner.Layout {
    let layout: RecordScanner.Layout
    switch table.source.format {
    case .jsonLines where table.source.encoding == .utf8: layout = scanner.lines()
    case .delimitedText
    where ![.utf16BigEndian, .utf16LittleEndian].contains(table.source.encoding):
      guard let delimiter = table.source.delimiter?.asciiValue else { fallthrough }
      layout = scanner.delimited(
        by: delimiter, hasHeader: table.source.hasHeader, columns: table.columns.count)
    default:
      throw DataError(
        "\(file): rows of \(table.source.format.rawValue) in \(table.source.encoding.rawValue) "
          + "cannot be copied byte for byte; write it as CSV in UTF-8 first, such as with "
          + "iconv -f UTF-16 -t UTF-8")
    }
    guard layout.rows.count == table.rowCount else {
      throw DataError(
        "\(file): \(layout.rows.count) records were found and \(table.rowCount) rows were read; "
          + "the file's quotes are irregular: write it anew first")
    }
    return layout
  }

  private func units(_ table: RawTable, _ bodies: [ArraySlice<UInt8>]) throws(DataError) -> [Int]? {
    guard let group else { return nil }
    guard let column = table.columns.first(where: { $0.name == group }) else {
      let near = EditDistance.suggestion(for: group, among: table.columns.map(\.name))
      throw DataError(
        "\(table.name): there is no column '\(group)'"
          + (near.map { "; did you mean '\($0)'?" } ?? ""))
    }
    return RowSplit.units(of: column, bodies: bodies)
  }

  private func write(_ files: [(path: String, bytes: [UInt8])]) throws {
    if let output {
      do {
        try FileManager.default.createDirectory(
          atPath: output, withIntermediateDirectories: true)
      } catch {
        throw OutputError("\(output): cannot be made: \(error.localizedDescription)")
      }
    }
    var written: [String] = []
    do throws(FileError) {
      for file in files {
        try AtomicFile.write(file.bytes, to: file.path)
        written.append(file.path)
      }
    } catch {
      for path in written { try? FileManager.default.removeItem(atPath: path) }
      throw error
    }
  }

  private func summary(
    _ split: RowSplit, rows: Int, names: (training: String, holdout: String), repeats: Int
  ) -> String {
    let held = split.heldRows
    var table = TextTable()
    table.add(["training", names.training, Count.rows(rows - held)])
    table.add([
      "holdout", names.holdout, "\(Count.rows(held)) (\(Count.percent(held, of: rows)))",
    ])
    var text = table.text(width: 1_000)
    if let group {
      text +=
        "\(Count.text(split.heldUnits)) of \(Count.text(split.units)) entities by "
        + "'\(VisibleText.line(group))' are in the holdout; each is on one side only\n"
    }
    if repeats > 0 {
      text +=
        "\(Count.rows(repeats)) \(repeats == 1 ? "repeats" : "repeat") another row exactly; "
        + "identical rows stay on one side\n"
    }
    text += "Train the generator on the training file alone, then:\n"
    text +=
      "  assay \(VisibleText.line(ShellWord.quoted(names.training))) SYNTHETIC "
      + "-H \(VisibleText.line(ShellWord.quoted(names.holdout)))\n"
    return text
  }
}

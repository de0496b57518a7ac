import AssayDocument
import AssayFiles
import AssayTable
import Foundation

/// The tables that an evaluation reads, checked before any of them is opened.
struct InputFiles: Sendable, Equatable {
  var real: String
  var synthetic: String?
  /// More draws of the generator that made the synthetic table.
  var furtherDraws: [String] = []
  var holdout: String?
  /// Rows of the population that neither side holds.
  var reference: String?

  /// The most draws that one run takes.
  static let mostDraws = 20

  /// Takes the paths from settings; `needsSynthetic` says whether the rows under test must be given.
  ///
  /// `form` is how the command is written.
  ///
  /// - Throws: ``UsageError`` for what is missing or too much.
  init(
    _ layer: SettingsLayer, needsSynthetic: Bool, form: String = "assay REAL SYNTHETIC"
  ) throws(UsageError) {
    var problems: [String] = []
    if layer.real == nil { problems.append("no real table was given: \(form)") }
    let draws = needsSynthetic ? layer.synthetic ?? [] : []
    if draws.isEmpty, needsSynthetic, layer.real != nil {
      problems.append("no synthetic table was given: \(form)")
    }
    if draws.count > Self.mostDraws {
      problems.append(
        "\(draws.count) synthetic tables were given; at most \(Self.mostDraws) draws of one "
          + "generator are judged together")
    }
    let given = [layer.real, layer.holdout, layer.reference] + draws
    let standard = given.filter { $0 == "-" }
    if standard.count > 1 {
      problems.append("only one table can come from standard input")
    }
    guard let real = layer.real, problems.isEmpty else { throw UsageError(problems) }
    self.real = real
    synthetic = draws.first
    furtherDraws = Array(draws.dropFirst())
    holdout = layer.holdout
    reference = layer.reference
  }

  /// Every path.
  var paths: [String] { draws + realSide.map(\.path) }

  /// The files that are read before the synthetic ones, by role.
  var realSide: [(role: String, path: String)] {
    [("real", real)] + (holdout.map { [("holdout", $0)] } ?? [])
      + (reference.map { [("reference", $0)] } ?? [])
  }

  /// The synthetic tables, in the order given.
  var draws: [String] { (synthetic.map { [$0] } ?? []) + furtherDraws }

  /// Checks that the files are there and are different files.
  func check() throws {
    try Self.checkPresence(paths)
    let roles =
      [("real", real)] + draws.map { ("synthetic", $0) } + realSide.dropFirst()
    let known = roles.filter { $0.1 != "-" }.compactMap { role in
      FileIdentity(role.1).map { (role.0, role.1, $0) }
    }
    for (position, first) in known.enumerated() {
      for second in known.dropFirst(position + 1) where first.2 == second.2 {
        throw DataError(Self.same(first.0, second.0, name: first.1))
      }
    }
  }

  /// Reports every file that is not there, with the name that may have been meant.
  static func checkPresence(_ paths: [String]) throws(InputError) {
    let problems = paths.filter { $0 != "-" && !FileManager.default.fileExists(atPath: $0) }
      .map { path in
        let near = FileNames.suggestion(for: path)
        return "\(path): no such file" + (near.map { "; did you mean '\($0)'?" } ?? "")
      }
    guard problems.isEmpty else { throw InputError(problems) }
  }

  /// The sentence for two sides that are one file.
  static func same(_ first: String, _ second: String, name: String) -> String {
    let sentence = "\(first) and \(second) are the same data (\(name))"
    switch (first, second) {
    case ("real", "synthetic"):
      return sentence + "; give the rows that the generator made as the second table"
    case ("synthetic", "synthetic"):
      return
        "two draws are the same data (\(name)); a generator that draws the same rows twice has "
        + "the same seed twice"
    case ("real", "holdout"):
      return sentence
        + "; a holdout holds real rows that the generator never saw: 'assay split' sets them aside "
        + "before the next training"
    case (_, "reference"), ("reference", _):
      return sentence + "; a reference holds rows of the population that no other table has"
    default:
      return sentence + "; the holdout must be real rows that the generator never saw"
    }
  }
}

/// What stays known of a table whose rows were let go.
struct ReadInput: Sendable {
  var role: String
  var name: String
  var sha256: String

  init(role: String, table: RawTable) {
    self.role = role
    name = table.name
    sha256 = table.source.sha256
  }
}

/// Reads the real side, and says at once what is wrong with every file.
enum InputReader {
  /// Two tables with the same bytes are an error.
  static func checkDigests(_ tables: [(role: String, table: RawTable)]) throws(DataError) {
    try checkDigests(tables.map { ReadInput(role: $0.role, table: $0.table) })
  }

  /// Two tables with the same bytes are an error, also where their rows are no longer at hand.
  static func checkDigests(_ inputs: [ReadInput]) throws(DataError) {
    for (position, first) in inputs.enumerated() {
      for second in inputs.dropFirst(position + 1)
      where !first.sha256.isEmpty && first.sha256 == second.sha256 {
        throw DataError(
          InputFiles.same(first.role, second.role, name: "\(first.name), \(second.name)"))
      }
    }
  }

  /// Reads several files; where one fails the others are still read for their own problems.
  static func read(
    _ files: [(path: String, name: String?)], options: ReadingOptions,
    progress: ProgressDisplay
  ) throws -> [RawTable] {
    var tables: [RawTable] = []
    var errors: [any Error] = []
    for file in files {
      try Task.checkCancellation()
      let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
      progress.phase("reading \(file.path == "-" ? "standard input" : name)")
      do throws(TableError) {
        tables.append(try TableReader(options: options).read(path: file.path, name: file.name))
      } catch {
        if error.code == .cancelled { throw CancellationError() }
        errors.append(error)
      }
    }
    if let only = errors.first, errors.count == 1 { throw only }
    guard errors.isEmpty else { throw SeveralErrors(errors: errors) }
    return tables
  }

  /// Reads the schema's file.
  static func schema(_ path: String?) throws -> SchemaDeclaration {
    guard let path else { return SchemaDeclaration() }
    try InputFiles.checkPresence([path])
    let file = try MappedFile.open(path)
    return try SchemaDeclaration(
      yaml: String(decoding: file.prefix(file.count), as: UTF8.self), file: path)
  }

  /// Adds missing-value words to what is said of every column that holds words, where they would
  /// otherwise be levels.
  static func declaring(
    missing: [String], in declared: SchemaDeclaration, training: RawTable, holdout: RawTable?
  ) -> SchemaDeclaration {
    guard !missing.isEmpty else { return declared }
    var out = declared
    let schema = SchemaInference(training: training, holdout: holdout, declared: declared).schema
    for column in schema.columns where !column.kind.isNumeric {
      let tokens = column.missingTokens + missing.filter { !column.missingTokens.contains($0) }
      if let position = out.columns.firstIndex(where: { $0.name == column.name }) {
        out.columns[position].missingTokens = tokens
      } else {
        out.columns.append(ColumnDeclaration(name: column.name, missingTokens: tokens))
      }
    }
    return out
  }
}

import AssayDocument
import AssayEvaluation
import AssayFiles
import Foundation

/// For whom a report is made.
enum Audience: String, Sendable, CaseIterable {
  /// Those who may see what real data gave.
  case `internal`
  /// Anybody: columns have other names, numbers two digits.
  case external
}

/// The form for readers outside: what makes it, and the file that undoes it.
struct ExternalAudience: Sendable {
  private let path: String
  private let key: AudienceKey
  private let isNew: Bool

  /// What settings ask for; nil where the report stays in the house.
  ///
  /// Everything that can be wrong with the key is found here, before any work is done.
  static func asked(
    by layer: SettingsLayer, output: OutputPlan, inputs: [String]
  ) throws -> ExternalAudience? {
    guard layer.audience == .external else {
      guard layer.audienceKey == nil else {
        throw UsageError("--audience-key belongs to --audience external")
      }
      return nil
    }
    guard let path = layer.audienceKey else {
      throw UsageError(
        "a report for readers outside needs a file that stays inside, with the key and the names of "
          + "the columns: --audience-key key.json")
    }
    guard path != "-" else {
      throw UsageError("--audience-key is secret and goes to a file, not to standard output")
    }
    try checkPlace(
      path, output, taken: inputs + [layer.timings, layer.exposure].compactMap(\.self))
    guard PathKind(path) != .nothing else {
      if let problem = OutputPlan.problem(path) { throw OutputError(problem) }
      return ExternalAudience(path: path, key: AudienceKey(), isNew: true)
    }
    return ExternalAudience(path: path, key: try read(path), isNew: false)
  }

  /// Turns down a document for readers outside where exact numbers and names are needed.
  static func refuse(_ document: EvaluationDocument, _ path: String, _ what: String) throws {
    guard document.about["audience"] == ExternalForm.audience else { return }
    throw DataError(
      "\(path): was made for readers outside, with rounded numbers and other names, and cannot be "
        + "\(what); take the internal report of the run")
  }

  /// The key must not lie where the report does, and overwrite nothing.
  private static func checkPlace(_ path: String, _ output: OutputPlan, taken: [String]) throws {
    func place(_ path: String) -> String {
      URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }
    let own = place(path)
    if let folder = output.folder.map(place), own == folder || own.hasPrefix(folder + "/") {
      throw UsageError(
        "\(path) would lie in the report's folder and be handed out with it; name a file elsewhere")
    }
    if (taken + output.targets.map(\.path)).contains(where: { $0 != "-" && place($0) == own }) {
      throw UsageError("\(path) is named twice; the key needs a file of its own")
    }
  }

  /// Reads a key that nobody else can have read.
  private static func read(_ path: String) throws -> AudienceKey {
    // Of the name itself: where a link leads may change.
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else {
      throw DataError("\(path): is no ordinary file, so it is not taken for a key")
    }
    guard (attributes?[.ownerAccountID] as? NSNumber)?.uint32Value == getuid() else {
      throw DataError("\(path): belongs to another user, who can read it; use a key of your own")
    }
    guard let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue, mode & 0o077 == 0
    else {
      throw DataError(
        "\(path): others may read or write it, so it keeps no secret; after chmod 600 it is taken, "
          + "if nobody has seen it")
    }
    let bytes = try MappedFile.open(path)
    do throws(AudienceKey.Unreadable) {
      return try AudienceKey(json: Data(bytes.prefix(bytes.count)))
    } catch {
      throw DataError("\(path): \(error.sentence)")
    }
  }

  /// The document for readers outside; the key is written first, so that no document goes without.
  func document(_ document: EvaluationDocument) throws -> EvaluationDocument {
    let form: ExternalForm
    do throws(ExternalForm.TooFewRows) { form = try ExternalForm(document, key: key) } catch {
      throw DataError(error.sentence)
    }
    let made = try form.made()
    try Task.checkCancellation()
    if isNew || form.key != key {
      try AtomicFile.write(Array(try form.key.json()), to: path, mode: 0o600)
    }
    return made
  }
}

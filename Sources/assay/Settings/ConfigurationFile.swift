import AssayFiles
import AssayTable
import Foundation
import Yams

/// Reads settings from `assay.yml`.
///
/// Its keys are the long options without their dashes, besides `version`, `roles` (columns with
/// their roles), `intended` (differences that are on purpose) and `about` (the owner's statements). Paths are relative to the file.
struct ConfigurationFile {
  /// The name that is looked for in the current folder.
  static let standardName = "assay.yml"
  /// The statements of `about` that have a place of their own; others are carried as they are.
  static let statements = [
    "title", "purpose", "recipients", "decision", "owner", "generator", "generatorVersion",
    "dpClaim",
  ]

  private let file: String
  private let folder: String
  private var layer = SettingsLayer()
  private var problems: [String] = []

  private init(file: String) {
    self.file = file
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    folder = parts.count > 1 ? parts.dropLast().joined(separator: "/") + "/" : ""
  }

  /// The layer of a file that was asked for, or with nil of ``standardName`` if there is one.
  ///
  /// - Throws: ``FileError`` where a file that was asked for cannot be opened, ``DataError`` with
  ///   every problem in it.
  static func layer(path: String?) throws -> SettingsLayer {
    if path == nil, !FileManager.default.fileExists(atPath: standardName) {
      return SettingsLayer()
    }
    let name = path ?? standardName
    try InputFiles.checkPresence([name])
    let bytes = try MappedFile.open(name)
    let text = String(decoding: bytes.prefix(1 << 20), as: UTF8.self)
    return try layer(yaml: text, file: name)
  }

  /// The layer of a file's text.
  static func layer(yaml: String, file: String) throws(DataError) -> SettingsLayer {
    let root: Node?
    do { root = try Yams.compose(yaml: yaml) } catch {
      throw DataError("\(file): not YAML: \(error)")
    }
    var reader = ConfigurationFile(file: file)
    if let root { reader.read(root) }
    guard reader.problems.isEmpty else { throw DataError(reader.problems) }
    return reader.layer
  }

  private mutating func note(_ node: Node, _ message: String) {
    problems.append("\(file):" + (node.mark.map { "\($0.line): " } ?? " ") + message)
  }

  private mutating func read(_ root: Node) {
    guard let mapping = root.mapping else {
      if root.string?.isEmpty == true { return }
      return note(root, "expected a mapping of settings, such as 'real: real.csv'")
    }
    var seen: Set<String> = []
    for (key, value) in mapping {
      let name = key.string ?? "?"
      guard seen.insert(name).inserted else {
        note(key, "'\(name)' is given twice")
        continue
      }
      switch name {
      case "version":
        if value.int != 1 { note(value, "version must be 1") }
      case "about": readAbout(value)
      case "roles": readRoles(value)
      case "intended":
        var reader = IntendedReader(file: file)
        layer.intended = reader.read(value)
        problems += reader.problems
      default:
        if let setting = SettingKey(rawValue: name) {
          set(setting, key, value)
        } else {
          note(
            key,
            unknown(name, SettingKey.allCases.map(\.rawValue) + ["about", "intended", "roles"]))
        }
      }
    }
  }

  private func unknown(_ name: String, _ known: [String]) -> String {
    let near = EditDistance.suggestion(for: name, among: known)
    return "unknown key '\(name)'"
      + (near.map { "; did you mean '\($0)'?" } ?? "; known: \(known.joined(separator: ", "))")
  }

  private mutating func set(_ setting: SettingKey, _ key: Node, _ value: Node) {
    var values: [String] = []
    for node in value.sequence.map(Array.init) ?? [value] {
      guard let text = node.scalar?.string else {
        return note(node, "'\(setting.rawValue)' takes \(setting.isList ? "words" : "one word")")
      }
      let isPath = setting.isPath || (setting == .policy && PolicyFile.isPath(text))
      values.append(isPath ? resolved(text) : text)
    }
    if values == [""], setting != .missing { values = [] }
    if let problem = layer.set(setting, to: values) {
      note(value.mark == nil ? key : value, problem)
    }
  }

  private func resolved(_ path: String) -> String {
    path.hasPrefix("/") || path == "-" || path.isEmpty ? path : folder + path
  }

  private mutating func readRoles(_ node: Node) {
    guard let mapping = node.mapping else {
      return note(node, "'roles' must name columns, as in 'age: quasi-identifier'")
    }
    var roles: [String: [ColumnRole]] = layer.roles ?? [:]
    for (key, value) in mapping {
      guard let column = key.scalar?.string else {
        note(key, "a column's name must be a word")
        continue
      }
      for item in value.sequence.map(Array.init) ?? [value] {
        do throws(SettingProblem) {
          roles[column, default: []].append(try SettingValue.role(item.scalar?.string ?? "?"))
        } catch {
          note(item, error.sentence)
        }
      }
    }
    layer.roles = roles
  }

  private mutating func readAbout(_ node: Node) {
    guard let mapping = node.mapping else {
      return note(node, "'about' must hold statements, as in 'title: Release of May'")
    }
    var about: [String: String] = [:]
    for (key, value) in mapping {
      let name = key.scalar?.string ?? "?"
      if !Self.statements.contains(name) {
        if EditDistance.suggestion(for: name, among: Self.statements) != nil {
          note(key, unknown(name, Self.statements))
          continue
        }
        if name == "audience" {
          note(key, "the audience of a report is decided by how it is made, not by a statement")
          continue
        }
      }
      guard let text = value.scalar?.string else {
        note(value, "'\(name)' must be one text")
        continue
      }
      if !text.isEmpty { about[name] = text }
    }
    layer.about = about
  }
}

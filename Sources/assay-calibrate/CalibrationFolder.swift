import Foundation

/// The folder that holds the pages and tables, and the overview of what is in it.
struct CalibrationFolder {
  let path: String
  /// The command that made the pages, without the names of parts.
  let command: String

  init(_ path: String, command: String) throws {
    self.path = path
    self.command = command
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// Writes the page and the tables of a part.
  func write(_ findings: CalibrationFindings, of part: CalibrationPart) throws {
    for table in findings.tables {
      try write(table.csv, to: Self.file(table, of: part))
    }
    let files = findings.tables.map { "[\(Self.file($0, of: part))](\(Self.file($0, of: part)))" }
    try write(
      """
      # \(part.title)

      \(part.meaning)

      \(Self.mark)\(findings.outcome)

      \(findings.text)
      Made by `\(command) \(part.name)`; every figure is in \(files.joined(separator: ", ")).

      """, to: "\(part.name).md")
  }

  /// Writes the overview of the parts whose pages there are.
  func writeOverview() throws {
    var text = """
      # How often decisions are wrong

      Measured on populations whose truth is known, seeded, by `make calibration`
      (`\(command)`). Each part can be run by its name:
      `\(command) \(CalibrationPart.all[0].name)`.


      """
    for part in CalibrationPart.all {
      guard let outcome = outcome(of: part) else { continue }
      text += "## [\(part.title)](\(part.name).md)\n\n\(part.meaning)\n\n\(outcome)\n\n"
    }
    try write(String(text.dropLast()), to: "README.md")
  }

  private static let mark = "**Outcome.** "

  private static func file(_ table: CalibrationTable, of part: CalibrationPart) -> String {
    table.name.isEmpty ? "\(part.name).csv" : "\(part.name)-\(table.name).csv"
  }

  /// The outcome on a page; `nil` where there is no page.
  private func outcome(of part: CalibrationPart) -> String? {
    guard let data = FileManager.default.contents(atPath: "\(path)/\(part.name).md") else {
      return nil
    }
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix(Self.mark) }.map(String.init)
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"), options: .atomic)
  }
}

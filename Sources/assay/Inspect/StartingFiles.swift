import AssayReport
import AssayTable

/// The files that `init` writes.
struct StartingFiles {
  /// Their names.
  static let names = [ConfigurationFile.standardName, "schema.yml", "assay-ci.yml"]

  let real: String
  let synthetic: String
  let holdout: String?
  /// How the files are read, where flags said so.
  let reading: SettingsLayer
  let inspection: TableInspection

  /// Names and texts.
  var files: [(name: String, text: String)] {
    [
      (Self.names[0], configuration), (Self.names[1], SchemaText.yaml(inspection)),
      (Self.names[2], pipeline),
    ]
  }

  private var configuration: String {
    """
    # Settings of assay: in this folder, 'assay' alone reads them. Flags and ASSAY_… variables
    # outrank this file. Keys are the long options without dashes; paths are relative to this file.
    version: 1

    # Inputs
    real: \(quoted(real))            # rows that the generator saw
    synthetic: \(quoted(synthetic))       # rows under test
    \(holdoutLine)
    #name: "my generator"       # the synthetic table's name in the report
    \(readingLines)

    # Columns
    schema: "schema.yml"
    \(roleLines)
    #exclude: ["column"]        # columns that are not looked at

    # Judging
    #preset: standard           # quick, standard or full
    #budget: 60                 # seconds
    #privacy-budget: 20         # of them for attacks
    #metrics: ["fidelity"]
    #policy: "release"          # gates the exit status; 'assay policy list' names others
    #strict: true               # exit status 65 if types, keys, ranges or spelling are at fault

    # Differences that are on purpose: judged by the declaration, the rest after reweighting to it.
    # Also {filter: {column: age, from: 18, to: 65}}, {enrich: {column: fraud, level: yes, factor: 10}}.
    #intended: [{column: "column", shares: {"a": 0.5, "b": 0.5}, margin: 0.02}]

    # Output: everything goes into assay-report/ unless one of these says otherwise
    #output: "assay-report"
    #format: [html, json, markdown, csv]

    # Run
    seed: 1
    #threads: 2

    # Statements of the owner, carried into the report word for word; others may be added
    about:
      title: ""
      purpose: ""
      recipients: ""
      decision: ""
      owner: ""
      generator: ""
      generatorVersion: ""
      dpClaim: ""

    """
  }

  private var holdoutLine: String {
    holdout.map { "holdout: \(quoted($0))         # real rows that the generator never saw" }
      ?? "#holdout: \"holdout.csv\"    # real rows that the generator never saw: leaks are judged by them"
  }

  private var readingLines: String {
    var lines: [String] = []
    if let delimiter = reading.delimiter {
      lines.append("delimiter: \(delimiter == "\t" ? "tab" : quoted(String(delimiter)))")
    }
    if let header = reading.header { lines.append("header: \(header)") }
    if let mark = reading.decimalMark { lines.append("decimal-mark: \(quoted(String(mark)))") }
    if let order = reading.dateOrder { lines.append("date-order: \(order.rawValue)") }
    if let missing = reading.missing {
      lines.append("missing: [\(missing.map(quoted).joined(separator: ", "))]")
    }
    return lines.isEmpty
      ? "#missing: [\"-9\"]           # further words for a missing value"
      : lines.joined(separator: "\n")
  }

  private var roleLines: String {
    let all = inspection.suggestions ?? []
    func line(_ key: String, _ role: ColumnRole, _ example: String, _ what: String) -> [String] {
      let found = all.filter { $0.role == role.rawValue }
      let reasons = found.map { "# \(comment($0.column)): \(comment($0.reason))" }
      let names = found.isEmpty ? [example] : found.map(\.column)
      return reasons + ["#\(key): [\(names.map(quoted).joined(separator: ", "))]   # \(what)"]
    }
    var lines = line("target", .target, "column", "what a model predicts")
    lines += line("sensitive", .sensitive, "column", "groups people for fairness")
    lines += line("group", .group, "column", "the entity that several rows belong to")
    let others = all.filter {
      ![ColumnRole.target, .sensitive, .group].map(\.rawValue).contains($0.role)
    }
    lines.append("#roles:")
    if others.isEmpty { lines.append("#  \"column\": quasi-identifier") }
    for one in others {
      lines.append("#  \(quoted(one.column)): \(one.role)   # \(comment(one.reason))")
    }
    return lines.joined(separator: "\n")
  }

  private var pipeline: String {
    """
    # A step for a pipeline: copy the part that fits. 'assay' reads assay.yml and decides by its
    # exit status. The report is made from real data: keep it where the real data may be.

    # GitHub Actions
    steps:
      - name: Judge the synthetic data
        run: assay --strict
      - name: Show the summary
        if: always()
        run: cat assay-report/summary.md >> "$GITHUB_STEP_SUMMARY"

    # GitLab
    #judge-synthetic-data:
    #  script: ["assay --strict"]
    #  artifacts: {when: always, access: developer, paths: ["assay-report/"]}

    """
  }

  private func comment(_ text: String) -> String { VisibleText.line(text) }

  /// A YAML double-quoted text.
  private func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default:
        if VisibleText.isHidden(scalar) {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          out += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out + "\""
  }
}

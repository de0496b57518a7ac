/// The formats that a report is written in.
enum ReportFormat: String, Sendable, CaseIterable, Hashable {
  case html, json, markdown, csv, junit, sarif
  case codeQuality = "code-quality"
  case badge, pdf

  /// What a folder gets unless the user says otherwise.
  static let standard: [ReportFormat] = [.html, .json, .markdown, .csv]

  /// The file's name in a report's folder.
  var fileName: String {
    switch self {
    case .html: "report.html"
    case .json: "report.json"
    case .markdown: "summary.md"
    case .csv: "scores.csv"
    case .junit: "junit.xml"
    case .sarif: "assay.sarif"
    case .codeQuality: "gl-code-quality-report.json"
    case .badge: "badge.svg"
    case .pdf: "report.pdf"
    }
  }

  /// The setting that writes the format to one file.
  var key: SettingKey {
    switch self {
    case .html: .html
    case .json: .json
    case .markdown: .markdown
    case .csv: .csv
    case .junit: .junit
    case .sarif: .sarif
    case .codeQuality: .codeQuality
    case .badge: .badge
    case .pdf: .pdf
    }
  }
}

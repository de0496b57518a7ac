/// The formats that a report is written in.
enum ReportFormat: String, Sendable, CaseIterable, Hashable {
  case html, json, markdown, csv

  /// The file's name in a report's folder.
  var fileName: String {
    switch self {
    case .html: "report.html"
    case .json: "report.json"
    case .markdown: "summary.md"
    case .csv: "scores.csv"
    }
  }
}

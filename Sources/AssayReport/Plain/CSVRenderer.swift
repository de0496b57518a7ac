public import AssayDocument

/// Renders all scores of a document as RFC 4180 comma-separated values.
///
/// Numbers are written so that they read back equal. A text that a spreadsheet would take for a
/// formula gets an apostrophe before it.
public struct CSVRenderer: DocumentRenderer {
  /// The name of the file in a report's folder.
  public var fileName: String { "scores.csv" }

  static let header = [
    "metric", "title", "dimension", "against", "column_1", "column_2", "more_columns", "segment",
    "target", "given", "facet", "parameters", "status", "value", "unit", "interval_lower",
    "interval_upper", "interval_level", "interval_method", "bound_lower", "bound_upper",
    "fresh_real_sample", "fresh_real_sample_spread", "far_end", "far_end_value", "scale",
    "holdout_value", "statistic", "p_value", "p_value_adjusted", "test_method", "rows_training",
    "rows_synthetic", "rows_holdout", "reason",
  ]

  /// Makes a renderer.
  public init() {}

  /// Renders a document's scores, one a line, in document order.
  ///
  /// - Complexity: O(n) in the number of scores.
  public func render(_ document: EvaluationDocument) -> [UInt8] {
    var descriptors: [MetricID: MetricDescriptor] = [:]
    for metric in document.metrics where descriptors[metric.id] == nil {
      descriptors[metric.id] = metric
    }
    var bytes: [UInt8] = []
    Self.append(Self.header, to: &bytes)
    for score in document.scores {
      let row = ScoreReading(score: score, descriptor: descriptors[score.metric])
      Self.append(Self.cells(row), to: &bytes)
    }
    return bytes
  }

  private static func cells(_ reading: ScoreReading) -> [String] {
    let score = reading.score
    let columns = score.subject.columns
    let anchor = reading.descriptor.flatMap { Wording.anchor($0.anchor) } ?? ""
    let parameters = score.parameters.sorted { $0.key < $1.key }.map {
      "\($0.key)=\(PlainDetail.text($0.value, .ascii))"
    }.joined(separator: ";")
    return [
      text(score.metric.rawValue), text(reading.title), score.dimension.rawValue,
      score.against.rawValue, text(columns.first), text(columns.count > 1 ? columns[1] : nil),
      text(columns.dropFirst(2).joined(separator: ";")), text(score.subject.segment),
      text(score.subject.target), text(score.subject.given), text(score.subject.facet),
      text(parameters), score.status.rawValue, number(score.value), text(score.unit),
      number(score.interval?.lower), number(score.interval?.upper), number(score.interval?.level),
      text(score.interval?.method), number(score.bounds?.lower), number(score.bounds?.upper),
      number(score.floor?.value), number(score.floor?.spread), anchor,
      number(score.baseline?.value), number(score.normalised), number(score.reference),
      number(score.test?.statistic), number(score.test?.pValue), number(score.test?.adjusted),
      text(score.test?.method), count(score.n.training), count(score.n.synthetic),
      count(score.n.holdout), text(reading.absence),
    ]
  }

  private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  private static func count(_ value: Int?) -> String { value.map { "\($0)" } ?? "" }

  /// A text that no spreadsheet runs.
  static func text(_ value: String?) -> String {
    guard let value, let first = value.unicodeScalars.first else { return "" }
    let shown = VisibleText.escaped(value)
    let starters: Set<Unicode.Scalar> = [
      "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]
    let trimmed = value.unicodeScalars.first { $0 != " " && $0 != "\u{A0}" } ?? first
    return starters.contains(first) || starters.contains(trimmed) ? "'" + shown : shown
  }

  /// Writes one record.
  static func append(_ cells: [String], to bytes: inout [UInt8]) {
    for (position, cell) in cells.enumerated() {
      if position > 0 { bytes.append(0x2C) }
      if cell.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) {
        bytes.append(0x22)
        for byte in cell.utf8 {
          if byte == 0x22 { bytes.append(0x22) }
          bytes.append(byte)
        }
        bytes.append(0x22)
      } else {
        bytes.append(contentsOf: cell.utf8)
      }
    }
    bytes.append(contentsOf: [0x0D, 0x0A])
  }
}

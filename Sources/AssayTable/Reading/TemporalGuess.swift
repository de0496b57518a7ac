/// Which date formats all cells of a column fit.
///
/// Feed it every different cell; it keeps the formats that still fit.
struct TemporalGuess {
  private(set) var candidates = TemporalFormat.allCases.map { TemporalScanner(format: $0) }
  private(set) var count = 0

  /// Whether no format fits any more.
  var isHopeless: Bool { candidates.isEmpty }

  /// Takes the text in `start..<end` into account.
  mutating func add(_ bytes: Bytes, _ start: Int, _ end: Int) {
    count += 1
    candidates.removeAll { $0.scan(bytes, start, end) == nil }
  }

  /// The one format that fits, if there is exactly one.
  var format: TemporalFormat? {
    count > 0 && candidates.count == 1 ? candidates.first?.format : nil
  }

  /// Whether the cells are dates but day and month can be read both ways.
  var isAmbiguous: Bool { count > 0 && candidates.count > 1 }
}

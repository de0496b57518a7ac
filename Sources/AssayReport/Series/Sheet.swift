import AssayDocument

/// A short report of several documents, as data: what a page, a summary and a terminal show alike.
struct Sheet {
  /// A part of it, under a heading.
  struct Part {
    var title: String
    var lead: String?
    var table: ChartTable?
    /// Drawn on the page only; the table holds the same numbers.
    var figures: [Figure] = []
    var note: String?
  }

  /// What is drawn.
  enum Figure {
    case dots(DotChart)
    case scatter(ScatterChart)
  }

  var title: String
  /// What is the case in a word or two, such as `3 candidates`.
  var word: String
  var mark: Answer.Mark
  /// Beside the word.
  var status: String
  /// The case in a sentence.
  var headline: String
  /// Said above all parts, a sentence each.
  var remarks: [String] = []
  var parts: [Part]
  /// What it was made by, from and how.
  var evidence: [(String, String)]
}

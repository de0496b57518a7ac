package import AssayDocument

/// Everything that the renderers show, drawn from a document: no renderer decides what matters.
package struct ReportModel {
  /// Something to mend first.
  struct Fix {
    var finding: Finding
    var tiny: TinyBars?
  }

  /// A dimension with its scores of the table as a whole.
  struct DimensionSection {
    var dimension: Dimension
    var answer: Answer?
    var score: DimensionScore?
    /// The measures of the table as a whole, in catalogue order.
    var metrics: [MeasureLine]
    /// Scores of segments and groups, gravest first.
    var others: [ScoreReading]
    /// How many of them are not listed.
    var othersLeftOut: Int
    var findings: [Finding]
  }

  /// A column with its scores.
  struct ColumnBlock {
    var index: Int
    var record: ColumnRecord
    var readings: [ScoreReading]
    /// Where cumulated shares differ most.
    var gap: Double?
    /// How much worse than a fresh real sample, for sorting.
    var excess: Double
    var scale: ScaleReading?
  }

  /// A pair of columns with its scores.
  struct PairRow {
    var columns: [String]
    var readings: [ScoreReading]
    /// The place among the model's tables of how often its cells meet, where the document holds it.
    var table: Int?

    /// What a row shows first: the relation that can be stated on both sides, or else the score
    /// that is furthest from a fresh real sample.
    var main: ScoreReading? {
      let stated = readings.filter { $0.coefficients != nil }
      let pool = stated.isEmpty ? readings.filter(\.isRanked) : stated
      return pool.max { $0.excess < $1.excess } ?? readings.first
    }
  }

  /// The document.
  package let document: EvaluationDocument
  var headline: Headline
  var fixFirst: [Fix]
  /// Findings that are not among the first.
  var moreFindings: Int
  var undecided: [String]
  /// Columns that are as they should be, best first.
  var good: [String]
  var dimensions: [DimensionSection]
  var columns: [ColumnBlock]
  var pairs: [PairRow]
  var pairsLeftOut: Int
  /// How often the cells of two columns meet, where every side has a share for every cell.
  var tables: [PairTable]
  /// The place of the table of two columns, in either order.
  private var tablePlaces: [[String]: Int]
  var withoutValue: [ScoreReading]

  /// The most pairs that are listed; fewer beside many columns, so that the page stays small.
  static func pairLimit(columns: Int) -> Int { columns > manyColumns ? 80 : 200 }
  /// Above this many columns the page leaves more of each to the JSON report.
  static let manyColumns = 20
  /// The most scores of segments that are listed in a dimension.
  static let otherLimit = 100

  /// Draws the model from a document.
  ///
  /// - Complexity: O(n log n) in the number of scores.
  package init(_ document: EvaluationDocument) {
    self.document = document
    let index = ScoreIndex(document)
    headline = Headline(document)
    columns = Self.columns(document, index)
    let tables = (document.charts?.pairs ?? []).filter(\.isSound)
    let places = Dictionary(
      tables.indices.map { (tables[$0].columns.sorted(), $0) }, uniquingKeysWith: { a, _ in a })
    (self.tables, tablePlaces) = (tables, places)
    let (pairs, left) = Self.pairs(document, index, places)
    self.pairs = pairs
    pairsLeftOut = left
    dimensions = Self.dimensions(document, index)
    let grave = document.findings.filter { $0.severity != .notice }
    // Three places for three things: what is said twice of one column, or of copies, takes one.
    var named: Set<[String]> = []
    let things = grave.filter { finding in
      let columns = finding.subject.columns.sorted()
      let whole = Wording.named(finding) ?? finding.id
      return named.insert(columns.isEmpty ? ["", whole] : columns).inserted
    }
    let first = Self.first(things, of: grave, document.verdict)
    fixFirst = first.map { Fix(finding: $0, tiny: Self.tiny($0, document, index)) }
    moreFindings = document.findings.count - first.count
    undecided = Self.undecided(document.verdict)
    good = Self.good(columns, document)
    withoutValue = document.scores.filter { $0.status != .measured }.map(index.reading)
  }

  /// The first three; where they are of one question and another is answered with no as well, its worst
  /// takes the third place.
  private static func first(
    _ things: [Finding], of grave: [Finding], _ verdict: Verdict
  ) -> [Finding] {
    var first = Array(things.prefix(3))
    guard first.count == 3, Set(first.map(\.dimension)).count == 1 else { return first }
    // Of all that is grave: its columns may have been named by a finding that got no place.
    let other = grave.first { finding in
      let question = Wording.question(finding.dimension)
      return finding.dimension != first[0].dimension
        && verdict.answers.contains { $0.question == question && $0.mark == .bad }
    }
    if let other { first[2] = other }
    return first
  }

  /// The tables that show what a finding names: of its columns, or of what differs in a segment beside
  /// each column that the segment is made of.
  func tables(of finding: Finding) -> [Int] {
    guard finding.dimension == .fidelity else { return [] }
    return finding.namedPairs.compactMap { tablePlaces[$0.sorted()] }
  }

  private static func undecided(_ verdict: Verdict) -> [String] {
    let requirements = verdict.requirements.filter { $0.status == .undecided }
    if !requirements.isEmpty, !verdict.isFirstLook {
      return requirements.map { "\($0.id): \($0.why)" }
    }
    return verdict.answers.filter { $0.mark == .undecided }.map {
      "\($0.question.title) \($0.sentence)"
    }
  }

  private static func good(_ columns: [ColumnBlock], _ document: EvaluationDocument) -> [String] {
    let troubled = Set(
      document.findings.filter { $0.severity != .notice }.flatMap(\.subject.columns))
    return columns.filter { block in
      guard !troubled.contains(block.record.name), let scale = block.scale else { return false }
      return scale.value >= 0.9
    }.sorted { left, right in
      let (a, b) = (left.scale?.value ?? 0, right.scale?.value ?? 0)
      return a == b ? left.index < right.index : a > b
    }.map(\.record.name)
  }

  private static func tiny(
    _ finding: Finding, _ document: EvaluationDocument, _ index: ScoreIndex
  ) -> TinyBars? {
    switch finding.subject.columns.count {
    case 1:
      return document.columns.first { $0.name == finding.subject.columns[0] }?.profile.flatMap(
        ColumnChart.worstCell)
    case 2:
      let cells = index.readings(of: finding.subject.columns).flatMap { PairCell.cells($0.score) }
      guard let worst = cells.max(by: { $0.gap < $1.gap }) else { return nil }
      return TinyBars(label: worst.label, real: worst.real, synthetic: worst.synthetic)
    default: return nil
    }
  }
}

/// A published cell of a pair's table.
struct PairCell {
  var first: String
  var second: String
  var real: Double
  var synthetic: Double

  /// Both levels, such as `Husband and Female`.
  var label: String { first + " and " + second }
  var gap: Double { abs(real - synthetic) }

  /// The cells that a score of a pair carries.
  static func cells(_ score: Score) -> [PairCell] {
    (score.details["cells"]?.arrayValue ?? []).compactMap { value in
      guard case .object(let cell) = value, let first = cell["first"]?.stringValue,
        let second = cell["second"]?.stringValue, let real = cell["real"]?.doubleValue,
        let synthetic = cell["synthetic"]?.doubleValue
      else { return nil }
      return PairCell(first: first, second: second, real: real, synthetic: synthetic)
    }
  }
}

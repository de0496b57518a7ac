import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// The classes of equal quasi-identifiers on all sides, by one numbering.
struct QuasiIdentifierClasses: Artifact {
  typealias Frame = ExchangeableFrame

  struct Found: Sendable {
    var training, synthetic: EquivalenceClasses
    var holdout: EquivalenceClasses?
    /// Training and holdout together.
    var pool: EquivalenceClasses
    /// The declared columns.
    var names: [String]

    /// What all models say of the columns.
    var details: [String: DetailValue] { ["quasiIdentifiers": .strings(names)] }
  }

  /// `nil` where no column is declared that can be compared.
  func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> Found? {
    let columns = Self.columns(frame)
    guard !columns.isEmpty, let training = frame.table(.training) else { return nil }
    let tables = [training, frame.synthetic] + (frame.table(.holdout).map { [$0] } ?? [])
    var numbers: [RowKeys.Key: Int32] = [:]
    let classes = tables.map { table in
      RowKeys(table, columns: columns).keys.map { key -> Int32 in
        let next = Int32(numbers.count)
        if let number = numbers[key] { return number }
        numbers[key] = next
        return next
      }
    }
    return Found(
      training: EquivalenceClasses(classes[0]), synthetic: EquivalenceClasses(classes[1]),
      holdout: classes.count > 2 ? EquivalenceClasses(classes[2]) : nil,
      pool: EquivalenceClasses(classes[0] + (classes.count > 2 ? classes[2] : [])),
      names: columns.map { frame.schema.columns[$0].name })
  }

  /// The declared columns that can be compared, by name.
  static func columns(_ frame: ExchangeableFrame) -> [Int] {
    frame.schema.indices(of: .quasiIdentifier).filter {
      frame.unfit[$0] == nil && !frame.schema.columns[$0].isExcluded
    }.sorted { frame.schema.columns[$0].name < frame.schema.columns[$1].name }
  }

  /// Why there is nothing to measure, with columns that look like quasi-identifiers.
  static func absence(_ frame: ExchangeableFrame) -> String {
    let looksKnown = frame.schema.featureIndices.map { frame.schema.columns[$0].name }.filter {
      name in
      let words = name.lowercased().split { !$0.isLetter }.map(String.init)
      return words.contains(where: knownWords.contains)
    }.sorted()
    let hint =
      looksKnown.isEmpty
      ? "" : "; by their names these may be: \(looksKnown.prefix(6).joined(separator: ", "))"
    return "no quasi-identifier: declare with --role COL=quasi-identifier\(hint)"
  }

  /// Words of columns that others often know of a person.
  private static let knownWords: Set<String> = [
    "age", "agep", "birth", "birthdate", "birthday", "born", "city", "country", "county", "dob",
    "education", "ethnicity", "gender", "job", "marital", "msp", "nationality", "occupation",
    "postcode", "profession", "puma", "race", "region", "sex", "state", "zip", "zipcode",
  ]
}

/// The secrets of release models: columns that are declared sensitive, or the target.
enum SensitiveColumns {
  static func columns(_ frame: ExchangeableFrame) -> [Int] {
    let found = Set(frame.schema.indices(of: .sensitive) + frame.schema.indices(of: .target))
    let known = Set(frame.schema.indices(of: .quasiIdentifier))
    return found.subtracting(known).filter {
      frame.unfit[$0] == nil && frame.schema.columns[$0].kind.isComparable
        && !frame.schema.columns[$0].isExcluded
    }.sorted { frame.schema.columns[$0].name < frame.schema.columns[$1].name }
  }

  static let absence =
    "no secret: declare with --role COL=sensitive a column that is no quasi-identifier"

  /// The values of a column as numbers from 0; in the order of the numbers where it has any.
  static func codes(_ column: ColumnData) -> [Int32] {
    switch column {
    case .nominal(let codes): return codes.map { max(-1, $0) }
    case .numeric(let values):
      let sorted = sortedCopy(values.presentValues.span)
      var distinct: [Double] = []
      for value in sorted where distinct.last != value { distinct.append(value) }
      return (0..<values.count).map { row in
        guard let value = values[row] else { return -1 }
        return Int32(partitionPoint(distinct.span, from: 0) { $0 < value })
      }
    case .bytes(let values): return [Int32](repeating: 0, count: values.count)
    }
  }
}

/// What the descriptors of release models have in common.
enum ReleaseModel {
  static let note =
    "A property of the form of the table. It is no evidence that training rows are protected: the "
    + "rows of a fresh real sample have it too, and copies may have it."

  static func descriptor(
    _ id: MetricID, _ title: String, summary: String, formula: String, upper: Double?,
    direction: Direction, cannotSee: String, howToRead: String,
    citations: [MetricDescriptor.Citation]
  ) -> MetricDescriptor {
    MetricDescriptor(
      id: id, title: title, dimension: .privacy, summary: summary, formula: formula,
      upperLimit: upper, direction: direction, frame: .exchangeable, anchor: .none,
      invariances: ["order of rows", "order of columns"], sees: [], blindTo: [],
      cannotSee: cannotSee,
      defaults: ["classes": "exact values of the declared quasi-identifiers, missing one of them"],
      howToRead: howToRead + " " + note, citations: citations)
  }

  static func absent(_ metric: MetricID, _ against: Against, _ reason: String) -> MetricResult {
    MetricResult(scores: [
      Score(
        metric: metric, dimension: .privacy, against: against,
        outcome: .notApplicable(reason: reason))
    ])
  }
}

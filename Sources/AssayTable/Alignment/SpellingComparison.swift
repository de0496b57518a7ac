/// Tells how the same kind of value is written on two sides.
enum SpellingComparison {
  /// How the numbers, dates and words for missing values of a column are written differently.
  static func differences(_ real: RealColumn, _ synthetic: RawColumn, kind: ColumnKind) -> [String]
  {
    switch kind {
    case .integer, .real:
      return numbers(real.training.spelling, synthetic.spelling, kind: kind)
    case .datetime:
      return dates(real, synthetic)
    case .category, .ordinal, .boolean:
      return whole(real.training.spelling, synthetic.spelling).map { [$0] } ?? []
    case .identifier, .text:
      return []
    }
  }

  /// The sentence for levels that are known ones written differently.
  static func levels(_ count: Int) -> String {
    let noun = count == 1 ? "1 level is" : "\(count) levels are"
    return "\(noun) written differently (blanks, letter case, Unicode form or 1 and 1.0)"
  }

  private static func whole(_ real: Spelling, _ synthetic: Spelling) -> String? {
    if real.pointCount == 0, real.integerCount > 0, synthetic.wholePointCount > 0,
      synthetic.wholePointCount >= synthetic.integerCount
    {
      return "1 is written as 1.0"
    }
    if real.pointCount > 0, real.integerCount == 0, synthetic.pointCount == 0,
      synthetic.integerCount > 0
    {
      return "1.0 is written as 1"
    }
    return nil
  }

  private static func numbers(
    _ real: Spelling, _ synthetic: Spelling, kind: ColumnKind
  ) -> [String] {
    var found = whole(real, synthetic).map { [$0] } ?? []
    if kind == .real, synthetic.maxDecimals > real.maxDecimals + 2 {
      found.append(
        "up to \(synthetic.maxDecimals) decimals, the real values have \(real.maxDecimals)")
    }
    if synthetic.parsedCount > 0, real.decimalComma != synthetic.decimalComma {
      found.append(decimalMark)
    }
    if real.exponentCount == 0, synthetic.exponentCount > 0 {
      found.append("some values are in scientific notation")
    }
    found += missing(real, synthetic)
    return found
  }

  /// The sentence for a decimal comma against a decimal point.
  static let decimalMark = "another decimal mark"

  private static func dates(_ real: RealColumn, _ synthetic: RawColumn) -> [String] {
    var found: [String] = []
    if let own = real.temporal, let other = synthetic.temporalFormat, own != other {
      found.append("dates are written as \(other.rawValue), real as \(own.rawValue)")
    }
    if let own = granularity(real.training), let other = granularity(synthetic), own != other {
      found.append("dates are written to the \(other), real to the \(own)")
    }
    return found + missing(real.training.spelling, synthetic.spelling)
  }

  private static func granularity(_ column: RawColumn) -> TemporalGranularity? {
    if case .temporal(let values) = column.values { values.granularity } else { nil }
  }

  private static func missing(_ real: Spelling, _ synthetic: Spelling) -> [String] {
    let known = Set(real.missingTokens.map(\.token))
    let words = Set(synthetic.missingTokens.map(\.token))
    return words.isSubset(of: known) ? [] : ["another word for missing values"]
  }
}

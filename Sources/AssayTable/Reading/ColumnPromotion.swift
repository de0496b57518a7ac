/// Gives a column of strings its final physical form: numbers, dates, or strings after all.
///
/// The decision depends on the column's contents alone, whatever was guessed from the first rows.
struct ColumnPromotion {
  /// At most this many exceptions are listed.
  static let listedExceptions = 20
  /// Text columns of which none of so many first cells parses are not looked at further.
  static let textSample = 1_000

  let numbers: NumberScanner
  let tokens: MissingTokens
  let dateOrder: TemporalOrder?
  let isForcedText: Bool

  /// Looks at a column of strings.
  ///
  /// - Returns: the column in its final form, with the spelling completed.
  func promote(_ values: RawValues, _ spelling: Spelling) -> (RawValues, Spelling) {
    var spelling = spelling
    spelling.decimalComma = numbers.decimalMark == 0x2C
    switch values {
    case .coded(let coded):
      return promote(coded, spelling, fallback: values)
    case .text(let text):
      guard !isForcedText, sampleParses(text) else { return (values, spelling) }
      return promote(text.coded(), spelling, fallback: values)
    case .numeric, .temporal:
      return (values, spelling)
    }
  }

  private func promote(
    _ coded: CodedValues, _ before: Spelling, fallback: RawValues
  ) -> (RawValues, Spelling) {
    let rows = coded.levelCounts()
    let survey = LevelSurvey(coded.levels, rows: rows, numbers: numbers, tokens: tokens)
    var spelling = before
    spelling.take(survey.counts)
    spelling.blankCount = before.blankCount
    spelling.leadingZeroCount = survey.leadingZeros
    spelling.longIntegerCount = survey.longIntegers
    if !isForcedText {
      if survey.isNumeric {
        spelling.blankCount += survey.counts.blank
        spelling.distinctCount = nil
        return (.numeric(Self.expand(coded.codes, survey.numberValues())), spelling)
      }
      if let format = format(of: survey.guess) {
        spelling.blankCount += survey.counts.blank
        spelling.distinctCount = nil
        return temporal(coded, rows, survey, format, spelling)
      }
      spelling.hasAmbiguousDates = survey.guess.isAmbiguous
    }
    if survey.counts.parsed > 0, survey.others > 0 {
      spelling.exceptions = Self.exceptions(coded.levels, rows, survey)
    }
    return (fallback, spelling)
  }

  private func format(of guess: TemporalGuess) -> TemporalFormat? {
    if let format = guess.format { return format }
    guard guess.isAmbiguous, let dateOrder else { return nil }
    return guess.candidates.map(\.format).first { $0.order == dateOrder }
  }

  private func temporal(
    _ coded: CodedValues, _ rows: [Int], _ survey: LevelSurvey, _ format: TemporalFormat,
    _ before: Spelling
  ) -> (RawValues, Spelling) {
    let tokens = survey.temporalValues(format)
    var spelling = before
    spelling.clearNumbers()
    var granularity = TemporalGranularity.month
    var zoned = 0
    for (index, token) in tokens.enumerated() {
      guard let token else { continue }
      granularity = max(granularity, token.granularity)
      if token.isZoned { zoned += rows[index] }
      spelling.parsedCount += rows[index]
    }
    let numeric = Self.expand(coded.codes, tokens.map { $0?.seconds })
    let values = TemporalValues(
      values: numeric.values, validity: numeric.validity, granularity: granularity,
      format: format, zonedCount: zoned)
    return (.temporal(values), spelling)
  }

  /// Replaces codes by the values of their levels.
  static func expand(_ codes: [Int32], _ levels: [Double?]) -> NumericValues {
    var values = [Double](repeating: 0, count: codes.count)
    var words = [UInt64](repeating: 0, count: (codes.count + 63) / 64)
    var missing = 0
    for row in codes.indices {
      if codes[row] >= 0, let value = levels[Int(codes[row])] {
        values[row] = value
        words[row >> 6] |= 1 << UInt64(row & 63)
      } else {
        missing += 1
      }
    }
    return NumericValues(
      values: values,
      validity: missing == 0
        ? nil : ValidityMask(words: words, count: codes.count, missingCount: missing))
  }

  private static func exceptions(
    _ levels: LevelList, _ rows: [Int], _ survey: LevelSurvey
  ) -> [TokenCount] {
    let others = survey.kinds.indices.filter { survey.kinds[$0] == .other }
    let sorted = others.sorted { (rows[$0], $1) > (rows[$1], $0) }
    return sorted.prefix(listedExceptions).map {
      TokenCount(token: levels[$0], count: rows[$0])
    }
  }

  private func sampleParses(_ text: TextValues) -> Bool {
    var sample: [String] = []
    for row in 0..<text.count where sample.count < Self.textSample {
      if let cell = text[row] { sample.append(cell) }
    }
    let levels = LevelList(sample)
    let survey = LevelSurvey(
      levels, rows: [Int](repeating: 1, count: levels.count), numbers: numbers, tokens: tokens)
    return survey.counts.parsed > 0 || !survey.guess.isHopeless
  }
}

extension Spelling {
  /// Takes over what was counted cell by cell or level by level.
  mutating func take(_ counts: CellCounts) {
    blankCount = counts.blank
    surroundingSpaceCount = counts.spaced
    parsedCount = counts.parsed
    pointCount = counts.point
    wholePointCount = counts.wholePoint
    exponentCount = counts.exponent
    nonFiniteCount = counts.nonFinite
    maxDecimals = counts.maxDecimals
    integerCount = counts.parsed - counts.marked
    missingTokens = counts.missing.map { TokenCount(token: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.token) < ($0.count, $1.token) }
  }

  /// Forgets what was counted about numbers.
  mutating func clearNumbers() {
    parsedCount = 0
    pointCount = 0
    wholePointCount = 0
    exponentCount = 0
    maxDecimals = 0
    integerCount = 0
    leadingZeroCount = 0
    longIntegerCount = 0
  }
}

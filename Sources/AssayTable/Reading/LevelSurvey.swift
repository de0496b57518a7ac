/// What the different cells of a column are when read as numbers, dates and words for missing.
struct LevelSurvey {
  /// What one string is.
  enum Kind { case number, blank, missing, nonFinite, other }

  private(set) var counts = CellCounts()
  private(set) var leadingZeros = 0
  private(set) var longIntegers = 0
  private(set) var others = 0
  private(set) var guess = TemporalGuess()
  private(set) var kinds: [Kind] = []
  /// The strings' ranges without the blanks around them.
  private(set) var ranges: [Range<Int>] = []
  let bytes: Bytes
  let numbers: NumberScanner
  let tokens: MissingTokens

  /// Looks at every string.
  ///
  /// `rows` holds the number of cells of each string.
  init(_ levels: LevelList, rows: [Int], numbers: NumberScanner, tokens: MissingTokens) {
    bytes = Bytes(levels)
    self.numbers = numbers
    self.tokens = tokens
    kinds.reserveCapacity(levels.count)
    ranges.reserveCapacity(levels.count)
    var place = 0
    for index in 0..<levels.count {
      let length = levels.offsets[index + 1] - levels.offsets[index]
      look(place..<(place + length), rows: rows[index])
      place += length + 1
    }
  }

  /// Whether the column is one of numbers: some number, and nothing that is none.
  var isNumeric: Bool {
    counts.parsed > 0 && others == 0 && leadingZeros == 0 && longIntegers == 0
  }

  private mutating func look(_ whole: Range<Int>, rows: Int) {
    var range = whole
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    while !range.isEmpty, isBlank(bytes[range.lowerBound]) { range.removeFirst() }
    while !range.isEmpty, isBlank(bytes[range.upperBound - 1]) { range.removeLast() }
    ranges.append(range)
    if range != whole { counts.spaced += rows }
    let kind = classify(range, rows)
    kinds.append(kind)
    if kind == .other || kind == .number, !guess.isHopeless {
      guess.add(bytes, range.lowerBound, range.upperBound)
    }
  }

  private mutating func classify(_ range: Range<Int>, _ rows: Int) -> Kind {
    if range.isEmpty {
      counts.blank += rows
      return .blank
    }
    let token = numbers.scan(bytes, range.lowerBound)
    if token.kind != .none, token.end == range.upperBound {
      return number(token, rows)
    }
    if tokens.contains(bytes, range.lowerBound, range.count) {
      counts.missing[bytes.text(range.lowerBound, range.count), default: 0] += rows
      return .missing
    }
    if MissingTokens.isNonFinite(bytes, range.lowerBound, range.count) {
      counts.nonFinite += rows
      return .nonFinite
    }
    others += rows
    return .other
  }

  private mutating func number(_ token: NumberToken, _ rows: Int) -> Kind {
    guard token.value.isFinite else {
      counts.nonFinite += rows
      return .nonFinite
    }
    switch token.kind {
    case .leadingZeros: leadingZeros += rows
    case .longInteger: longIntegers += rows
    case .none, .number: break
    }
    counts.parsed += rows
    if token.hasExponent { counts.exponent += rows }
    if token.hasExponent || token.decimals >= 0 { counts.marked += rows }
    if token.decimals >= 0 {
      counts.point += rows
      counts.maxDecimals = max(counts.maxDecimals, token.decimals)
      if token.value.rounded() == token.value { counts.wholePoint += rows }
    }
    return .number
  }

  /// The numbers of the strings; nil where a string is none.
  func numberValues() -> [Double?] {
    kinds.indices.map { index in
      kinds[index] == .number ? numbers.scan(bytes, ranges[index].lowerBound).value : nil
    }
  }

  /// The dates of the strings; nil where a string is none.
  func temporalValues(_ format: TemporalFormat) -> [TemporalToken?] {
    let scanner = TemporalScanner(format: format)
    return kinds.indices.map { index in
      scanner.scan(bytes, ranges[index].lowerBound, ranges[index].upperBound)
    }
  }
}

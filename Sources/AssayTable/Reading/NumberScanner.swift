/// What stood at the front of a cell, read as a number.
struct NumberToken {
  /// How the text relates to the one spelling of numbers that is accepted.
  enum Kind: UInt8 {
    case none, number, leadingZeros, longInteger
  }

  var kind: Kind
  /// The number; may be infinite for numbers that are too large.
  var value: Double
  /// The index behind the last character that belongs to the number.
  var end: Int
  /// Digits behind the decimal mark; -1 without a mark.
  var decimals: Int
  var hasExponent: Bool
}

/// Reads numbers: optional sign, digits, optional decimal mark with digits, optional exponent.
///
/// Thousands separators, hexadecimal digits, blanks inside, and words are no numbers. Numbers with needless leading
/// zeros are codes, and whole numbers beyond 2^53 are identifiers; both are told apart from plain text.
struct NumberScanner: Sendable {
  let decimalMark: UInt8
  private let conversion = DecimalConversion.shared

  init(decimalMark: UInt8) { self.decimalMark = decimalMark }

  /// Reads the longest number that starts at `start`.
  @inline(__always)
  func scan(_ bytes: Bytes, _ start: Int) -> NumberToken {
    var place = start
    let sign = bytes[place]
    let negative = sign == 0x2D
    if negative || sign == 0x2B { place += 1 }
    var mantissa: UInt64 = 0
    let wholeStart = place
    digits(bytes, &place, &mantissa)
    let wholeDigits = place - wholeStart
    var digitCount = wholeDigits
    var decimals = -1
    if bytes[place] == decimalMark {
      let fractionStart = place + 1
      place = fractionStart
      digits(bytes, &place, &mantissa)
      decimals = place - fractionStart
      digitCount += decimals
    }
    if digitCount == 0 {
      return NumberToken(kind: .none, value: 0, end: start, decimals: -1, hasExponent: false)
    }
    var exponent = decimals > 0 ? -decimals : 0
    var hasExponent = false
    if bytes[place] | 0x20 == 0x65 {
      hasExponent = scanExponent(bytes, &place, &exponent)
    }
    let hasZeros = wholeDigits > 1 && bytes[wholeStart] == 0x30
    if digitCount > 19, mantissa != 0, decimals > 0 {
      // Zeros in front of the first other digit take no room in the mantissa.
      digitCount -= leadingZeros(bytes, wholeStart)
    }
    if digitCount <= 19, let value = conversion.double(mantissa, exponent) {
      let isLong = decimals < 0 && !hasExponent && mantissa > 1 << 53
      return NumberToken(
        kind: hasZeros ? .leadingZeros : isLong ? .longInteger : .number,
        value: negative ? -value : value, end: place, decimals: decimals,
        hasExponent: hasExponent)
    }
    var token = slow(bytes, start, place, decimals, hasExponent)
    if hasZeros { token.kind = .leadingZeros }
    return token
  }

  /// Adds a run of digits to the mantissa, eight at a time; it wraps beyond 19 digits.
  @inline(__always)
  private func digits(_ bytes: Bytes, _ place: inout Int, _ mantissa: inout UInt64) {
    while true {
      let word = bytes.word(at: place) ^ 0x3030_3030_3030_3030
      let others = ((word &+ 0x7676_7676_7676_7676) | word) & Word.highs
      let count = others == 0 ? 8 : others.trailingZeroBitCount >> 3
      if count == 0 { return }
      // Bytes move up, so the missing digits become leading zeros.
      let digits = word << UInt64(64 - 8 * count)
      mantissa = mantissa &* conversion.smallPower(count) &+ Self.eightDigits(digits)
      place += count
      if count < 8 { return }
    }
  }

  /// The number that eight digit values spell, the first one in the lowest byte.
  @inline(__always)
  private static func eightDigits(_ word: UInt64) -> UInt64 {
    let pairs = (word &* 10) &+ (word >> 8)
    let mask: UInt64 = 0x0000_00FF_0000_00FF
    let first = (pairs & mask) &* 0x000F_4240_0000_0064
    let second = ((pairs >> 16) & mask) &* 0x0000_2710_0000_0001
    return (first &+ second) >> 32
  }

  /// The number of zeros, in front of and behind the decimal mark, before the first other digit.
  private func leadingZeros(_ bytes: Bytes, _ start: Int) -> Int {
    var place = start
    var count = 0
    while bytes[place] == 0x30 || bytes[place] == decimalMark {
      if bytes[place] == 0x30 { count += 1 }
      place += 1
    }
    return count
  }

  /// Reads `e`, an optional sign and digits; leaves the place alone if there are no digits.
  @inline(never)
  private func scanExponent(_ bytes: Bytes, _ place: inout Int, _ exponent: inout Int) -> Bool {
    var next = place + 1
    let negative = bytes[next] == 0x2D
    if negative || bytes[next] == 0x2B { next += 1 }
    let first = next
    var value = 0
    while bytes[next] &- 0x30 < 10 {
      if value < 100_000 { value = value * 10 + Int(bytes[next] &- 0x30) }
      next += 1
    }
    guard next > first else { return false }
    place = next
    exponent += negative ? -value : value
    return true
  }

  /// Numbers with more digits than 64 bits hold, through the standard library.
  @inline(never)
  private func slow(
    _ bytes: Bytes, _ start: Int, _ end: Int, _ decimals: Int, _ hasExponent: Bool
  ) -> NumberToken {
    var text = bytes.copy(start, end - start)
    for index in text.indices where text[index] == decimalMark { text[index] = 0x2E }
    let value = Double(String(decoding: text, as: UTF8.self))
    return NumberToken(
      kind: decimals < 0 && !hasExponent ? .longInteger : .number, value: value ?? .infinity,
      end: end, decimals: decimals, hasExponent: hasExponent)
  }
}

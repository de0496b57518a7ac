/// A date or timestamp read from a cell.
struct TemporalToken {
  /// Seconds since 1970-01-01 00:00 UTC.
  var seconds: Double
  var granularity: TemporalGranularity
  var isZoned: Bool
}

/// Reads dates and timestamps of one format; the whole cell must fit.
struct TemporalScanner: Sendable {
  let format: TemporalFormat

  /// Reads the text in `start..<end`.
  ///
  /// - Returns: nil unless the text is a date of this format that exists.
  @inline(__always)
  func scan(_ bytes: Bytes, _ start: Int, _ end: Int) -> TemporalToken? {
    if format == .yearMonthDayDash, end - start == 10 { return isoDate(bytes, start) }
    return general(bytes, start, end)
  }

  @inline(__always)
  private func isoDate(_ bytes: Bytes, _ start: Int) -> TemporalToken? {
    guard bytes[start + 4] == 0x2D, bytes[start + 7] == 0x2D,
      let century = Self.two(bytes, start), let years = Self.two(bytes, start + 2),
      let month = Self.two(bytes, start + 5), let day = Self.two(bytes, start + 8),
      let days = Self.days(century * 100 + years, month, day)
    else { return nil }
    return TemporalToken(seconds: Double(days * 86_400), granularity: .day, isZoned: false)
  }

  @inline(never)
  private func general(_ bytes: Bytes, _ start: Int, _ end: Int) -> TemporalToken? {
    if format == .yearMonth {
      guard end - start == 7, bytes[start + 4] == 0x2D, let year = Self.four(bytes, start),
        let month = Self.two(bytes, start + 5), let days = Self.days(year, month, 1)
      else { return nil }
      return TemporalToken(seconds: Double(days * 86_400), granularity: .month, isZoned: false)
    }
    guard end - start >= 10, let days = date(bytes, start) else { return nil }
    var token = TemporalToken(
      seconds: Double(days * 86_400), granularity: .day, isZoned: false)
    if end - start == 10 { return token }
    let separator = bytes[start + 10]
    guard separator == 0x20 || separator == 0x54 else { return nil }
    return time(bytes, start + 11, end, &token) ? token : nil
  }

  private func date(_ bytes: Bytes, _ start: Int) -> Int? {
    let mark: UInt8 =
      switch format {
      case .yearMonthDayDash, .yearMonth: 0x2D
      case .yearMonthDaySlash, .dayMonthYearSlash, .monthDayYearSlash: 0x2F
      case .dayMonthYearDot: 0x2E
      }
    if format.order == .yearMonthDay {
      guard bytes[start + 4] == mark, bytes[start + 7] == mark,
        let year = Self.four(bytes, start), let month = Self.two(bytes, start + 5),
        let day = Self.two(bytes, start + 8)
      else { return nil }
      return Self.days(year, month, day)
    }
    guard bytes[start + 2] == mark, bytes[start + 5] == mark,
      let first = Self.two(bytes, start), let second = Self.two(bytes, start + 3),
      let year = Self.four(bytes, start + 6)
    else { return nil }
    let isDayFirst = format.order == .dayMonthYear
    return Self.days(year, isDayFirst ? second : first, isDayFirst ? first : second)
  }

  /// Adds `hh:mm`, `hh:mm:ss`, `hh:mm:ss.f…` and an offset to a date.
  private func time(
    _ bytes: Bytes, _ start: Int, _ end: Int, _ token: inout TemporalToken
  ) -> Bool {
    guard end - start >= 5, bytes[start + 2] == 0x3A, let hour = Self.two(bytes, start),
      let minute = Self.two(bytes, start + 3), hour < 24, minute < 60
    else { return false }
    token.seconds += Double(hour * 3_600 + minute * 60)
    token.granularity = .minute
    var place = start + 5
    if place < end, bytes[place] == 0x3A {
      guard end - place >= 3, let second = Self.two(bytes, place + 1), second < 60 else {
        return false
      }
      token.seconds += Double(second)
      token.granularity = .second
      place += 3
      if place < end, bytes[place] == 0x2E {
        guard let digits = fraction(bytes, place + 1, end, &token) else { return false }
        place += 1 + digits
      }
    }
    return place == end || offset(bytes, place, end, &token)
  }

  /// Adds a fraction of a second; finer than microseconds is cut off.
  private func fraction(
    _ bytes: Bytes, _ start: Int, _ end: Int, _ token: inout TemporalToken
  ) -> Int? {
    var micros = 0
    var count = 0
    while start + count < end, bytes[start + count] &- 0x30 < 10 {
      if count < 6 { micros = micros * 10 + Int(bytes[start + count] &- 0x30) }
      count += 1
    }
    guard count >= 1, count <= 9 else { return nil }
    for _ in min(count, 6)..<6 { micros *= 10 }
    token.seconds += Double(micros) / 1_000_000
    token.granularity = count <= 3 ? .millisecond : .microsecond
    return count
  }

  /// Takes `Z`, `+hh`, `+hhmm` or `+hh:mm` off.
  private func offset(
    _ bytes: Bytes, _ start: Int, _ end: Int, _ token: inout TemporalToken
  ) -> Bool {
    token.isZoned = true
    let mark = bytes[start]
    if mark == 0x5A { return end == start + 1 }
    guard mark == 0x2B || mark == 0x2D, end - start >= 3, let hour = Self.two(bytes, start + 1)
    else { return false }
    var minutes = 0
    var place = start + 3
    if place < end {
      if bytes[place] == 0x3A { place += 1 }
      guard end - place == 2, let more = Self.two(bytes, place) else { return false }
      minutes = more
    }
    guard hour <= 18, minutes < 60 else { return false }
    let seconds = Double(hour * 3_600 + minutes * 60)
    token.seconds += mark == 0x2B ? -seconds : seconds
    return true
  }

  @inline(__always)
  private static func two(_ bytes: Bytes, _ place: Int) -> Int? {
    let high = bytes[place] &- 0x30
    let low = bytes[place + 1] &- 0x30
    return high < 10 && low < 10 ? Int(high) * 10 + Int(low) : nil
  }

  @inline(__always)
  private static func four(_ bytes: Bytes, _ place: Int) -> Int? {
    guard let high = two(bytes, place), let low = two(bytes, place + 2) else { return nil }
    return high * 100 + low
  }

  /// Days from 1970-01-01 to a date of the Gregorian calendar.
  ///
  /// - Returns: nil for a day that does not exist, and for the year 0.
  ///
  /// Source: Hinnant (2013), chrono-compatible low-level date algorithms, `days_from_civil`.
  @inline(__always)
  static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
    guard year >= 1, month >= 1, month <= 12, day >= 1, day <= 31 else { return nil }
    if day > 28, day > length(year, month) { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func length(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

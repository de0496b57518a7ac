/// How a date or time was written.
public enum TemporalFormat: String, Sendable, Hashable, CaseIterable {
  /// `2024-03-09`, with an optional time behind `T` or a blank.
  case yearMonthDayDash = "yyyy-mm-dd"
  /// `2024/03/09`, with an optional time.
  case yearMonthDaySlash = "yyyy/mm/dd"
  /// `09/03/2024`, with an optional time.
  case dayMonthYearSlash = "dd/mm/yyyy"
  /// `03/09/2024`, with an optional time.
  case monthDayYearSlash = "mm/dd/yyyy"
  /// `09.03.2024`, with an optional time.
  case dayMonthYearDot = "dd.mm.yyyy"
  /// `2024-03`.
  case yearMonth = "yyyy-mm"

  /// The order of day and month.
  public var order: TemporalOrder {
    switch self {
    case .yearMonthDayDash, .yearMonthDaySlash, .yearMonth: .yearMonthDay
    case .dayMonthYearSlash, .dayMonthYearDot: .dayMonthYear
    case .monthDayYearSlash: .monthDayYear
    }
  }
}

/// The order in which day, month and year are written.
public enum TemporalOrder: String, Sendable, Hashable {
  /// The year comes first.
  case yearMonthDay = "ymd"
  /// The day comes first.
  case dayMonthYear = "dmy"
  /// The month comes first.
  case monthDayYear = "mdy"
  /// Every cell can be read both ways; the column is left as text until the order is given.
  case ambiguous
}

/// The finest unit in which a column of dates is written.
public enum TemporalGranularity: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// Months, without a day.
  case month
  /// Days, without a time.
  case day
  /// Minutes.
  case minute
  /// Whole seconds.
  case second
  /// Up to three decimals of a second.
  case millisecond
  /// More than three decimals of a second.
  case microsecond

  /// Coarser is less.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The cells of a column of dates or timestamps.
public struct TemporalValues: Sendable, Equatable {
  /// Seconds since 1970-01-01 00:00 UTC, one a row; 0 where the row has none.
  ///
  /// A time without an offset is taken as UTC; leap seconds do not exist.
  public let values: [Double]
  /// Which rows hold a date; nil if all do.
  public let validity: ValidityMask?
  /// The finest unit written in any cell.
  public let granularity: TemporalGranularity
  /// How the cells were written.
  public let format: TemporalFormat
  /// The number of cells written with an offset from UTC.
  public let zonedCount: Int

  /// Creates a column of dates.
  public init(
    values: [Double], validity: ValidityMask?, granularity: TemporalGranularity,
    format: TemporalFormat, zonedCount: Int = 0
  ) {
    precondition(
      validity.map { $0.count == values.count } ?? true, "mask and values differ in length")
    self.values = values
    self.validity = validity.flatMap { $0.missingCount == 0 ? nil : $0 }
    self.granularity = granularity
    self.format = format
    self.zonedCount = zonedCount
  }

  /// The order of day and month.
  public var order: TemporalOrder { format.order }
  /// The number of rows.
  public var count: Int { values.count }
  /// The number of rows without a date.
  public var missingCount: Int { validity?.missingCount ?? 0 }

  /// The seconds of a row, or nil.
  public subscript(row: Int) -> Double? {
    if let validity, !validity[row] { return nil }
    return values[row]
  }
}

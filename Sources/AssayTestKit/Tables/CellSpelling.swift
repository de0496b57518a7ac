import AssayMetrics
import AssayTable

/// How cells are written, so that a table made in memory and its file say the same.
enum CellSpelling {
  /// The texts of cells; blank cells have none.
  static func texts(_ cells: EditableColumn.Cells) -> [String?] {
    switch cells {
    case .numbers(let values, _):
      let isWhole = Self.isWhole(values)
      return values.map { $0.map { text($0, isWhole: isWhole) } }
    case .dates(let values, let granularity, let format):
      return values.map { $0.map { date($0, granularity, format) } }
    case .levels(let codes, let names):
      return codes.map { $0 < 0 ? nil : names[Int($0)] }
    }
  }

  /// Whether a column of numbers is written without decimal marks.
  static func isWhole(_ values: [Double?]) -> Bool {
    values.allSatisfy { value in
      value.map { $0 == $0.rounded() && abs($0) <= 0x1p53 } ?? true
    }
  }

  static func text(_ value: Double, isWhole: Bool) -> String {
    isWhole ? String(Int64(value)) : "\(value)"
  }

  /// A point in time, with the parts that its granularity and its format have.
  static func date(
    _ seconds: Double, _ granularity: TemporalGranularity, _ format: TemporalFormat
  ) -> String {
    let day = CivilDate.text(seconds: seconds)
    let parts = day.split(separator: "-").map(String.init)
    guard parts.count == 3 else { return day }
    let written =
      switch format {
      case .yearMonthDayDash: day
      case .yearMonthDaySlash: parts.joined(separator: "/")
      case .dayMonthYearSlash: "\(parts[2])/\(parts[1])/\(parts[0])"
      case .monthDayYearSlash: "\(parts[1])/\(parts[2])/\(parts[0])"
      case .dayMonthYearDot: "\(parts[2]).\(parts[1]).\(parts[0])"
      case .yearMonth: "\(parts[0])-\(parts[1])"
      }
    guard granularity >= .minute, format != .yearMonth else { return written }
    let ofDay = seconds - (seconds / 86_400).rounded(.down) * 86_400
    let whole = Int(ofDay.rounded(.down))
    var time = "\(two(whole / 3600)):\(two(whole / 60 % 60))"
    if granularity >= .second { time += ":\(two(whole % 60))" }
    if granularity >= .millisecond {
      let digits = granularity == .millisecond ? 3 : 6
      let scale = digits == 3 ? 1e3 : 1e6
      let part = String(Int(((ofDay - Double(whole)) * scale).rounded(.down)))
      time += "." + String(repeating: "0", count: max(0, digits - part.count)) + part
    }
    return written + " " + time
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// What the reader would count of a column of numbers.
  static func spelling(numbers values: [Double?]) -> Spelling {
    var spelling = Spelling()
    spelling.blankCount = values.count { $0 == nil }
    spelling.parsedCount = values.count - spelling.blankCount
    guard !isWhole(values) else {
      spelling.integerCount = spelling.parsedCount
      return spelling
    }
    for case let value? in values {
      let text = text(value, isWhole: false)
      let mantissa = text.prefix { $0 != "e" }
      if mantissa.count < text.count { spelling.exponentCount += 1 }
      if let point = mantissa.firstIndex(of: ".") {
        spelling.pointCount += 1
        if value == value.rounded() { spelling.wholePointCount += 1 }
        let decimals = mantissa.utf8.distance(from: point, to: mantissa.endIndex) - 1
        spelling.maxDecimals = max(spelling.maxDecimals, decimals)
      } else if mantissa.count == text.count {
        spelling.integerCount += 1
      }
    }
    return spelling
  }
}

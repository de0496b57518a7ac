import Foundation

/// An axis: its range, its ticks at round values, its title with the unit.
struct Axis {
  /// A tick and what is written at it.
  struct Tick {
    var value: Double
    var label: String
  }

  /// How ticks are written.
  enum Format { case number, share, date, edges }

  var lower: Double
  var upper: Double
  var ticks: [Tick]
  var title: String

  /// Makes an axis over a range, with about `count` ticks at round values inside it.
  init(_ lower: Double, _ upper: Double, format: Format, title: String, count: Int = 5) {
    self.title = title
    let (low, high) = lower < upper ? (lower, upper) : (lower - 0.5, lower + 0.5)
    self.lower = low
    self.upper = high
    ticks =
      format == .date
      ? Self.dateTicks(low, high, count: count)
      : Self.ticks(low, high, format: format, count: count)
  }

  /// Makes an axis whose ticks are given.
  init(_ lower: Double, _ upper: Double, ticks: [Tick], title: String) {
    self.lower = lower
    self.upper = upper
    self.ticks = ticks
    self.title = title
  }

  /// The share of the way from the lower to the upper end.
  func position(_ value: Double) -> Double { (value - lower) / (upper - lower) }

  /// A step of 1, 2 or 5 times a power of ten that gives about `count` ticks.
  static func niceStep(span: Double, count: Int) -> Double {
    let rough = span / Double(max(1, count))
    guard rough > 0, rough.isFinite else { return 1 }
    let power = pow(10, log10(rough).rounded(.down))
    let ratio = rough / power
    return power * (ratio < 1.5 ? 1 : ratio < 3.5 ? 2 : ratio < 7.5 ? 5 : 10)
  }

  private static func ticks(_ low: Double, _ high: Double, format: Format, count: Int) -> [Tick] {
    let step = niceStep(span: high - low, count: count)
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 50 else { return [] }
    let decimals = max(0, Int((-log10(step) - 1e-9).rounded(.up)))
    return stride(from: first, through: last, by: 1).map { index in
      let value = index * step
      switch format {
      case .share: return Tick(value: value, label: NumberText.page.percent(value))
      default:
        let small = abs(value) < 1e6 && step >= 1e-4
        let label =
          small && decimals > 0
          ? NumberText.page.fixed(value, decimals: decimals) : NumberText.page.edge(value)
        return Tick(value: value, label: label)
      }
    }
  }

  private static func dateTicks(_ low: Double, _ high: Double, count: Int) -> [Tick] {
    let day = 86_400.0
    let span = (high - low) / day
    guard abs(low) < 1e13, abs(high) < 1e13 else { return [] }
    let first = CivilDate(daysSince1970: Int((low / day).rounded(.down)))
    let last = CivilDate(daysSince1970: Int((high / day).rounded(.up)))
    if span > 365 * 2 {
      let step = max(1, Int(niceStep(span: span / 365.25, count: count)))
      let start = (first.year + step - 1) / step * step
      return within(
        low, high,
        stride(from: start, through: last.year, by: step).map {
          (CivilDate(year: $0, month: 1, day: 1), "\($0)")
        })
    }
    if span > 60 {
      let step = span > 400 ? 6 : span > 200 ? 3 : span > 100 ? 2 : 1
      let months = (first.year * 12 + first.month - 1)...(last.year * 12 + last.month - 1)
      return within(
        low, high,
        months.filter { $0 % step == 0 }.map {
          let date = CivilDate(year: $0 / 12, month: $0 % 12 + 1, day: 1)
          return (date, String(date.text.dropLast(3)))
        })
    }
    let step = max(1, Int(niceStep(span: max(1, span), count: max(2, count - 1))))
    let days = first.daysSince1970...last.daysSince1970
    return within(
      low, high,
      days.filter { ($0 - first.daysSince1970) % step == 0 }.map {
        let date = CivilDate(daysSince1970: $0)
        return (date, String(date.text.dropFirst(5)))
      })
  }

  private static func within(_ low: Double, _ high: Double, _ dates: [(CivilDate, String)])
    -> [Tick]
  {
    dates.map { Tick(value: Double($0.0.daysSince1970) * 86_400, label: $0.1) }
      .filter { $0.value >= low && $0.value <= high }
  }
}

public import AssayDocument
import AssayNumerics
public import AssayTable
import Foundation

/// The total variation distance of hours, weekdays, days of the month and months of every column of
/// points in time.
///
/// ```
/// ½ Σ over the values of a period of |share of real rows − share of synthetic rows|
/// ```
///
/// Weekdays and months are where people and offices show: a generator that treats time as a number
/// makes as many rows on Sundays as on Mondays. One score for each column and period (the parameter
/// `period`); hours only where times of day are written. The details give Kuiper's V and Watson's U²
/// on the circle and how far the first two trigonometric moments lie apart; the first period also how
/// fine both sides are. The long-term trend is the matter of Kolmogorov–Smirnov. Times are UTC.
///
/// - Complexity: O(rows) a column.
///
/// Source: Mardia & Jupp (2000), Directional Statistics, doi:10.1002/9780470316979; Watson (1962),
/// Goodness-of-fit tests on a circle II, Biometrika 49, 57–63.
public struct DatetimePeriodicity: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.datetime-periodicity", title: "Periods of dates and times",
      dimension: .fidelity,
      summary: "How far hours, weekdays, days of the month and months are from the real ones.",
      formula: "½ Σ |p − q| over the values of each calendar period",
      direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns"],
      sees: [.rounding], blindTo: [.shuffledColumns],
      cannotSee: "the long-term trend; holidays; gaps between events; other time zones",
      defaults: [
        "periods": "weekday, day of the month, month; hour where times of day are written"
      ],
      howToRead:
        "0.2 for weekdays means that a fifth of the rows would have to move to another weekday.",
      citations: [
        .init("Mardia & Jupp (2000), Directional Statistics", doi: "10.1002/9780470316979"),
        .init(
          "Watson (1962), Goodness-of-fit tests on a circle II, Biometrika 49, 57–63"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.featureIndices.filter {
      frame.schema.columns[$0].kind == .datetime && frame.fits[$0]?.numeric != nil
    }
    return try MeasuredColumns(
      descriptor: descriptor, workspace: workspace, nothing: "no column holds points in time"
    ).result(columns) { column, role throws(MetricError) in
      try Self.entries(column, role, frame: frame)
    }
  }

  private static func entries(
    _ column: Int, _ role: TableRole, frame: ReferenceFrame
  ) throws(MetricError) -> [MeasuredColumns.Entry] {
    func counts(_ role: TableRole) -> CalendarCounts {
      CalendarCounts(frame.table(role)?.columns[column].numeric)
    }
    let own = counts(role)
    let training = role == .training ? own : counts(.training)
    let holdout = role == .holdout ? own : counts(.holdout)
    let synthetic = counts(.synthetic)
    guard own.present > 0, synthetic.present > 0 else {
      return [MeasuredColumns.Entry(column: column, reason: "a side has no value")]
    }
    var entries: [MeasuredColumns.Entry] = []
    for period in CalendarCounts.Period.allCases {
      if period == .hour, own.timed + synthetic.timed == 0 { continue }
      let real = own[period]
      let other = synthetic[period]
      guard
        let gap = CountGap(
          real: real, synthetic: other,
          pooled: zip(training[period], holdout[period]).map { $0 + $1 })
      else { continue }
      var entry = MeasuredColumns.Entry(
        column: column, parameters: ["period": .string(period.rawValue)])
      entry.value = gap.value
      entry.floor = try gap.floor()
      entry.deviation = gap.deviation(atLeast: entry.floor.spread)
      entry.test = try gap.test()
      if role == .holdout {
        entry.reference = CountGap(real: real, synthetic: training[period], pooled: [])?.value
      }
      let circle = CircleGap(real, other)
      entry.details = [
        "kuiper": .finite(circle.kuiper), "watson": .finite(circle.watson),
        "moments": .numbers(circle.moments),
      ]
      if let worst = gap.worst {
        entry.details["worst"] = .object([
          "value": .integer(worst.cell + period.first),
          "real": .finite(CellLabels.share(worst.real)),
          "synthetic": .finite(CellLabels.share(worst.synthetic)),
        ])
      }
      if entries.isEmpty {
        entry.details["realTimed"] = .finite(
          CellLabels.share(Double(own.timed) / Double(own.present)))
        entry.details["syntheticTimed"] = .finite(
          CellLabels.share(Double(synthetic.timed) / Double(synthetic.present)))
      }
      entries.append(entry)
    }
    return entries
  }
}

/// How many points in time fall on each value of each calendar period.
struct CalendarCounts {
  /// A period of the calendar.
  enum Period: String, CaseIterable {
    case hour, weekday, day, month

    /// The name of the first value: Monday is 1.
    var first: Int { self == .hour ? 0 : 1 }
  }

  private var counts: [Period: [Double]] = [:]
  /// Points in time.
  private(set) var present = 0
  /// Those that are not at midnight.
  private(set) var timed = 0

  init(_ values: NumericValues?) {
    var hours = [Double](repeating: 0, count: 24)
    var weekdays = [Double](repeating: 0, count: 7)
    var days = [Double](repeating: 0, count: 31)
    var months = [Double](repeating: 0, count: 12)
    for row in 0..<(values?.count ?? 0) {
      // Beyond the year ±30 million a second has no meaning.
      guard let seconds = values?[row], abs(seconds) < 1e15 else { continue }
      present += 1
      let date = (seconds / 86_400).rounded(.down)
      let rest = seconds - date * 86_400
      if rest != 0 { timed += 1 }
      hours[min(23, Int(rest / 3_600))] += 1
      let number = Int(date)
      // 1970-01-01 was a Thursday.
      weekdays[((number + 3) % 7 + 7) % 7] += 1
      let (month, day) = CivilDate.monthAndDay(daysSince1970: number)
      days[day - 1] += 1
      months[month - 1] += 1
    }
    counts = [.hour: hours, .weekday: weekdays, .day: days, .month: months]
  }

  subscript(period: Period) -> [Double] { counts[period] ?? [] }
}

extension CivilDate {
  /// Month 1…12 and day 1…31 by the proleptic Gregorian calendar.
  static func monthAndDay(daysSince1970: Int) -> (month: Int, day: Int) {
    let days = daysSince1970 + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    return (shifted < 10 ? shifted + 3 : shifted - 9, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }
}

/// Distances of two rows of counts on a circle.
struct CircleGap {
  /// Kuiper's V.
  var kuiper: Double
  /// Watson's U².
  var watson: Double
  /// |E e^{iqθ} − E e^{iqθ′}| for q = 1, 2.
  var moments: [Double]

  init(_ real: [Double], _ synthetic: [Double]) {
    let n = real.reduce(0, +)
    let m = synthetic.reduce(0, +)
    var (f, g) = (0.0, 0.0)
    var (above, below) = (0.0, 0.0)
    var (sum, squares) = (0.0, 0.0)
    for cell in real.indices {
      f += real[cell] / n
      g += synthetic[cell] / m
      let gap = f - g
      above = max(above, gap)
      below = max(below, -gap)
      let size = real[cell] + synthetic[cell]
      sum += size * gap
      squares += size * gap * gap
    }
    kuiper = above + below
    let total = n + m
    watson = max(0, n * m / (total * total) * (squares - sum * sum / total))
    moments = [1.0, 2.0].map { order in
      var (cosine, sine) = (0.0, 0.0)
      for cell in real.indices {
        let angle = 2 * Double.pi * order * Double(cell) / Double(real.count)
        let difference = real[cell] / n - synthetic[cell] / m
        cosine += difference * cos(angle)
        sine += difference * sin(angle)
      }
      return (cosine * cosine + sine * sine).squareRoot()
    }
  }
}

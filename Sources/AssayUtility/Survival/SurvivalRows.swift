import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Times and events of the rows of a role, a random choice of at most so many.
struct SurvivalRows: Sendable {
  var times: [Double]
  var events: [Bool]

  var count: Int { times.count }

  /// Rows of each side that are read, at most.
  static let limit = 4_000

  /// Rows of a role that have both; those of a negative time are left out.
  init?(_ frame: ReferenceFrame, _ role: TableRole, time: Int, event: Int, seed: UInt64) {
    guard let table = frame.table(role), let values = table.columns[time].numeric,
      let happened = Self.events(frame, table, event)
    else { return nil }
    var rows = (0..<table.rowCount).filter { row in
      (values[row].map { $0 >= 0 } ?? false) && happened[row] != nil
    }
    if rows.count > Self.limit {
      // In the order of their contents, so that the order of the file plays no part.
      rows.sort {
        (values.values[$0], happened[$0] == true ? 1 : 0) < (
          values.values[$1], happened[$1] == true ? 1 : 0
        )
      }
      var stream = RandomStream(seed: seed, name: "survival", role.rawValue)
      stream.shuffle(&rows)
      rows = Array(rows.prefix(Self.limit))
    }
    times = rows.map { values.values[$0] }
    events = rows.map { happened[$0] == true }
  }

  init(times: [Double], events: [Bool]) {
    self.times = times
    self.events = events
  }

  /// Words that say that the event happened.
  private static let words: Set<String> = [
    "1", "1.0", "true", "t", "yes", "y", "event", "dead", "died", "death", "deceased",
  ]

  /// Whether the event happened in each row; `nil` where the column does not say it plainly.
  static func events(
    _ frame: ReferenceFrame, _ table: AlignedTable, _ column: Int
  ) -> [Bool?]? {
    switch table.columns[column] {
    case .numeric(let values):
      return (0..<values.count).map { row in values[row].map { $0 != 0 } }
    case .nominal(let codes):
      guard let names = frame.levels[column]?.names else { return nil }
      let isEvent = names.map { words.contains($0.lowercased()) }
      guard isEvent.contains(true), isEvent.contains(false) else { return nil }
      return codes.map { $0 < 0 ? nil : isEvent[Int($0)] }
    case .bytes:
      return nil
    }
  }

  func curve() throws(NumericsError) -> SurvivalCurve {
    try SurvivalCurve(times: times.span, events: events.span)
  }

  /// As many rows drawn again.
  func drawn(_ count: Int, _ stream: inout RandomStream) -> SurvivalRows {
    var out = SurvivalRows(times: [], events: [])
    for _ in 0..<count {
      let row = stream.below(self.count)
      out.times.append(times[row])
      out.events.append(events[row])
    }
    return out
  }

  func appending(_ other: SurvivalRows) -> SurvivalRows {
    SurvivalRows(times: times + other.times, events: events + other.events)
  }

  /// The same times with events dealt anew.
  func shuffled(_ stream: inout RandomStream) -> SurvivalRows {
    var own = events
    stream.shuffle(&own)
    return SurvivalRows(times: times, events: own)
  }
}

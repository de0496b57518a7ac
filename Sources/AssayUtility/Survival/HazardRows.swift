import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Rows with the numbers that a model of hazards reads, and their times and events.
struct HazardRows: Sendable {
  /// The numbers; the label is 1 where the event happened.
  var rows: LabelledRows
  var times: [Double]

  var count: Int { rows.count }
  var events: [Bool] { rows.isPositive }

  /// Some of the rows, in the order given.
  func rows(_ places: some Collection<Int>) -> HazardRows {
    HazardRows(rows: rows.rows(places), times: places.map { times[$0] })
  }

  /// As many of the first rows.
  func prefix(_ count: Int) -> HazardRows { count >= self.count ? self : rows(0..<count) }
}

/// The rows of all roles that models of hazards are trained on and judged by.
struct HazardTables: Artifact {
  typealias Frame = ReferenceFrame

  struct Found: Sendable {
    var training, synthetic, holdout: HazardRows
    /// Columns that no model reads, by name, because they tell the event itself.
    var leftOut: [String]
    /// The names of the columns of times and events.
    var time, event: String
  }

  /// The rows, or why there are none.
  enum Outcome: Sendable {
    case found(Found)
    case absent(String)
  }

  /// Events of a side below which nothing is said.
  static let leastEvents = 10

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Outcome {
    guard let time = frame.schema.indices(of: .time).first,
      let event = frame.schema.indices(of: .event).first
    else {
      return .absent(
        "no time and event are declared; try --role COLUMN=time --role COLUMN=event")
    }
    guard frame.unfit[time] == nil, frame.unfit[event] == nil else {
      return .absent("the synthetic side lacks the time or the event")
    }
    guard frame.schema.indices(of: .group).isEmpty else {
      return .absent("rows of one entity are not independent times")
    }
    guard frame.rowCount(.holdout) != nil else {
      return .absent("no holdout: there are no rows to judge models of survival by")
    }
    let settings = workspace.plan.utility
    func rows(_ role: TableRole, _ limit: Int) async throws(MetricError) -> HazardRows? {
      let encoded = try await workspace.value(
        of: EncodedRows(role: role, limit: limit, keepsUnfit: true))
      guard let table = frame.table(role), let times = table.columns[time].numeric,
        let happened = SurvivalRows.events(frame, table, event)
      else { return nil }
      let labels = encoded.places.map { place -> Float in
        guard let time = times[place], time >= 0, time.isFinite, let own = happened[place] else {
          return .nan
        }
        return own ? 1 : 0
      }
      let own = LabelledRows(encoded, without: [time, event], labels: labels)
      return HazardRows(rows: own, times: own.places.map { times.values[$0] })
    }
    guard var training = try await rows(.training, settings.linearRows),
      var synthetic = try await rows(.synthetic, settings.linearRows),
      var holdout = try await rows(.holdout, settings.rows)
    else { return .absent("the event is not 0 or 1, true or false, or the time is no number") }
    let least = max(Self.leastEvents, workspace.plan.k)
    for (side, name) in [(training, "training"), (holdout, "holdout")]
    where side.events.count(where: { $0 }) < least {
      return .absent("fewer than \(least) \(name) rows have an event and its time")
    }
    let telling = Self.telling(training.rows)
    let leftOut = telling.map { training.rows.columns[$0].name }
    training.rows = training.rows.without(telling)
    synthetic.rows = synthetic.rows.without(telling)
    holdout.rows = holdout.rows.without(telling)
    guard training.rows.width > 0 else {
      return .absent("no column besides the time and the event can be read")
    }
    return .found(
      Found(
        training: training, synthetic: synthetic, holdout: holdout, leftOut: leftOut,
        time: frame.schema.columns[time].name, event: frame.schema.columns[event].name))
  }

  /// Columns whose missing cells are those of the rows with the event, or of those without it: a
  /// cause of death is known once there is one, and predicts nothing.
  static func telling(_ rows: LabelledRows) -> [Int] {
    (0..<rows.width).filter { column in
      let missing = (0..<rows.count).map { rows.values[$0 * rows.width + column].isNaN }
      let isAlike = zip(missing, rows.isPositive).map { $0 == $1 }
      return missing.contains(true) && missing.contains(false)
        && (isAlike.allSatisfy { $0 } || isAlike.allSatisfy { !$0 })
    }
  }
}

extension LabelledRows {
  /// The rows without some of their columns.
  func without(_ dropped: [Int]) -> LabelledRows {
    guard !dropped.isEmpty else { return self }
    let kept = (0..<width).filter { !dropped.contains($0) }
    var result = self
    result.columns = kept.map { columns[$0] }
    result.values = []
    for row in 0..<count {
      for column in kept { result.values.append(values[row * width + column]) }
    }
    return result
  }
}

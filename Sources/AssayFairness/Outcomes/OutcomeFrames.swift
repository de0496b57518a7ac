import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// The pairs of a grouping and a target that rates are compared for.
struct OutcomePairs {
  /// A grouping with a target.
  struct Pair {
    var grouping: Grouping
    var outcome: Outcome
    var rates: [Against: OutcomeRates]

    var subject: AssayDocument.Subject {
      Subject(columns: grouping.columns, target: outcome.name)
    }
  }

  var pairs: [Pair]
  /// Why there is nothing to compare.
  var absence: String?

  /// The pairs of a frame; a target is not compared between groups that it makes itself.
  init(_ workspace: Workspace<ReferenceFrame>) async throws(MetricError) {
    let groupings = try await workspace.value(of: Groupings())
    let outcomes = try await workspace.value(of: Outcomes())
    pairs = []
    absence = groupings.absence ?? outcomes.absence
    guard absence == nil else { return }
    for (target, outcome) in outcomes.outcomes.enumerated() {
      // Outcomes that the synthetic side cannot show have no rate there.
      guard workspace.frame.unfit[outcome.column] == nil else { continue }
      for (place, grouping) in groupings.groupings.enumerated()
      where !grouping.columns.contains(outcome.name) {
        let rates = try await workspace.value(of: OutcomeRatesOf(grouping: place, outcome: target))
        pairs.append(Pair(grouping: grouping, outcome: outcome, rates: rates))
      }
    }
    if pairs.isEmpty {
      absence = "the target makes the groups itself, or the synthetic side lacks it"
    }
  }

  static let tooFew =
    "fewer than two groups have \(Int(OutcomeRates.support)) rows with an answer on both sides"
}

/// Judges a signed difference whose bias is known.
enum SignedDifference {
  /// The interval and the bounds: the value, with and without what fresh samples show on average,
  /// less and more so many deviations.
  static func judge(
    _ score: inout Score, deviation: Double, reach: Double, level: Double
  ) throws(MetricError) {
    guard let value = score.value, let floor = score.floor else { return }
    do throws(NumericsError) {
      let single = try normalQuantile(1 - (1 - level) / 2)
      let wide = deviation * max(1, reach / single)
      let low = min(value, value - floor.value)
      let high = max(value, value - floor.value)
      score.interval = ScoreInterval(
        lower: low - single * wide, upper: high + single * wide, level: level,
        method: reach > single ? Simultaneous.method : "normal")
      let excess = value - floor.value
      score.bounds = try ScoreBounds(
        value: value, level: level,
        law: .normal(.init(lowerCentre: low, upperCentre: high, deviation: wide)),
        excess: .normal(.init(lowerCentre: excess, upperCentre: excess, deviation: wide)))
    } catch {
      throw MetricError(error)
    }
  }
}

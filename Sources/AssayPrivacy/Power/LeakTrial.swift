import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// One leak of a given number of rows, and whether a test raises an alarm.
struct LeakTrial: PlantedTrial {
  /// Where the synthetic rows go.
  let own: AttractedRows
  /// Where planted rows go.
  let planted: AttractedRows
  let frame: ExchangeableFrame
  let rule: LeakPower.Rule
  /// Whether the share of all rows is judged, by its lower bound too.
  let isShare: Bool
  private let weights: [Double]

  /// Up to so many rows with weight labels are permuted; above, their sum is as good as normal.
  private static let fewCarriers = 200

  init(
    own: AttractedRows, planted: AttractedRows, pooled: Int, frame: ExchangeableFrame,
    rule: LeakPower.Rule, isShare: Bool
  ) {
    self.own = own
    self.planted = planted
    self.frame = frame
    self.rule = rule
    self.isShare = isShare
    weights = own.weights(pooled)
  }

  /// The synthetic rows that may be replaced.
  var rows: Int { own.count }

  /// Plants `count` rows and tests.
  ///
  /// Trials of one path are nested: a larger count replaces the rows of a smaller one and more.
  func alarms(_ count: Int, seed: UInt64, path: [String]) throws(NumericsError) -> Bool {
    var replaced = RandomStream(seed: seed, path: path + ["replaced"])
    var drawn = RandomStream(seed: seed, path: path + ["planted"])
    var places = Array(0..<rows)
    // Each planted row once while they last.
    var pool = Array(0..<planted.count)
    var weights = self.weights
    for place in 0..<min(count, rows) {
      places.swapAt(place, place + replaced.below(rows - place))
      own.add(places[place], times: -1, to: &weights)
      let next = place % pool.count
      pool.swapAt(next, next + drawn.below(pool.count - next))
      planted.add(pool[next], times: 1, to: &weights)
    }
    // What was added and taken away again may leave a trace of rounding.
    for index in weights.indices where abs(weights[index]) < 1e-9 { weights[index] = 0 }
    let units = EntityPooling(weights, frame)
    let unitWeights = units.weights
    let labels = units.isTraining
    var stream = RandomStream(seed: seed, path: path + ["labels"])
    let carriers = unitWeights.count { $0 != 0 }
    let test = try labelPermutationTest(
      weights: unitWeights.span, isTraining: labels.span,
      permutations: carriers <= Self.fewCarriers ? 999 : 0, stream: &stream)
    let pValue = test.permutations > 0 ? test.pValueGreater : test.normalPValueGreater
    guard pValue <= rule.level, test.statistic > test.expectation else { return false }
    guard isShare else { return true }
    let total = Double(rows)
    let share = test.statistic / total
    let reach = try normalQuantile(0.95) * ClosestShareMeasurement.deviation(units, share: share)
    return share - reach - test.expectation / total > rule.margin
  }
}

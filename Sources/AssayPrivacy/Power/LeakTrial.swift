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
  /// Where labels are dealt to some rows alone: those.
  private let targets: MembershipRows.Chosen?
  private let weights: [Double]

  /// Up to so many rows with weight labels are permuted; above, their sum is as good as normal.
  private static let fewCarriers = 200
  /// From so many on their sum is as good as normal far out too.
  private static let manyCarriers = 2_000
  /// The smallest level that so many labellings can reach.
  private static let finest = 0.001

  init(
    own: AttractedRows, planted: AttractedRows, pooled: Int, frame: ExchangeableFrame,
    rule: LeakPower.Rule, isShare: Bool, targets: MembershipRows.Chosen? = nil
  ) {
    self.own = own
    self.planted = planted
    self.frame = frame
    self.rule = rule
    self.isShare = isShare
    self.targets = targets
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
    let units = units(weights)
    let unitWeights = units.weights
    let labels = units.isTraining
    var stream = RandomStream(seed: seed, path: path + ["labels"])
    let carriers = unitWeights.count { $0 != 0 }
    let test = try labelPermutationTest(
      weights: unitWeights.span, isTraining: labels.span,
      permutations: carriers <= Self.fewCarriers && rule.level >= Self.finest ? 999 : 0,
      stream: &stream)
    let pValue =
      if rule.level < Self.finest, carriers <= Self.manyCarriers {
        // What is proven without drawing: the test itself draws on where this does not decide.
        labelSumBound(
          weights: unitWeights.span, chosen: labels.count { $0 }, atLeast: test.statistic)
      } else if test.permutations > 0 {
        test.pValueGreater
      } else {
        test.normalPValueGreater
      }
    guard pValue <= rule.level, test.statistic > test.expectation else { return false }
    guard isShare else { return true }
    let total = Double(rows)
    let share = test.statistic / total
    let reach = try normalQuantile(0.95) * ClosestShareMeasurement.deviation(units, share: share)
    return share - reach - test.expectation / total > rule.margin
  }

  /// What each unit attracts of the rows that labels are dealt to.
  private func units(_ weights: [Double]) -> EntityPooling {
    guard let targets else { return EntityPooling(weights, frame) }
    let training = frame.rowCount(.training) ?? 0
    return EntityPooling(
      targets.members.map { weights[$0] } + targets.others.map { weights[training + $0] }, frame,
      training: targets.members, holdout: targets.others)
  }
}

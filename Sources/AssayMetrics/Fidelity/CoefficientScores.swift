import AssayDocument
import AssayNumerics
import AssayTable

/// Makes the scores of the absolute difference of a coefficient over pairs of columns of numbers.
struct CoefficientScores {
  let descriptor: MetricDescriptor
  let workspace: Workspace<ReferenceFrame>
  /// Divides the number of pairs that the document lists.
  var listedShare = 1
  /// How many pairs there are in all; `nil` for those of columns of numbers.
  var possible: Int?
  /// Said of every score of the table.
  var details: [String: DetailValue] = [:]
  /// The test of a pair, given the synthetic coefficient, where there is one.
  var test: ((CorrelationCalibration.Pair, Double) throws(NumericsError) -> TestResult?)?

  /// The result over all real sides.
  func result(
    _ sides: [Against: CorrelationCalibration.Side]
  ) throws(MetricError) -> MetricResult {
    let scores = PairScores(
      descriptor: descriptor, workspace: workspace, anchor: "shuffled-columns",
      listedShare: listedShare)
    let columns = CorrelationCalibration.columns(workspace.frame).count
    var result = MetricResult(scores: [])
    for against in [Against.training, .holdout] {
      guard let side = sides[against], !side.pairs.isEmpty else { continue }
      var entries: [PairScores.Entry] = []
      for pair in side.pairs { entries.append(try entry(pair)) }
      try adjust(&entries, against: against)
      let count = Double(entries.count)
      let mean = PairCalibration.Calibrated(
        value: entries.reduce(0) { $0 + $1.calibrated.value } / count,
        deviation: side.deviation,
        floor: ScoreFloor(
          value: entries.reduce(0) { $0 + $1.calibrated.floor.value } / count,
          spread: side.spread, method: FloorMethod.splits),
        baseline: entries.reduce(0) { $0 + $1.calibrated.baseline } / count)
      var made = try scores.scores(
        entries, mean: mean, against: against, planned: side.pairs.count + side.undefined,
        possible: possible ?? columns * (columns - 1) / 2)
      made.scores[0].details["undefinedPairs"] = .integer(side.undefined)
      made.scores[0].details.merge(details) { _, new in new }
      result.scores += made.scores
      result.unlisted += made.unlisted
    }
    return result.scores.isEmpty ? scores.nothing() : result
  }

  private func entry(
    _ pair: CorrelationCalibration.Pair
  ) throws(MetricError) -> PairScores.Entry {
    let real = pair.real ?? 0
    var entry = PairScores.Entry(
      columns: pair.columns,
      calibrated: PairCalibration.Calibrated(
        value: abs(real - (pair.synthetic ?? 0)), deviation: pair.deviation,
        floor: pair.splitFloor, baseline: abs(real)),
      details: [
        "real": .finite(real), "synthetic": pair.synthetic.map { .finite($0) } ?? .null,
        "rows": .integer(min(pair.realCount, pair.syntheticCount)),
      ])
    guard let synthetic = pair.synthetic else {
      // A column that does not vary on the synthetic side carries no relation: as shuffled.
      entry.details["unfit"] = "a synthetic column does not vary"
      return entry
    }
    guard let test, min(pair.realCount, pair.syntheticCount) > 4, abs(real) < 1,
      abs(synthetic) < 1
    else { return entry }
    do throws(NumericsError) {
      entry.test = try test(pair, synthetic).map { Self.widened($0, pair, real - synthetic) }
    } catch {
      throw MetricError(error)
    }
    return entry
  }

  /// A test of a difference by a normal law, with the spread that random halves of the real rows
  /// show where that is wider: heavy tails and ties widen it beyond what the formula knows.
  private static func widened(
    _ test: TestResult, _ pair: CorrelationCalibration.Pair, _ difference: Double
  ) -> TestResult {
    let floor = pair.splitFloor
    let spread = (floor.value * floor.value + floor.spread * floor.spread).squareRoot()
    guard spread > 0, abs(difference / spread) < abs(test.statistic) else { return test }
    var wider = test
    wider.statistic = difference / spread
    wider.pValue = min(1, 2 * normalSurvival(abs(wider.statistic)))
    wider.method = test.method + ", spread of halves"
    return wider
  }

  private func adjust(
    _ entries: inout [PairScores.Entry], against: Against
  ) throws(MetricError) {
    let tested = entries.indices.filter { entries[$0].test != nil }
    let pValues = tested.compactMap { entries[$0].test?.pValue }
    let adjusted: [Double]
    do throws(NumericsError) {
      adjusted = try holmAdjustedPValues(pValues.span)
    } catch {
      throw MetricError(error)
    }
    for (index, value) in zip(tested, adjusted) {
      entries[index].test?.adjusted = value
      entries[index].test?.family = "pairs of \(descriptor.id) against \(against.rawValue), Holm"
    }
  }
}

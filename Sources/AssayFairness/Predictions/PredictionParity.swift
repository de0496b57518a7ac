import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// A gap between groups in what a model does.
enum ParityMeasure: String, Sendable, CaseIterable {
  case demographicParity, equalisedOdds, equalOpportunity, predictiveParity, calibration
  case subgroupArea

  /// Whether it reads probabilities, not answers alone.
  var needsProbabilities: Bool { self == .calibration || self == .subgroupArea }

  /// The gap over groups; `nil` where fewer than two groups have the rate.
  func gap(_ groups: [GroupPredictions]) -> Double? {
    switch self {
    case .demographicParity: groupGap(groups.map(\.outcomes.selectionRate))
    case .equalisedOdds: equalisedOddsGap(groups.map(\.outcomes))
    case .equalOpportunity: groupGap(groups.map(\.outcomes.truePositiveRate))
    case .predictiveParity: groupGap(groups.map(\.outcomes.precision))
    case .calibration:
      groups.compactMap { group -> Double? in
        guard let rate = group.outcomes.positiveRate, let mean = group.probability else {
          return nil
        }
        return abs(mean - rate)
      }.max()
    case .subgroupArea: groupGap(groups.map(\.area))
    }
  }

  /// What one group shows, for display.
  func rate(_ group: GroupPredictions) -> Double? {
    switch self {
    case .demographicParity: group.outcomes.selectionRate
    case .equalisedOdds: group.outcomes.falsePositiveRate
    case .equalOpportunity: group.outcomes.truePositiveRate
    case .predictiveParity: group.outcomes.precision
    case .calibration:
      group.probability.flatMap { mean in group.outcomes.positiveRate.map { mean - $0 } }
    case .subgroupArea: group.area
    }
  }
}

/// The gap of one measure for both models, with what it depends on.
struct ParityReading {
  var real, synthetic: Double
  /// The deviation of the change of the gap, over rows to judge by and over rows to train on.
  var deviation: Double
  /// What the change of the gap is for models of two fresh samples, by rows to train on alone.
  var refitDeviation: Double?
  /// The groups that are compared.
  var supported: [Int]
  /// By group that is compared: the rate of both models and the deviation of its change.
  var rates: [(real: Double, synthetic: Double, deviation: Double)?]
  /// How many deviations hold for the rates of all groups at once.
  var reach: Double

  var change: Double { synthetic - real }

  /// The gap of a measure, or nothing where fewer than two groups can be compared.
  init?(
    _ measure: ParityMeasure, _ found: PredictedGroups, level: Double
  ) throws(MetricError) {
    guard !measure.needsProbabilities || found.hasProbabilities else { return nil }
    var supported = found.supported
    if measure == .predictiveParity {
      // The share of right answers among few is no rate.
      supported = supported.filter { group in
        min(found.groups[group].real.predicted, found.groups[group].synthetic.predicted)
          >= PredictedGroups.support
      }
    }
    guard supported.count >= 2 else { return nil }
    let sums = PredictionSums(found)
    let compared = supported
    func gap(_ row: ArraySlice<Double>, model: Int) -> Double? {
      measure.gap(compared.map { PredictionSums.group($0, of: row, model: model) })
    }
    guard let real = gap(found.totals[...], model: 0),
      let synthetic = gap(found.totals[...], model: 1)
    else { return nil }
    self.real = real
    self.synthetic = synthetic
    self.supported = supported
    let own = sums.variance { gap($0, model: $1) }
    deviation = (own.judged + own.trained).squareRoot()
    refitDeviation = own.fresh?.squareRoot()
    rates = []
    var standardised: [[Double]] = []
    for group in supported {
      func rate(_ row: ArraySlice<Double>, model: Int) -> Double? {
        measure.rate(PredictionSums.group(group, of: row, model: model))
      }
      guard let first = rate(found.totals[...], model: 0),
        let second = rate(found.totals[...], model: 1)
      else {
        rates.append(nil)
        continue
      }
      let own = sums.variance { rate($0, model: $1) }
      rates.append((first, second, (own.judged + own.trained).squareRoot()))
      standardised.append(own.changes)
    }
    let rows = standardised.map(\.count).min() ?? 0
    var joined: [Double] = []
    for row in 0..<rows { joined += standardised.map { $0[row] } }
    reach = try Simultaneous.reach(
      joined, columns: Array(standardised.indices), of: standardised.count, level: level)
  }
}

/// Replicates and refits of sums by group.
struct PredictionSums {
  private let replicates: [[Double]]
  private let refits: [TableRole: [[Double]]]
  private let scale: Double

  init(_ found: PredictedGroups) {
    let cells = found.totals.count
    let rows = cells > 0 ? found.replicates.count / cells : 0
    replicates = (0..<rows).map { row in
      found.replicates[row * cells..<(row + 1) * cells].map { Double($0) }
    }
    refits = found.refits
    scale = found.refitScale
  }

  /// One group of a row of sums.
  static func group(
    _ group: Int, of row: ArraySlice<Double>, model: Int
  ) -> GroupPredictions {
    let start = row.startIndex + group * PredictionTally.width
    let own = row[start..<start + PredictionTally.width]
    return GroupPredictions(
      outcomes: PredictionTally.outcomes(own, model: model),
      probability: PredictionTally.probability(own, model: model),
      area: PredictionTally.area(own, model: model))
  }

  /// The variance of the change of a quantity from the first model to the second.
  ///
  /// - Returns: Over rows to judge by; over rows to train on; over rows to train on for two fresh
  ///   real samples; and the change of each replicate.
  func variance(
    _ quantity: (ArraySlice<Double>, _ model: Int) -> Double?
  ) -> (judged: Double, trained: Double, fresh: Double?, changes: [Double]) {
    let changes = replicates.map { row in
      (quantity(row[...], 1) ?? 0) - (quantity(row[...], 0) ?? 0)
    }
    let fixed = CalibratedBlock.moments(changes, subject: 0, of: 1).deviation
    var trained = 0.0
    var fresh: Double?
    for role in [TableRole.training, .synthetic] {
      guard let sums = refits[role] else { continue }
      let values = sums.compactMap { quantity($0[...], 0) }
      let spread = CalibratedBlock.moments(values, subject: 0, of: 1).deviation
      trained += spread * spread * scale
      if role == .training { fresh = 2 * spread * spread * scale }
    }
    return (fixed * fixed, trained, fresh, changes)
  }
}

import AssayMetrics
import AssayNumerics

/// Penalised proportional hazards of some rows.
///
/// The penalty is 1 on features of unit scale, as that of the other linear models.
struct HazardModel: Sendable {
  private let features: DenseFeatures
  /// A slope for each feature; 0 for those that were constant.
  private let slopes: [Double]
  /// Whether these rows could teach anything: where not, all rows get one risk.
  let isFitted: Bool

  private static let penalty = 1.0
  /// Features that are read, at most.
  static let featureLimit = 100

  /// Fits a model; rows without two events or without a feature that varies make one that says the
  /// same of every row.
  init(_ sample: HazardRows) throws(NumericsError) {
    features = DenseFeatures(sample.rows.columns)
    let width = features.width
    let values = features.values(sample.rows)
    let kept = (0..<width).filter { column in
      (1..<max(1, sample.count)).contains { values[$0 * width + column] != values[column] }
    }
    var slopes = [Double](repeating: 0, count: width)
    let events = sample.events
    guard !kept.isEmpty, events.count(where: { $0 }) >= 2 else {
      self.slopes = slopes
      isFitted = false
      return
    }
    var design: [Double] = []
    design.reserveCapacity(sample.count * kept.count)
    for row in 0..<sample.count {
      for column in kept { design.append(values[row * width + column]) }
    }
    let times = sample.times
    let fit = try CoxRegression(
      predictors: design.span, times: times.span, events: events.span, columns: kept.count,
      penalty: Self.penalty)
    for (place, column) in kept.enumerated() { slopes[column] = fit.coefficients[place] }
    self.slopes = slopes
    isFitted = true
  }

  /// The logarithm of the hazard of each row, but for a constant.
  func risks(_ rows: LabelledRows) -> [Double] {
    let values = features.values(rows)
    let width = features.width
    return (0..<rows.count).map { row in
      var sum = 0.0
      for column in 0..<width { sum += slopes[column] * values[row * width + column] }
      return sum
    }
  }

  /// Columns that are too many for a model, a random choice of them.
  static func surplus(_ rows: LabelledRows, seed: UInt64) -> [Int] {
    var order = Array(0..<rows.width)
    func features(_ column: Int) -> Int { DenseFeatures([rows.columns[column]]).width }
    guard order.reduce(0, { $0 + features($1) }) > featureLimit else { return [] }
    var stream = RandomStream(seed: seed, name: "hazard-columns")
    stream.shuffle(&order)
    var left = featureLimit
    var dropped: [Int] = []
    for column in order {
      let own = features(column)
      if own <= left { left -= own } else { dropped.append(column) }
    }
    return dropped.sorted()
  }
}

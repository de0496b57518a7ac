import AssayDocument
import AssayMetrics
import AssayTable

/// Adds up what rows attract over the entity that they belong to, so that labels are permuted as
/// they were dealt: by entity where an entity column is declared, by row otherwise.
struct EntityPooling {
  /// What each unit attracts, training units first.
  let weights: [Double]
  /// Whether each unit is a training unit.
  let isTraining: [Bool]

  /// - Parameters:
  ///   - rowWeights: What each pooled row attracts, training rows first.
  ///   - frame: The aligned rows.
  init(_ rowWeights: [Double], _ frame: ExchangeableFrame) {
    let trainingRows = frame.rowCount(.training) ?? 0
    self.init(
      rowWeights, frame, training: Array(0..<trainingRows),
      holdout: Array(0..<max(0, rowWeights.count - trainingRows)))
  }

  /// Of some rows.
  ///
  /// - Parameters:
  ///   - rowWeights: What each of the rows attracts, training rows first.
  ///   - frame: The aligned rows.
  ///   - trainingRows: The training rows.
  ///   - holdoutRows: The holdout rows.
  init(
    _ rowWeights: [Double], _ frame: ExchangeableFrame, training trainingRows: [Int],
    holdout holdoutRows: [Int]
  ) {
    guard let group = frame.schema.indices(of: .group).first,
      let training = frame.table(.training), let holdout = frame.table(.holdout)
    else {
      weights = rowWeights
      isTraining = rowWeights.indices.map { $0 < trainingRows.count }
      return
    }
    let own = Self.sums(training.columns[group], rowWeights[..<trainingRows.count], trainingRows)
    let others = Self.sums(holdout.columns[group], rowWeights[trainingRows.count...], holdoutRows)
    weights = own + others
    isTraining =
      [Bool](repeating: true, count: own.count) + [Bool](repeating: false, count: others.count)
  }

  /// Sums by entity; a row without one is a unit of its own.
  private static func sums(
    _ column: ColumnData, _ weights: ArraySlice<Double>, _ rows: [Int]
  ) -> [Double] {
    let entities = Entities.codes(column)
    var places: [Int32: Int] = [:]
    var sums: [Double] = []
    for (place, weight) in weights.enumerated() {
      let entity = entities[rows[place]]
      if entity >= 0, let place = places[entity] {
        sums[place] += weight
      } else {
        if entity >= 0 { places[entity] = sums.count }
        sums.append(weight)
      }
    }
    return sums
  }
}

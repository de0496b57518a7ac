import AssayMetrics
import AssayNumerics
import AssayTable

/// Rows as trees read them, by rules that know nothing of training and holdout apart: numbers centred
/// and scaled by all targets, levels numbered from the commonest down.
struct ModelledRows: Sendable {
  /// Columns of the attack, in its order; NaN is missing.
  private let targets: [[Float]]
  private let synthetic: [[Float]]
  /// Levels that have a number of their own, by column; 0 for numbers.
  let levels: [Int]

  /// Levels of a column that have a number of their own, at most.
  private static let levelLimit = 30

  init(_ rows: AttackRows.Found, frame: ExchangeableFrame) {
    var targets: [[Float]] = []
    var synthetic: [[Float]] = []
    var levels: [Int] = []
    for column in rows.columns {
      switch (rows.pool.columns[column], rows.synthetic.columns[column]) {
      case (.numeric(let own), .numeric(let other)):
        let present = own.presentValues
        let largest = max(present.map { abs($0) }.max() ?? 1, .leastNormalMagnitude)
        // In units of the largest number, so that squares stay finite.
        let scaled = present.map { $0 / largest }
        let mean = pairwiseSum(scaled.span) / Double(max(1, scaled.count))
        let squares = scaled.map { ($0 - mean) * ($0 - mean) }
        let spread = (pairwiseSum(squares.span) / Double(max(1, scaled.count))).squareRoot()
        let factor = spread > 0 ? 1 / spread : 1
        func read(_ values: NumericValues) -> [Float] {
          (0..<values.count).map { row in
            guard let value = values[row] else { return .nan }
            return Float(max(-1e30, min(1e30, (value / largest - mean) * factor)))
          }
        }
        targets.append(read(own))
        synthetic.append(read(other))
        levels.append(0)
      case (.nominal(let own), .nominal(let other)):
        let names = frame.levelNames(column) ?? []
        var counts: [Int32: Int] = [:]
        for code in own where code >= 0 { counts[code, default: 0] += 1 }
        let kept = counts.keys.sorted {
          (counts[$0] ?? 0, names[Int($1)]) > (counts[$1] ?? 0, names[Int($0)])
        }.prefix(Self.levelLimit)
        var numbers: [Int32: Float] = [:]
        for (number, code) in kept.enumerated() { numbers[code] = Float(number) }
        func read(_ codes: [Int32]) -> [Float] {
          codes.map { $0 < 0 ? .nan : numbers[$0] ?? Float(kept.count) }
        }
        targets.append(read(own))
        synthetic.append(read(other))
        levels.append(kept.count + 1)
      default:
        targets.append([Float](repeating: 0, count: rows.pool.rowCount))
        synthetic.append([Float](repeating: 0, count: rows.synthetic.rowCount))
        levels.append(0)
      }
    }
    self.targets = targets
    self.synthetic = synthetic
    self.levels = levels
  }

  /// The known columns of some rows, row-major.
  func known(without secret: Int, isSynthetic: Bool, rows: [Int]) -> [Float] {
    let columns = isSynthetic ? synthetic : targets
    var values: [Float] = []
    values.reserveCapacity(rows.count * max(1, columns.count - 1))
    for row in rows {
      for column in columns.indices where column != secret { values.append(columns[column][row]) }
    }
    return values
  }

  /// The secret of some rows; NaN is missing.
  func secret(_ column: Int, isSynthetic: Bool, rows: [Int]) -> [Float] {
    let own = isSynthetic ? synthetic[column] : targets[column]
    return rows.map { own[$0] }
  }
}

import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// The real rows of one group with the synthetic rows that they attract.
struct ExposedGroup: Sendable {
  let columns: [String]
  let label: String
  /// The share closer to training less what is expected.
  let excess: Double
  /// The share that training rows have among the group's rows.
  let expected: Double
  /// The deviation of the share over relabellings.
  let spread: Double
  /// The deviation of the share over synthetic rows that share closest rows.
  let deviation: Double
  private let carriers: [Double]
  private let count: Int
  private let training: Int
  private let total: Double

  /// Whether both labels have enough rows and there is something to label.
  var isJudged: Bool {
    training >= GroupExposure.support && count - training >= GroupExposure.support && total > 0
      && spread > 0
  }

  /// The excess in deviations.
  var z: Double { spread > 0 ? excess / spread : 0 }

  /// Names the group's random numbers.
  var key: String { (columns + [label]).joined(separator: "\u{1F}") }

  init(columns: [String], label: String, rows: [Int], weights: [Double], training: Int) {
    self.columns = columns
    self.label = label
    let own = rows.map { weights[$0] }
    let held = own.filter { $0 != 0 }
    let whole = pairwiseSum(held.span)
    let labelled = rows.count { $0 < training }
    let size = Double(max(1, rows.count))
    count = rows.count
    self.training = labelled
    carriers = held
    total = whole
    expected = Double(labelled) / size
    guard whole > 0, rows.count > 1 else {
      (excess, spread, deviation) = (0, 0, 0)
      return
    }
    var near = 0.0
    var squares = 0.0
    for row in rows where row < training { near += weights[row] }
    let share = near / whole
    for row in rows {
      let centred = weights[row] * ((row < training ? 1 : 0) - share)
      squares += centred * centred
    }
    excess = share - expected
    deviation = squares.squareRoot() / whole
    let mean = whole / size
    var variance = 0.0
    for row in rows { variance += (weights[row] - mean) * (weights[row] - mean) }
    variance *= expected * Double(rows.count - labelled) / (size - 1)
    spread = variance.squareRoot() / whole
  }

  /// The excess, in deviations, of a random labelling of the group's rows.
  func permuted(_ stream: inout RandomStream) -> Double {
    var rows = count
    var labels = training
    var sum = 0.0
    for weight in carriers {
      if stream.below(rows) < labels {
        sum += weight
        labels -= 1
      }
      rows -= 1
    }
    return (sum / total - expected) / spread
  }
}

/// Groups of sensitive columns that are fixed on training and holdout together, blind to which is
/// which.
enum PooledGroups {
  static func groupings(_ frame: ExchangeableFrame, k: Int) -> [Grouping] {
    var tables: [TableRole: AlignedTable] = [:]
    for role in TableRole.allCases { tables[role] = frame.table(role) }
    var groupings: [Grouping] = []
    for place in frame.schema.indices(of: .sensitive) where frame.unfit[place] == nil {
      let column = frame.schema.columns[place]
      let pool = frame.pool(place)
      let cells: SensitiveCells
      if let names = frame.levelNames(place) {
        var counts = [Int](repeating: 0, count: names.count)
        for part in pool {
          for code in part.nominal ?? [] where code >= 0 { counts[Int(code)] += 1 }
        }
        cells = SensitiveCells(counts: counts, names: names, support: k)
      } else {
        let numbers = pool.flatMap { $0.numeric?.presentValues ?? [] }
        guard !numbers.isEmpty else { continue }
        cells = SensitiveCells(
          sorted: sortedCopy(numbers.span), isTime: column.kind == .datetime
        ) { Published.rounded($0) }
      }
      let grouping = Grouping(
        columns: [column.name], cells: [cells], tables: tables, places: [place],
        foundOn: [.training, .holdout], support: k)
      if grouping.groups.count >= 2 { groupings.append(grouping) }
    }
    return groupings
  }
}

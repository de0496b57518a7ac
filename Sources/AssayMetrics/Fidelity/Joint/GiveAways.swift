import AssayDocument
import AssayNumerics
import AssayTable

/// The columns by which synthetic rows are told from real ones.
///
/// A column of the rows that a learner was not trained on is put in random order; how much worse the
/// learner then tells rows apart is what the column gave away. Columns that say the same share it.
///
/// Source: Breiman (2001), Random forests, doi:10.1023/A:1010933404324, § 10; p-values of the paired
/// areas by DeLong, DeLong & Clarke-Pearson (1988), doi:10.2307/2531595, adjusted by Holm.
struct GiveAways: Sendable {
  /// One column.
  struct Column: Sendable {
    var column: Int
    /// What the area loses without it, the mean of both halves.
    var drop: Double
    /// The one-sided p-value.
    var pValue: Double
    /// The p-value adjusted over all columns.
    var adjusted = 1.0
  }

  /// All columns that were tried, the most telling first.
  let columns: [Column]

  /// Columns that are tried, at most: those with the largest gain.
  private static let limit = 25

  init(
    _ rows: PooledHalves, _ pair: BoostedPair, names: [String], seed: UInt64, threads: Int
  ) throws(NumericsError) {
    let gains = (0..<rows.width).map { pair.models[0].totalGain[$0] + pair.models[1].totalGain[$0] }
    let tried = gains.indices.filter { gains[$0] > 0 }.sorted {
      (gains[$1], $0) < (gains[$0], $1)
    }.prefix(Self.limit).map(\.self)
    var found = try parallelChunks(count: tried.count, chunk: 1, threads: threads) {
      range throws(NumericsError) -> Column in
      let column = tried[range.lowerBound]
      var drop = 0.0
      var error = 0.0
      for half in 0..<2 {
        let others = rows.halves[half]
        var values = rows.values(others)
        var stream = RandomStream(seed: seed, name: "importance", names[column], String(half))
        var order = Array(0..<others.count)
        stream.shuffle(&order)
        for row in others.indices {
          values[row * rows.width + column] =
            rows.values[others[order[row]] * rows.width + column]
        }
        let mixed = values
        let area = try rows.area(pair.models[1 - half].predictions(mixed.span), others)
        let difference = try AreaDifference(pair.fit.areas[half], area)
        drop += difference.difference / 2
        error += difference.standardError / 2
      }
      return Column(
        column: column, drop: drop,
        pValue: error > 0 ? normalSurvival(drop / error) : drop > 0 ? 0 : 1)
    }
    let pValues = found.map(\.pValue)
    let adjusted = try holmAdjustedPValues(pValues.span)
    for index in found.indices { found[index].adjusted = adjusted[index] }
    columns = found.sorted { ($1.drop, $0.column) < ($0.drop, $1.column) }
  }

  /// The columns that certainly gave something away.
  var telling: [Column] { columns.filter { $0.drop > 0 && $0.adjusted <= 0.05 } }

  /// The most telling ones as a document lists them.
  func details(_ names: [String]) -> DetailValue {
    .array(
      telling.prefix(10).map { entry in
        .object([
          "column": .string(names[entry.column]),
          "drop": .finite(CellLabels.share(entry.drop)), "pValue": .finite(entry.pValue),
          "adjusted": .finite(entry.adjusted),
        ])
      })
  }
}

/// How many columns have to go before synthetic rows can no longer be told from real ones.
///
/// Columns leave one after the other, each time the one that the learner gains most by. One column
/// that goes is an artefact of that column; many mean that rows as a whole are wrong.
struct Peeling: Sendable {
  /// The columns in the order in which they left.
  private(set) var columns: [Int] = []
  /// The area after each.
  private(set) var areas: [Double] = []
  /// Whether the end was reached before the limit.
  private(set) var isDone: Bool

  /// At or below this area rows count as no longer told apart.
  static let end = 0.55

  /// Peels with one learner of half as many trees, trained on half 0 and tried on half 1.
  init(
    _ rows: PooledHalves, _ pair: BoostedPair, trees: Int, limit: Int
  ) throws(NumericsError) {
    isDone = pair.fit.value <= Self.end
    guard !isDone, limit > 0 else { return }
    var left = Array(0..<rows.width)
    var gains = left.map { pair.models[0].totalGain[$0] + pair.models[1].totalGain[$0] }
    let labels = rows.labels(rows.halves[0])
    while columns.count < limit, !isDone {
      var worst = 0
      for place in gains.indices where gains[place] > gains[worst] { worst = place }
      columns.append(left.remove(at: worst))
      guard !left.isEmpty else {
        areas.append(0.5)
        isDone = true
        return
      }
      let values = rows.values(rows.halves[0], columns: left)
      let model = try BoostedTrees(
        values.span, labels: labels.span, columns: left.count,
        parameters: BoostedPair.parameters(trees: max(1, trees / 2)))
      let others = rows.values(rows.halves[1], columns: left)
      let area = try rows.area(model.predictions(others.span), rows.halves[1]).value
      areas.append(area)
      gains = model.totalGain
      isDone = area <= Self.end
    }
  }
}

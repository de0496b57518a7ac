import AssayDocument
import AssayNumerics
import AssayTable
import Foundation

/// The masks of missing values of equally many rows of both sides: 1 where a row lacks a value.
struct MaskedRows {
  /// The columns in which a row of either side lacks a value, by place in the schema.
  let columns: [Int]
  /// The pooled masks.
  let pooled: PooledHalves
  /// Masks of training rows, every column in an order of its own, in place of the synthetic ones:
  /// right rates and no relations.
  let shuffled: PooledHalves

  /// `nil` where nothing is missing or a half would have fewer than five rows of a side.
  init?(
    _ role: TableRole, _ workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) {
    let frame = workspace.frame
    let limit = workspace.plan.classifierRows
    var rows: [TableRole: (table: AlignedTable, places: [Int32])] = [:]
    for own in [role, .synthetic, .training] {
      guard let table = frame.table(own) else { return nil }
      let order = try await workspace.value(of: EncodedOrder(role: own, keepsUnfit: false)).order
      rows[own] = (table, Array(order.prefix(limit)))
    }
    guard let real = rows[role], let synthetic = rows[.synthetic], let training = rows[.training]
    else { return nil }
    // By name, so that nothing depends on the order of columns.
    let named = frame.schema.columns.indices.filter {
      !frame.schema.columns[$0].isExcluded && frame.unfit[$0] == nil
    }.sorted { frame.schema.columns[$0].name < frame.schema.columns[$1].name }
    let chosen = named.filter { column in
      [real, synthetic].contains { side in
        side.places.contains { !side.table.columns[column].isPresent(Int($0)) }
      }
    }
    let width = chosen.count
    func masks(_ side: (table: AlignedTable, places: [Int32])) -> [Float] {
      var masks = [Float](repeating: 0, count: side.places.count * width)
      for (place, column) in chosen.enumerated() {
        let cells = side.table.columns[column]
        for (row, own) in side.places.enumerated() where !cells.isPresent(Int(own)) {
          masks[row * width + place] = 1
        }
      }
      return masks
    }
    var mixed = masks(training)
    let count = training.places.count
    for (place, column) in chosen.enumerated() {
      var stream = RandomStream(
        seed: workspace.plan.seed, name: "shuffle masks", frame.schema.columns[column].name)
      var own = (0..<count).map { mixed[$0 * width + place] }
      stream.shuffle(&own)
      for row in 0..<count { mixed[row * width + place] = own[row] }
    }
    let reals = masks(real)
    guard width > 0,
      let pooled = PooledHalves(kinds: masks(synthetic), real: reals, width: width),
      let shuffled = PooledHalves(kinds: mixed, real: reals, width: width)
    else { return nil }
    columns = chosen
    self.pooled = pooled
    self.shuffled = shuffled
  }

  /// What the rates of single columns tell: the sum over columns of the logarithm of the ratio of both
  /// sides' rates, learnt on one half and tried on the other (half a row added to each count).
  func rates() throws(NumericsError) -> CrossFit {
    let width = pooled.width
    let scores = (0..<2).map { half in
      var counts = [[Double]](repeating: [Double](repeating: 0.5, count: width), count: 2)
      var totals = [1.0, 1.0]
      for row in pooled.halves[1 - half] {
        let side = pooled.isSynthetic[row] ? 1 : 0
        totals[side] += 1
        for column in 0..<width where pooled.values[row * width + column] == 1 {
          counts[side][column] += 1
        }
      }
      let weights = (0..<width).map { column in
        let shares = (0..<2).map { counts[$0][column] / totals[$0] }
        return (lacking: log(shares[1] / shares[0]), there: log((1 - shares[1]) / (1 - shares[0])))
      }
      return pooled.halves[half].map { row in
        (0..<width).reduce(0) { sum, column in
          sum
            + (pooled.values[row * width + column] == 1
              ? weights[column].lacking : weights[column].there)
        }
      }
    }
    return try CrossFit(pooled, scores: scores)
  }
}

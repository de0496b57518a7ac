import AssayDocument
import AssayMetrics
import AssayTable

/// Which rows rare combinations are looked for in: all, or a choice that does not depend on their order.
struct CombinationRows: Sendable {
  /// Features that can be compared, by name.
  private let columns: [Int]
  /// The rows of each side; the pool is training and then holdout.
  let training: [Int]
  let holdout: [Int]
  private let synthetic: [Int]
  /// Pooled rows that are compared with the others, by their contents and not by their side.
  let probes: [Int]

  init?(_ frame: ExchangeableFrame, plan: EvaluationPlan) {
    columns = frame.schema.featureIndices.filter { frame.unfit[$0] == nil }
      .sorted { frame.schema.columns[$0].name < frame.schema.columns[$1].name }
    guard columns.count > 1, let table = frame.table(.training) else { return nil }
    let order = StableOrder(frame, columns: columns)
    let limit = plan.preset == .quick ? 20_000 : 200_000
    func chosen(_ table: AlignedTable, _ name: String) -> [Int] {
      table.rowCount <= limit
        ? Array(0..<table.rowCount)
        : order.chosen(table, limit: limit, seed: plan.seed, name: name).sorted()
    }
    training = chosen(table, "training")
    synthetic = chosen(frame.synthetic, "synthetic")
    var keys = order.keys(table)
    keys = training.map { keys[$0] }
    if let other = frame.table(.holdout) {
      holdout = chosen(other, "holdout")
      let own = order.keys(other)
      keys += holdout.map { own[$0] }
    } else {
      holdout = []
    }
    probes = Array(
      keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.prefix(plan.membershipRows * 5))
  }

  /// The search among these rows.
  func search(_ frame: ExchangeableFrame, plan: EvaluationPlan) -> CombinationSearch {
    let rows = training.count + holdout.count
    let smallest = max(plan.k, rows / 8_000)
    let cells = columns.map { column in
      let cells = CommonCells(frame.pool(column), smallest: smallest)
      let pool = zip(frame.pool(column), [training, holdout]).flatMap { cells.cells($0, rows: $1) }
      return CombinationSearch.Column(
        count: max(1, cells.count), pool: pool,
        synthetic: cells.cells(frame.synthetic.columns[column], rows: synthetic))
    }
    let limit =
      switch plan.preset {
      case .quick: 20
      case .standard: 60
      case .full: 200
      }
    return CombinationSearch(
      columns: cells, limit: limit, entities: entities(frame), seed: plan.seed)
  }

  /// The entity of each pooled row; those of the two sides are different ones.
  private func entities(_ frame: ExchangeableFrame) -> [Int32] {
    guard let group = frame.schema.indices(of: .group).first,
      let table = frame.table(.training)
    else { return [] }
    let codes = Entities.codes(table.columns[group])
    let own = training.map { codes[$0] }
    guard let other = frame.table(.holdout) else { return own }
    let others = Entities.codes(other.columns[group])
    let next = (own.max() ?? -1) + 1
    return own + holdout.map { others[$0] < 0 ? -1 : others[$0] + next }
  }
}

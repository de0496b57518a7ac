import Foundation

/// Attacks that look at how often combinations of values occur.
extension Attack {
  static let marginalAttacks: [Attack] = [
    Attack(
      id: "pair-likelihood", title: "Likelihood by pairs of columns",
      threat: .withReference, scores: { evidence in pairLikelihood(evidence.cells) }),
    Attack(
      id: "marginal-queries", title: "Too common cells of three columns",
      threat: .withReference, scores: { evidence in marginalQueries(evidence.cells) }),
  ]

  /// Σ over pairs of columns of log p̂(cell; synthetic) − log p̂(cell; pool without x): two models of
  /// the same form, fitted to either side.
  static func pairLikelihood(_ cells: AttackCells) -> [Double] {
    sum(cells.pairs, cells.targets) { table, cell in
      let size = Double(table.pool.count)
      let synthetic =
        (Double(table.synthetic[cell]) + 0.5) / (Double(cells.syntheticRows) + 0.5 * size)
      let pool =
        (Double(table.pool[cell] - 1) + 0.5) / (Double(cells.poolRows - 1) + 0.5 * size)
      return log(synthetic / pool)
    }
  }

  /// Σ over triples of columns of the standardised excess of the cell among synthetic rows over the
  /// pool without x, where it is positive; after Golob and others, 2025.
  static func marginalQueries(_ cells: AttackCells) -> [Double] {
    let ratio = Double(cells.syntheticRows) / Double(max(1, cells.poolRows - 1))
    return sum(cells.triples, cells.targets) { table, cell in
      let expected = Double(table.pool[cell] - 1) * ratio
      let found = Double(table.synthetic[cell])
      return max(0, (found - expected) / (found + expected + 1).squareRoot())
    }
  }

  private static func sum(
    _ tables: [AttackCells.Table], _ targets: Int, _ value: (AttackCells.Table, Int) -> Double
  ) -> [Double] {
    // Of one or two columns there may be nothing to combine: then nothing is said of anybody.
    var sums = [Double](repeating: 0, count: targets)
    for table in tables {
      // A cell's value is the same for all of its targets.
      var values: [Double?] = Array(repeating: nil, count: table.pool.count)
      for target in sums.indices {
        let cell = Int(table.targets[target])
        let own = values[cell] ?? value(table, cell)
        values[cell] = own
        sums[target] += own
      }
    }
    return sums
  }
}

package import AssayTable

/// How uniform values over the training range or levels fall into cells: the far end of the scale
/// of every distance over one column.
package enum UniformCells {
  /// Counts on the fine grid (numbers) or on the marginal cells (levels), scaled to 10⁶ rows.
  package static func counts(_ fit: ColumnFit, isWhole: Bool) -> [Float] {
    let shares: [Double]
    switch fit {
    case .numeric(let fit): shares = numeric(fit, isWhole: isWhole)
    case .nominal(let fit): shares = nominal(fit)
    }
    return shares.map { Float(($0 * 1e6).rounded()) }
  }

  private static func nominal(_ fit: NominalFit) -> [Double] {
    guard case .levels(_, let cellOf) = fit.marginal.rule else { return [] }
    var shares = [Double](repeating: 0, count: fit.marginal.count)
    let levels = fit.counts.indices.filter { fit.counts[$0] > 0 }
    for level in levels { shares[Int(cellOf[level])] += 1 / Double(levels.count) }
    return shares
  }

  private static func numeric(_ fit: NumericFit, isWhole: Bool) -> [Double] {
    let edges = fit.fine.edges ?? []
    var masses = [Double](repeating: 0, count: fit.fine.count)
    guard let low = fit.sorted.first, let high = fit.sorted.last else { return masses }
    for cell in 0...edges.count {
      let from = max(low, cell == 0 ? low : edges[cell - 1])
      if isWhole {
        let below = cell == edges.count ? high + 1 : min(high + 1, edges[cell])
        masses[cell] = max(0, below.rounded(.up) - from.rounded(.up))
      } else {
        masses[cell] = max(0, (cell == edges.count ? high : min(high, edges[cell])) - from)
      }
    }
    let total = masses.reduce(0, +)
    if total > 0 { return masses.map { $0 / total } }
    masses[fit.fine.cell(of: low)] = 1
    return masses
  }
}

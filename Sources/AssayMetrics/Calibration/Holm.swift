/// Adjusts p-values so that the chance of any false alarm in the family stays at the level.
enum Holm {
  /// The adjusted p-values, in the order given.
  ///
  /// Holm, S. (1979), A simple sequentially rejective multiple test procedure, Scandinavian
  /// Journal of Statistics 6, 65–70.
  static func adjusted(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var adjusted = values
    var running = 0.0
    for (rank, position) in order.enumerated() {
      running = max(running, min(1, Double(values.count - rank) * values[position]))
      adjusted[position] = running
    }
    return adjusted
  }
}

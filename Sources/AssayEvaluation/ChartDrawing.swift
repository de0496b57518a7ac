import AssayDocument
import AssayMetrics
import AssayTable

/// Collects what is drawn of rows and pairs once the scores are known.
struct ChartDrawing {
  let workspace: Workspace<ReferenceFrame>
  let catalog: MetricCatalog
  let scores: [Score]
  /// Pairs of columns that findings name: each gets its table.
  var named: [[String]] = []

  /// Pairs that get a table because they are the furthest from real, at most.
  static let pairLimit = 12

  /// The records; `nil` where neither rows nor pairs were looked at.
  func records() async throws(MetricError) -> ChartRecords? {
    let pairs = try await pairs()
    // Rows as a whole are drawn where a metric looks at them.
    guard catalog.descriptors.contains(where: { $0.id == "fidelity.classifier-two-sample" }) else {
      return pairs.isEmpty ? nil : ChartRecords(plane: nil, pairs: pairs)
    }
    if let reason = absence {
      return ChartRecords(plane: nil, planeAbsence: reason, pairs: pairs)
    }
    let plane = try await workspace.value(of: PlaneRows())
    return ChartRecords(
      plane: plane,
      planeAbsence: plane == nil
        ? "too few rows or columns for cells of \(workspace.plan.k) rows and more" : nil,
      pairs: pairs)
  }

  private var absence: String? {
    if !workspace.frame.schema.indices(of: .weight).isEmpty {
      return "a weight column is declared, and points count alike"
    }
    if workspace.frame.intended != nil {
      return "the real rows are reweighted to a declared difference, and points count alike"
    }
    return nil
  }

  private func pairs() async throws(MetricError) -> [PairTable] {
    let frame = workspace.frame
    let order = PairOrder(
      scores, metrics: catalog.descriptors,
      preferred: frame.rowCount(.holdout) == nil ? .training : .holdout)
    let places = Dictionary(
      frame.schema.columns.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    func positions(_ columns: [String]) -> Set<Int> { Set(columns.compactMap { places[$0] }) }
    let furthest = order.pairs.prefix(Self.pairLimit).map(positions)
    var pairs: [Set<Int>] = []
    for pair in furthest + named.map(positions) where pair.count == 2 && !pairs.contains(pair) {
      pairs.append(pair)
    }
    return try await PairTables(frame, workspace).tables(
      pairs.map { pair in
        let sorted = pair.sorted()
        return (sorted[0], sorted[1])
      })
  }
}

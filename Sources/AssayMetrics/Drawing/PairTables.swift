package import AssayDocument
package import AssayTable

/// Tables of pairs of columns as they may be published, in the cells of ``CramersV``.
package struct PairTables {
  private let frame: ReferenceFrame
  private let workspace: Workspace<ReferenceFrame>

  package init(_ frame: ReferenceFrame, _ workspace: Workspace<ReferenceFrame>) {
    self.frame = frame
    self.workspace = workspace
  }

  /// The tables of pairs of schema positions that can be paired; others are left out.
  ///
  /// - Complexity: O(rows) a pair and side.
  package func tables(
    _ pairs: [(first: Int, second: Int)]
  ) async throws(MetricError) -> [PairTable] {
    let columns = PairPlan.columns(frame)
    let labels = CellLabels(frame, k: workspace.plan.k)
    var sides: [(role: TableRole, codes: OrderedCodes)] = []
    for role in [TableRole.training, .holdout, .synthetic] where frame.rowCount(role) != nil {
      sides.append((role, try await workspace.value(of: PairCodes(source: .role(role)))))
    }
    var tables: [PairTable] = []
    for pair in pairs {
      guard let first = columns.firstIndex(of: pair.first),
        let second = columns.firstIndex(of: pair.second)
      else { continue }
      let rows = labels.cells(pair.first, map: frame.fits[pair.first]?.pairCells)
      let across = labels.cells(pair.second, map: frame.fits[pair.second]?.pairCells)
      let counted = sides.map { side in
        Self.side(
          side.role, side.codes, first, second, lines: rows.count, width: across.count,
          k: workspace.plan.k)
      }
      if let table = Self.table(
        [pair.first, pair.second].map { frame.schema.columns[$0].name }, rows.map(\.label),
        across.map(\.label), counted, k: workspace.plan.k)
      {
        tables.append(table)
      }
    }
    return tables
  }

  /// One side: k counts rows, whatever they weigh; shares are weighed.
  static func side(
    _ role: TableRole, _ codes: OrderedCodes, _ first: Int, _ second: Int, lines: Int,
    width: Int, k: Int
  ) -> PairTable.Side {
    var counts = [Int](repeating: 0, count: lines * width)
    var weights = [Double](repeating: 0, count: lines * width)
    let (own, other) = (codes.codes[first], codes.codes[second])
    for row in own.indices {
      let cell = Int(own[row]) * width + Int(other[row])
      counts[cell] += 1
      weights[cell] += codes.weights.isEmpty ? 1 : Double(codes.weights[row])
    }
    let total = weights.reduce(0, +)
    let shown = CountSuppression(counts: counts, lines: lines, width: width, k: k)
    return PairTable.Side(
      role: role, rows: own.count,
      shares: counts.indices.map { cell in
        shown.isPublished[cell] && total > 0 ? CellLabels.share(weights[cell] / total) : nil
      })
  }

  /// The table without lines in which no side publishes anything; `nil` where none is left.
  static func table(
    _ columns: [String], _ first: [String], _ second: [String], _ sides: [PairTable.Side], k: Int
  ) -> PairTable? {
    let width = second.count
    func isShown(_ cell: Int) -> Bool { sides.contains { $0.shares[cell] != nil } }
    let rows = first.indices.filter { row in second.indices.contains { isShown(row * width + $0) } }
    let across = second.indices.filter { column in
      first.indices.contains { isShown($0 * width + column) }
    }
    guard !rows.isEmpty, !across.isEmpty else { return nil }
    return PairTable(
      columns: columns, first: rows.map { first[$0] }, second: across.map { second[$0] },
      smallest: k,
      sides: sides.map { side in
        PairTable.Side(
          role: side.role, rows: side.rows,
          shares: rows.flatMap { row in across.map { side.shares[row * width + $0] } })
      })
  }
}

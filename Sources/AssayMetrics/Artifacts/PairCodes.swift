package import AssayDocument
import AssayNumerics
package import AssayTable

/// The cell of every row in each column that can be paired, group after group.
package struct OrderedCodes: Sendable {
  /// For each schema position that can be paired, the cells of the rows in the order of the groups.
  package var codes: [[UInt8]]
  /// Where each group starts.
  package var offsets: [Int]
  /// What each row counts, in the order of the groups; empty where rows count alike.
  package var weights: [Float]
}

/// Which rows a table of pairs counts.
package enum PairSource: Sendable, Hashable {
  /// The rows of a role.
  case role(TableRole)
  /// Training rows with every column resampled on its own, as many as there are synthetic rows.
  case shuffled
}

/// The cells of the rows of a source, for all columns that can be paired.
package struct PairCodes: Artifact {
  package typealias Frame = ReferenceFrame

  package var source: PairSource

  package init(source: PairSource) {
    self.source = source
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> OrderedCodes {
    let columns = PairPlan.columns(frame)
    switch source {
    case .role(let role):
      guard let table = frame.table(role) else {
        throw MetricError(code: "role.absent", message: "there is no \(role.rawValue) table")
      }
      let layout = try await workspace.value(of: Shards(role: role))
      let codes = try parallelMap(columns.count, threads: workspace.threads) { position in
        let column = columns[position]
        guard let fit = frame.fits[column] else { return [UInt8]() }
        let cells = fit.pairCells.codes(table.columns[column])
        return layout.order.map { UInt8(truncatingIfNeeded: cells[Int($0)]) }
      }
      let weights = try await workspace.value(of: RowWeights(role: role))
      return OrderedCodes(
        codes: codes, offsets: layout.offsets,
        weights: weights.map { weights in layout.order.map { weights[Int($0)] } } ?? [])
    case .shuffled:
      let real = try await workspace.value(of: PairCodes(source: .role(.training)))
      let rows = frame.rowCount(.synthetic) ?? 0
      let seed = workspace.plan.seed
      let codes = try parallelMap(columns.count, threads: workspace.threads) { position in
        var stream = RandomStream(seed: seed, path: ["shuffled", String(columns[position])])
        let own = real.codes[position]
        guard !real.weights.isEmpty else {
          return (0..<rows).map { _ in own[stream.below(own.count)] }
        }
        // Rows are drawn by their weight: the values resampled are those of the population.
        let most = Double(real.weights.max() ?? 1)
        return (0..<rows).map { _ in
          while true {
            let row = stream.below(own.count)
            if stream.uniform() * most < Double(real.weights[row]) { return own[row] }
          }
        }
      }
      return OrderedCodes(codes: codes, offsets: [0, rows], weights: [])
    }
  }
}

/// The pairs of columns that are looked at.
package struct PairPlan: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  /// Pairs of positions in ``columns(_:)``.
  package struct Value: Sendable {
    /// Schema positions of the columns that can be paired.
    package var columns: [Int]
    /// Pairs of indices into `columns`.
    package var pairs: [(first: Int, second: Int)]
    /// How many pairs there are in all.
    package var total: Int
  }

  /// Features whose training rows hold two or more cells.
  package static func columns(_ frame: ReferenceFrame) -> [Int] {
    frame.schema.featureIndices.filter { position in
      guard let fit = frame.fits[position] else { return false }
      switch fit {
      case .numeric(let fit): return fit.varies || (fit.missing > 0 && !fit.sorted.isEmpty)
      case .nominal(let fit):
        return fit.varies || (fit.missing > 0 && fit.counts.contains { $0 > 0 })
      }
    }
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Value {
    let columns = Self.columns(frame)
    var pairs: [(first: Int, second: Int)] = []
    for first in columns.indices {
      for second in columns.indices where second > first { pairs.append((first, second)) }
    }
    let total = pairs.count
    if let limit = workspace.plan.pairLimit, total > limit {
      var stream = RandomStream(seed: workspace.plan.seed, name: "pairs")
      stream.shuffle(&pairs)
      pairs = pairs.prefix(limit).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }
    return Value(columns: columns, pairs: pairs, total: total)
  }
}

package import AssayDocument
package import AssayNumerics
package import AssayTable

/// How rows become points, frozen on the training rows: `rank-one-hot/1`.
///
/// Numbers become their mid-rank among the training values, in 0...1; each of the commonest levels
/// and all others together become a coordinate of 0 or 1/√2, so that two different levels are 1
/// apart; a column with missing training values or missing values elsewhere has one more coordinate
/// that is 1 where the value is missing.
package struct RowEmbedding: Sendable {
  /// The name of the construction.
  package static let name = "rank-one-hot/1"
  /// Levels of a column with a coordinate of their own, at most.
  private static let levelLimit = 40

  private enum Rule: Sendable {
    case number(RankScale?)
    case level(coordinates: [Int32], count: Int)
  }

  private let columns: [(place: Int, start: Int, rule: Rule)]
  /// The number of coordinates.
  package let dimensions: Int

  package init(_ encoding: RowEncoding, _ frame: ReferenceFrame) throws(NumericsError) {
    var columns: [(place: Int, start: Int, rule: Rule)] = []
    var next = 0
    for column in encoding.columns {
      switch (frame.fits[column.place], column.rule) {
      case (.numeric(let fit), _):
        let sorted = fit.sorted
        let scale = sorted.isEmpty ? nil : try RankScale(sorted: sorted.span)
        columns.append((column.place, next, .number(scale)))
        next += 2
      case (.nominal, .level(let codes, let levels)):
        // Codes count from the commonest level down.
        let kept = min(levels - 1, Self.levelLimit)
        let coordinates = codes.map { Int32(min(Int($0), kept)) }
        columns.append((column.place, next, .level(coordinates: coordinates, count: kept + 1)))
        next += kept + 2
      default: continue
      }
    }
    self.columns = columns
    dimensions = next
  }

  /// The points of some rows of a table, row-major.
  package func points(_ table: AlignedTable, rows: [Int]) -> [Double] {
    var out = [Double](repeating: 0, count: rows.count * dimensions)
    let side = 0.5.squareRoot()
    for (place, start, rule) in columns {
      switch (rule, table.columns[place]) {
      case (.number(let scale), .numeric(let values)):
        for (index, row) in rows.enumerated() {
          let base = index * dimensions + start
          if let value = values[row] {
            out[base] = scale?.position(of: value) ?? 0
          } else {
            out[base + 1] = 1
          }
        }
      case (.level(let coordinates, let count), .nominal(let codes)):
        for (index, row) in rows.enumerated() {
          let base = index * dimensions + start
          let code = Int(codes[row])
          if code < 0 {
            out[base + count] = 1
          } else {
            out[base + (code < coordinates.count ? Int(coordinates[code]) : count - 1)] = side
          }
        }
      default: continue
      }
    }
    return out
  }

  /// The same points with the coordinates of every column in an order of their own: right columns,
  /// no relations.
  package func shuffledColumns(_ points: [Double], seed: UInt64, names: [Int: String]) -> [Double] {
    var out = points
    let count = dimensions > 0 ? points.count / dimensions : 0
    for (index, column) in columns.enumerated() {
      let end = index + 1 < columns.count ? columns[index + 1].start : dimensions
      var stream = RandomStream(seed: seed, name: "shuffle", names[column.place] ?? "")
      var order = Array(0..<count)
      stream.shuffle(&order)
      for row in 0..<count {
        for coordinate in column.start..<end {
          out[row * dimensions + coordinate] = points[order[row] * dimensions + coordinate]
        }
      }
    }
    return out
  }
}

/// Equally many synthetic and real rows as points, and as many rows of shuffled columns.
package struct EmbeddedRows: Artifact {
  package typealias Frame = ReferenceFrame

  package var against: TableRole

  package init(against: TableRole) {
    self.against = against
  }

  /// The points.
  package struct Found: Sendable {
    /// The number of coordinates.
    package var dimensions: Int
    /// Rows of each side.
    package var rows: Int
    /// Real rows, row-major.
    package var real: [Double]
    /// Synthetic rows.
    package var synthetic: [Double]
    /// Training rows whose columns were drawn each on its own.
    package var shuffled: [Double]
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found? {
    let limit = workspace.plan.classifierRows
    let encoding = try await workspace.value(of: RowEncodings())
    let real = try await workspace.value(of: EncodedRows(role: against, limit: limit))
    let own = try await workspace.value(of: EncodedRows(role: .synthetic, limit: limit))
    let training = try await workspace.value(of: EncodedRows(role: .training, limit: limit))
    let count = min(real.count, own.count, training.count, workspace.plan.distanceRows)
    guard let realTable = frame.table(against), let ownTable = frame.table(.synthetic),
      let trainingTable = frame.table(.training), count >= 4
    else { return nil }
    do throws(NumericsError) {
      let embedding = try RowEmbedding(encoding, frame)
      guard embedding.dimensions > 0 else { return nil }
      var names: [Int: String] = [:]
      for column in encoding.columns { names[column.place] = column.name }
      // The last of the training rows: where there are enough of them, others than the real side.
      let anchor = embedding.points(trainingTable, rows: Array(training.places.suffix(count)))
      return Found(
        dimensions: embedding.dimensions, rows: count,
        real: embedding.points(realTable, rows: Array(real.places.prefix(count))),
        synthetic: embedding.points(ownTable, rows: Array(own.places.prefix(count))),
        shuffled: embedding.shuffledColumns(anchor, seed: workspace.plan.seed, names: names))
    } catch {
      throw MetricError(error)
    }
  }
}

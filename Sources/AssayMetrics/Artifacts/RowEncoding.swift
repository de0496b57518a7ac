import AssayDocument
package import AssayNumerics
package import AssayTable

/// How rows become numbers that a learner reads, frozen on the training rows.
///
/// Numbers and points in time are centred and scaled by their training rows, which trees do not
/// notice and single precision needs; levels are numbered from the commonest training level down,
/// with one number for all that are rare or were not seen; missing is NaN. Columns are in the order
/// of their names, so that nothing depends on their order in the file.
package struct RowEncoding: Sendable {
  /// One column.
  package struct Column: Sendable {
    /// The place in the schema.
    package var place: Int
    /// The name.
    package var name: String
    /// How its values become numbers.
    package var rule: Rule
  }

  /// How values become numbers.
  package enum Rule: Sendable {
    /// Less the centre, times the factor.
    case number(centre: Double, factor: Double)
    /// The number of each training level; `levels` − 1 stands for all others.
    case level(codes: [Float], levels: Int)
  }

  /// The columns, by name.
  package let columns: [Column]

  /// Levels of a column that have a number of their own, at most: as many as trees tell apart.
  private static let levelLimit = 254

  /// Columns that are features and hold numbers or levels; those that the synthetic side lacks are
  /// left out unless `keepsUnfit`, which reads them as missing there.
  package init(_ frame: ReferenceFrame, rareLevelCount: Int, keepsUnfit: Bool = false) {
    var found: [Column] = []
    for place in frame.schema.featureIndices where keepsUnfit || frame.unfit[place] == nil {
      let name = frame.schema.columns[place].name
      switch frame.fits[place] {
      case .numeric(let fit):
        found.append(Column(place: place, name: name, rule: Self.rule(fit)))
      case .nominal(let fit):
        guard let levels = frame.levels[place] else { continue }
        let kept = fit.counts.indices.filter { fit.counts[$0] >= rareLevelCount }.sorted {
          (fit.counts[$0], levels.names[$1]) > (fit.counts[$1], levels.names[$0])
        }.prefix(Self.levelLimit)
        var codes = [Float](repeating: Float(kept.count), count: fit.counts.count)
        for (code, level) in kept.enumerated() { codes[level] = Float(code) }
        found.append(
          Column(place: place, name: name, rule: .level(codes: codes, levels: kept.count + 1)))
      case nil:
        continue
      }
    }
    columns = found.sorted { $0.name < $1.name }
  }

  private static func rule(_ fit: NumericFit) -> Rule {
    let spread = fit.standardDeviation
    guard fit.mean.isFinite, spread.isFinite else {
      // Numbers so large that their squares are not: halving the exponents is enough.
      let largest = max(abs(fit.sorted.first ?? 1), abs(fit.sorted.last ?? 1), 1)
      return .number(centre: 0, factor: 1 / largest)
    }
    return .number(centre: fit.mean, factor: spread > 0 ? 1 / spread : 1)
  }

  /// The numbers of one column for some rows.
  ///
  /// - Complexity: O(rows).
  package func values(_ column: Int, of table: AlignedTable, rows: some Sequence<Int>) -> [Float] {
    let own = columns[column]
    switch (own.rule, table.columns[own.place]) {
    case (.number(let centre, let factor), .numeric(let values)):
      return rows.map { row in
        guard values.validity?[row] ?? true else { return .nan }
        let scaled = (values.values[row] - centre) * factor
        // Adding 0 makes −0 and 0 one value.
        return scaled.isNaN ? .nan : Float(min(max(scaled, -1e30), 1e30)) + 0
      }
    case (.level(let codes, let levels), .nominal(let cells)):
      return rows.map { row in
        let cell = Int(cells[row])
        return cell < 0 ? .nan : cell < codes.count ? codes[cell] : Float(levels - 1)
      }
    default:
      return rows.map { _ in .nan }
    }
  }

  /// A number for each row of a table that is the same where all cells are encoded alike.
  ///
  /// - Complexity: O(rows · columns).
  package func keys(of table: AlignedTable, threads: Int) throws(NumericsError) -> [UInt64] {
    try parallelChunks(count: table.rowCount, chunk: 32_768, threads: threads) {
      range throws(NumericsError) -> [UInt64] in
      var keys = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: range.count)
      for column in columns.indices {
        let values = values(column, of: table, rows: range)
        for row in keys.indices { keys[row] = Self.mixed(keys[row], values[row]) }
      }
      return keys
    }.flatMap { $0 }
  }

  /// A key with one more number in it.
  @inline(__always)
  package static func mixed(_ key: UInt64, _ value: Float) -> UInt64 {
    let bits = value.isNaN ? 0xFFFF_FFFF : UInt64(value.bitPattern)
    var word = (key ^ bits) &* 0x9E37_79B9_7F4A_7C15
    word = (word ^ (word >> 29)) &* 0xBF58_476D_1CE4_E5B9
    return word ^ (word >> 32)
  }
}

/// The encoding that all learners share.
package struct RowEncodings: Artifact {
  package typealias Frame = ReferenceFrame

  /// Whether columns that the synthetic side lacks are read as missing there, not left out.
  package var keepsUnfit: Bool

  package init(keepsUnfit: Bool = false) { self.keepsUnfit = keepsUnfit }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> RowEncoding {
    RowEncoding(
      frame, rareLevelCount: workspace.plan.bins.rareLevelCount, keepsUnfit: keepsUnfit)
  }
}

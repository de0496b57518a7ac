import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// The rows of an attack: real rows of both sides that are its targets, and the synthetic rows that the
/// attacker looks into.
struct AttackRows: Artifact {
  typealias Frame = ExchangeableFrame

  /// Real rows of a side, at most.
  var targets: Int
  /// Synthetic rows, at most.
  var synthetic: Int
  /// Whether both sides give equally many, so that what depends on their number is alike.
  var isMatched = false

  struct Found: Sendable {
    /// The features that can be compared, by name.
    var columns: [Int]
    /// The targets: training rows, then holdout rows.
    var pool: AlignedTable
    /// Whether each target is a training row.
    var isMember: [Bool]
    /// The entity of each target, where an entity column is declared.
    var units: [Int32]?
    /// The synthetic rows.
    var synthetic: AlignedTable
    /// A number for each of them that depends on contents alone.
    var syntheticKeys: [UInt64]
    /// The positions of the targets in their tables.
    var places: [Int]

    var members: Int { isMember.count(where: \.self) }
  }

  /// `nil` without a holdout or a feature.
  func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> Found? {
    guard let training = frame.table(.training), let holdout = frame.table(.holdout) else {
      return nil
    }
    let columns = Self.columns(frame)
    guard !columns.isEmpty else { return nil }
    let limit = isMatched ? min(targets, training.rowCount, holdout.rowCount) : targets
    let members = try await workspace.value(of: ContentOrders(role: .training)).first(limit)
    let others = try await workspace.value(of: ContentOrders(role: .holdout)).first(limit)
    let own = try await workspace.value(of: ContentOrders(role: .synthetic))
    let chosen = own.first(synthetic)
    let pool = training.rows(members).appending(holdout.rows(others))
    var units: [Int32]?
    if let group = frame.schema.indices(of: .group).first {
      units = Entities.codes(pool.columns[group])
    }
    return Found(
      columns: columns, pool: pool,
      isMember: members.map { _ in true } + others.map { _ in false }, units: units,
      synthetic: frame.synthetic.rows(chosen), syntheticKeys: chosen.map { own.keys[$0] },
      places: members + others)
  }

  /// The features that can be compared, by name, so that their order in the file plays no part.
  static func columns(_ frame: ExchangeableFrame) -> [Int] {
    frame.schema.featureIndices.filter { frame.unfit[$0] == nil }.sorted {
      frame.schema.columns[$0].name < frame.schema.columns[$1].name
    }
  }
}

/// The rows of a role in the order of their contents.
struct ContentOrders: Artifact {
  typealias Frame = ExchangeableFrame

  var role: TableRole

  func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> ContentOrder {
    guard let table = frame.table(role) else {
      throw MetricError(code: "role.absent", message: "there is no \(role.rawValue) table")
    }
    // Training and holdout are drawn by one rule, so that nothing tells them apart.
    let side = role == .synthetic ? "synthetic" : "real"
    return try ContentOrder(
      table, frame: frame, columns: AttackRows.columns(frame),
      seed: ContentOrder.hash("attack rows, \(side)", workspace.plan.seed),
      threads: workspace.threads)
  }
}

/// The targets and synthetic rows of an attack as points, with all distances at hand.
struct AttackScan: Artifact {
  typealias Frame = ExchangeableFrame

  var rows: AttackRows

  func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> GowerScan? {
    guard let value = try await workspace.value(of: rows) else { return nil }
    let space = try MixedSpace(
      value.columns.map { [value.pool.columns[$0]] }, columns: value.columns,
      threads: workspace.threads)
    return GowerScan(
      targets: space.pooled[0], base: try space.points(value.synthetic, rows: nil))
  }
}

extension AlignedTable {
  /// The rows of this table, then those of another.
  func appending(_ other: AlignedTable) -> AlignedTable {
    AlignedTable(
      rowCount: rowCount + other.rowCount,
      columns: zip(columns, other.columns).map { mine, theirs in
        switch (mine, theirs) {
        case (.nominal(let a), .nominal(let b)): return .nominal(a + b)
        case (.numeric(let a), .numeric(let b)):
          let present =
            (0..<a.count).map { a.validity?[$0] ?? true }
            + (0..<b.count).map { b.validity?[$0] ?? true }
          return .numeric(
            NumericValues(
              values: a.values + b.values, validity: ValidityMask(present: present)))
        case (.bytes(let a), .bytes(let b)):
          let end = a.bytes.count
          return .bytes(
            TextValues(
              bytes: a.bytes + b.bytes, offsets: a.offsets + b.offsets.dropFirst().map { $0 + end })
          )
        default:
          preconditionFailure("sides of one comparison hold every column in one form")
        }
      })
  }
}

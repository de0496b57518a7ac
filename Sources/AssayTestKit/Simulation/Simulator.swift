import AssayNumerics
public import AssayTable

/// Draws tables of a known law, of any size, the same for the same seed and stream.
///
/// ```swift
/// let simulator = Simulator(seed: 7)
/// let training = simulator.table(rows: 2_000, stream: "training")
/// let fresh = simulator.table(rows: 2_000, stream: "synthetic")
/// ```
///
/// Tables of different streams are independent samples of one population: what a perfect generator
/// would give.
///
/// - Complexity: O(rows · columns · factors).
public struct Simulator: Sendable, Hashable {
  /// Several rows for each entity.
  public struct Entities: Sendable, Hashable {
    /// The mean number of rows of an entity; at least 1.
    public var meanRows: Double
    /// The correlation of the positions of two rows of one entity, in 0…1.
    public var similarity: Double
    /// The name of the column that names the entity.
    public var column: String

    /// Makes a description.
    public init(meanRows: Double = 3, similarity: Double = 0.6, column: String = "entity") {
      precondition(meanRows >= 1 && similarity >= 0 && similarity <= 1, "not a mean or a share")
      self.meanRows = meanRows
      self.similarity = similarity
      self.column = column
    }
  }

  /// The seed of every stream.
  public var seed: UInt64
  /// The law of the rows.
  public var population: Population
  /// Several rows for each entity, where wanted.
  public var entities: Entities?
  /// The name of a first column that names each row, where wanted.
  public var key: String?

  /// Makes a simulator.
  public init(
    seed: UInt64, population: Population = .mixed, entities: Entities? = nil, key: String? = nil
  ) {
    self.seed = seed
    self.population = population
    self.entities = entities
    self.key = key
  }

  /// A table.
  ///
  /// - Parameters:
  ///   - rows: The number of rows; at least 0.
  ///   - stream: Names the sample; other names give independent samples.
  /// - Returns: The columns of the population, with the key and the entity in front of them.
  public func table(rows: Int, stream: String = "training") -> RawTable {
    precondition(rows >= 0, "at least 0 rows are expected, not \(rows)")
    let owners = entityOfRow(rows: rows, stream: stream)
    let positions = positions(rows: rows, owners: owners, stream: stream)
    var columns: [EditableColumn] = []
    if let key { columns.append(names(key, prefix: "\(stream)-", of: Array(0..<rows))) }
    if let entities {
      columns.append(names(entities.column, prefix: "\(stream)-entity-", of: owners))
    }
    for (index, column) in population.columns.enumerated() {
      var made = EditableColumn(
        name: column.name, cells: Self.cells(column.marginal, positions[index]))
      made.blank(missingRows(index, positions: positions, stream: stream))
      columns.append(made)
    }
    return EditableTable(name: stream, columns: columns).raw()
  }

  private func names(_ column: String, prefix: String, of numbers: [Int]) -> EditableColumn {
    EditableColumn(
      name: column,
      cells: .levels(
        numbers.map { Int32($0) },
        names: (0..<((numbers.max() ?? -1) + 1)).map { "\(prefix)\($0)" }))
  }

  private func entityOfRow(rows: Int, stream: String) -> [Int] {
    guard let entities else { return [] }
    var random = RandomStream(seed: seed, name: "simulator", stream, "entities")
    let extra = Marginal.poisson(mean: entities.meanRows - 1)
    var owners: [Int] = []
    var next = 0
    while owners.count < rows {
      let size = 1 + Int(extra.value(at: random.openUniform()))
      for _ in 0..<min(size, rows - owners.count) { owners.append(next) }
      next += 1
    }
    return owners
  }

  /// The position between 0 and 1 of every cell, a column after the other.
  private func positions(rows: Int, owners: [Int], stream: String) -> [[Double]] {
    let width = population.columns.map(\.loadings.count).max() ?? 0
    let factors = (0..<width).map { latent("factor", $0, rows: rows, owners: owners, stream) }
    return population.columns.enumerated().map { index, column in
      let rest = (1 - column.loadings.reduce(0) { $0 + $1 * $1 }).squareRoot()
      let own = latent("rest", index, rows: rows, owners: owners, stream)
      return (0..<rows).map { row in
        var z = rest * own[row]
        for (factor, loading) in column.loadings.enumerated() {
          z += loading * factors[factor][row]
        }
        return min(max(normalDistribution(z), 1e-15), 1 - 1e-15)
      }
    }
  }

  /// Standard normal numbers, alike within an entity.
  private func latent(
    _ what: String, _ index: Int, rows: Int, owners: [Int], _ stream: String
  ) -> [Double] {
    var random = RandomStream(seed: seed, name: "simulator", stream, what, String(index))
    guard let entities, !owners.isEmpty else { return (0..<rows).map { _ in random.normal() } }
    var shared = RandomStream(
      seed: seed, name: "simulator", stream, what, String(index), "entity")
    let means = (0...(owners.last ?? 0)).map { _ in shared.normal() }
    let common = entities.similarity.squareRoot()
    let own = (1 - entities.similarity).squareRoot()
    return owners.map { common * means[$0] + own * random.normal() }
  }

  private func missingRows(_ index: Int, positions: [[Double]], stream: String) -> [Int] {
    let column = population.columns[index]
    guard column.missing.share > 0 else { return [] }
    var random = RandomStream(seed: seed, name: "simulator", stream, "missing", String(index))
    let cause: [Double]?
    if case .depending(let name, _, _) = column.missing {
      cause = population.columns.firstIndex { $0.name == name }.map { positions[$0] }
    } else {
      cause = nil
    }
    return positions[index].indices.filter { row in
      let share =
        switch column.missing {
        case .never: 0.0
        case .atRandom(let share): share
        case .depending(_, let below, let above): (cause?[row] ?? 0) < 0.5 ? below : above
        }
      return random.uniform() < share
    }
  }

  private static func cells(_ marginal: Marginal, _ positions: [Double]) -> EditableColumn.Cells {
    switch marginal {
    case .levels(let names, _):
      return .levels(positions.map { Int32(marginal.value(at: $0)) }, names: names)
    case .days:
      return .dates(
        positions.map { marginal.value(at: $0) * 86_400 }, granularity: .day,
        format: .yearMonthDayDash)
    default:
      return .numbers(positions.map { marginal.value(at: $0) }, decimals: marginal.decimals)
    }
  }
}

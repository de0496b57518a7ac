public import AssayDocument
import AssayNumerics
public import AssayTable

/// A known damage of synthetic rows, at a known strength.
///
/// Strength 0 leaves the table as it is. What strength *s* in 0…1 does, to every column that the
/// damage can be done to:
///
/// | damage | at strength *s* |
/// |---|---|
/// | copy | a share *s* of the rows becomes training rows, none of them twice while they last |
/// | jitteredCopy | likewise, with normal noise of 2 % of a standard deviation on their numbers |
/// | leak | a share *s*/5 of the rows becomes training rows |
/// | shift | numbers and days move up by *s* standard deviations |
/// | scale | numbers are multiplied by 1 + *s*; days move away from the first by as much |
/// | shuffledColumns | a share *s* of the rows has each column permuted on its own |
/// | droppedLevel | the rarest level with a share of 5 % or more becomes another with probability *s* |
/// | inventedLevel | a level of three or more becomes one of three new ones with probability *s*/2 |
/// | clippedTail | numbers and days beyond the *s*/4 quantile of either side move to that quantile |
/// | modeCollapse | a share *s* of the rows becomes rows of one corner: the commonest level of the first column of levels, above the median of the first column of numbers |
/// | rounding | numbers and days are rounded to multiples of *s* standard deviations |
/// | missing | a cell becomes blank with probability *s*/2 |
/// | duplicates | a share *s*/2 of the rows becomes other rows of the table |
///
/// Numbers keep the decimals of their column: in between they are rounded up or down at random, so
/// that whole numbers move by as much on average.
public struct PlantedDamage: Sendable, Hashable {
  /// What is done.
  public var kind: MetricDescriptor.Damage
  /// How much of it, in 0…1.
  public var strength: Double
  /// The seed of whatever is drawn.
  public var seed: UInt64
  /// The columns that it is done to, or `nil` for all.
  ///
  /// Damages of whole rows take no notice.
  public var columns: Set<String>?

  /// Makes a damage.
  public init(
    _ kind: MetricDescriptor.Damage, strength: Double, seed: UInt64 = 1,
    columns: Set<String>? = nil
  ) {
    precondition(strength >= 0 && strength <= 1, "a strength in 0...1, not \(strength)")
    self.kind = kind
    self.strength = strength
    self.seed = seed
    self.columns = columns
  }

  /// The damaged table.
  ///
  /// - Parameters:
  ///   - synthetic: The table before.
  ///   - training: Where copied rows come from.
  /// - Returns: A table of as many rows.
  /// - Complexity: O(cells · log rows).
  public func applied(to synthetic: RawTable, training: RawTable) -> RawTable {
    guard strength > 0, synthetic.rowCount > 0 else { return synthetic }
    var table = EditableTable(synthetic)
    let random = RandomStream(seed: seed, name: "damage", kind.rawValue)
    switch kind {
    case .copy, .jitteredCopy, .leak, .duplicates, .modeCollapse:
      table.damageRows(kind, strength, EditableTable(training), random)
    case .shuffledColumns:
      shuffle(&table, random)
    case .shift, .scale, .clippedTail, .rounding:
      edit(&table) { $0.damageNumbers(kind, strength, &$1) }
    case .droppedLevel, .inventedLevel:
      edit(&table) { $0.damageLevels(kind, strength, &$1) }
    case .missing:
      edit(&table) { column, random in
        column.blank((0..<column.count).filter { _ in random.uniform() < strength / 2 })
      }
    }
    return table.raw()
  }

  /// Changes each column that is meant, with a stream of its own.
  private func edit(
    _ table: inout EditableTable, _ change: (inout EditableColumn, inout RandomStream) -> Void
  ) {
    for position in table.columns.indices {
      let name = table.columns[position].name
      guard columns?.contains(name) ?? true else { continue }
      var random = RandomStream(seed: seed, name: "damage", kind.rawValue, name)
      change(&table.columns[position], &random)
    }
  }

  private func shuffle(_ table: inout EditableTable, _ random: RandomStream) {
    var choice = random
    var rows = Array(0..<table.rowCount)
    choice.shuffle(&rows)
    let chosen = Array(rows.prefix(Int((Double(rows.count) * strength).rounded())))
    edit(&table) { column, random in
      var sources = chosen
      random.shuffle(&sources)
      column.replace(zip(chosen, sources).map { ($0, $1) }, from: column)
    }
  }
}

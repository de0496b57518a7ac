public import AssayTable

/// What an evaluation will do, decided from the real rows before the synthetic rows are read.
public struct EvaluationPlan: Sendable, Hashable {
  /// How much work is done.
  public enum Preset: String, Sendable, Hashable, Codable, CaseIterable {
    /// A first impression.
    case quick
    /// The default.
    case standard
    /// Everything, whatever it costs.
    case full
  }

  /// The seed that every random stream is derived from.
  public var seed: UInt64
  /// How much work is done.
  public var preset: Preset
  /// Counts below this are pooled or coarsened before they are published.
  public var k: Int
  /// Replicates of every resampling.
  public var replicates: Int
  /// Groups of rows that resampling draws as a whole, at most one for each row.
  public var shards: Int
  /// Random relabellings of a permutation test.
  public var permutations: Int
  /// Synthetic rows whose neighbours are searched, at most; `nil` for all.
  public var neighbourSample: Int?
  /// Blocks of 64 similar real rows that are looked into for the closest records of a synthetic row, at
  /// most, and then of all synthetic rows; `nil` for an exact search of as many rows as
  /// ``neighbourSample``.
  public var closestBlocks: Int?
  /// Rows of each side that a classifier is trained and tried on, at most.
  public var classifierRows: Int
  /// Trees of a classifier.
  public var classifierTrees: Int
  /// Columns that are taken from a classifier one after the other, at most.
  public var peelingLimit: Int
  /// Rows of each side whose distances are all compared, at most.
  public var distanceRows: Int
  /// Real rows of each side that are attacked, at most.
  public var attackTargets: Int
  /// Synthetic rows that an attacker looks into, at most.
  public var attackRows: Int
  /// Predicates that an attacker forms from the synthetic rows, at most, for each kind of them.
  public var attackPredicates: Int
  /// Real rows of each side that membership attacks aim at, at most.
  public var membershipRows: Int
  /// Rows of each side whose embeddings are compared, at most.
  public var embeddingRows: Int
  /// Pairs of columns that are looked at, at most; `nil` for all.
  public var pairLimit: Int?
  /// Entries of one metric over pairs that the document lists, at most.
  public var listLimit: Int
  /// The confidence level of two-sided intervals.
  public var level: Double
  /// Numbers of bins.
  public var bins: BinSettings
  /// Below this many rows on a side no dimension gets a score.
  public var smallestSide: Int
  /// How much work the models of utility are given.
  public var utility: UtilitySettings

  /// The blocks of an approximate search.
  public static let approximateBlocks = 32

  /// Makes a plan.
  ///
  /// - Parameters:
  ///   - preset: Sets what the work is limited to; single limits can be changed afterwards.
  ///   - seed: The seed.
  ///   - rows: The largest number of rows of a side, from which limits follow.
  public init(preset: Preset = .standard, seed: UInt64 = 1, rows: Int = 0) {
    self.seed = seed
    self.preset = preset
    k = 10
    level = 0.95
    bins = BinSettings()
    listLimit = 2_000
    smallestSide = 200
    utility = UtilitySettings(preset)
    switch preset {
    case .quick:
      replicates = 60
      shards = 128
      // Fewer could not reach the level at which copies are called copies, one in a thousand.
      permutations = 999
      neighbourSample = rows > 5_000 ? max(500, min(5_000, 20_000_000 / max(rows, 1))) : nil
      pairLimit = 500
      classifierRows = 1_000
      classifierTrees = 50
      peelingLimit = 4
      distanceRows = 500
      attackTargets = 250
      attackRows = 5_000
      attackPredicates = 500
      membershipRows = 1_000
      embeddingRows = 500
    case .standard:
      replicates = 200
      shards = 256
      permutations = 999
      neighbourSample = rows > 50_000 ? max(1_000, min(50_000, 1_200_000_000 / max(rows, 1))) : nil
      pairLimit = 5_000
      classifierRows = 5_000
      classifierTrees = 100
      peelingLimit = 8
      distanceRows = 1_250
      attackTargets = 1_000
      attackRows = 25_000
      attackPredicates = 1_000
      membershipRows = 4_000
      embeddingRows = 2_500
    case .full:
      replicates = 500
      shards = 512
      permutations = 9_999
      neighbourSample = nil
      pairLimit = nil
      classifierRows = 20_000
      classifierTrees = 100
      peelingLimit = 20
      distanceRows = 2_500
      attackTargets = 4_000
      attackRows = 100_000
      attackPredicates = 2_000
      membershipRows = 20_000
      embeddingRows = 5_000
    }
  }
}

/// How many cells columns are cut into; part of the plan.
public struct BinSettings: Sendable, Hashable {
  /// Cells of a column on its own, at most: fewer for small training tables.
  public var marginalBins: Int
  /// Cells of a column that is paired with another.
  public var pairBins: Int
  /// Cells of the fine grid that resampling works on.
  public var fineBins: Int
  /// Levels with fewer training rows share one cell.
  public var rareLevelCount: Int

  /// Makes settings.
  public init(
    marginalBins: Int = 20, pairBins: Int = 10, fineBins: Int = 200, rareLevelCount: Int = 5
  ) {
    self.marginalBins = marginalBins
    self.pairBins = pairBins
    self.fineBins = fineBins
    self.rareLevelCount = rareLevelCount
  }

  /// The number of cells for a column of `count` training values: min(20, ⌊2·n^⅓⌋), at least 2.
  func marginalBins(for count: Int) -> Int {
    max(2, min(marginalBins, Int(2 * Double(count).squareRoot3)))
  }
}

extension Double {
  fileprivate var squareRoot3: Double {
    var root = Double.maximum(1, self.squareRoot())
    for _ in 0..<60 { root = (2 * root + self / (root * root)) / 3 }
    return root + 1e-9
  }
}

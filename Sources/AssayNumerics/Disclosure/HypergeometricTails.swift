/// All upper tails of a hypergeometric distribution at once.
///
/// X is the number of marked items among `drawn` of `population` items. The masses follow from each
/// other outward from the mode, so that nothing overflows and the sum is 1 but for rounding.
///
/// - Complexity: O(smaller of `marked` and `drawn`).
public struct HypergeometricTails: Sendable, Hashable {
  /// The least possible count.
  public let least: Int
  private let tails: [Double]

  /// The tails of a distribution.
  ///
  /// - Parameters:
  ///   - population: The number of items; at least 0.
  ///   - marked: How many of them are marked, in 0...population.
  ///   - drawn: How many are drawn, in 0...population.
  public init(population: Int, marked: Int, drawn: Int) {
    precondition(
      marked >= 0 && drawn >= 0 && marked <= population && drawn <= population,
      "\(marked) marked and \(drawn) drawn of \(population) items are impossible")
    least = max(0, drawn + marked - population)
    let most = min(marked, drawn)
    let mode = min(
      most, max(least, Int(Double(drawn + 1) * Double(marked + 1) / Double(population + 2))))
    var masses = [Double](repeating: 0, count: most - least + 1)
    masses[mode - least] = 1
    for k in stride(from: mode, to: most, by: 1) {
      let up = Double(marked - k) * Double(drawn - k)
      let down = Double(k + 1) * Double(population - marked - drawn + k + 1)
      masses[k + 1 - least] = masses[k - least] * up / down
    }
    for k in stride(from: mode, to: least, by: -1) {
      let up = Double(k) * Double(population - marked - drawn + k)
      let down = Double(marked - k + 1) * Double(drawn - k + 1)
      masses[k - 1 - least] = masses[k - least] * up / down
    }
    var tails = masses
    for place in stride(from: tails.count - 2, through: 0, by: -1) {
      tails[place] += tails[place + 1]
    }
    let total = tails[0]
    self.tails = tails.map { min(1, $0 / total) }
  }

  /// P(X ≥ count): Fisher's one-sided p-value of a count.
  public func upper(_ count: Int) -> Double {
    if count <= least { return 1 }
    let place = count - least
    return place < tails.count ? tails[place] : 0
  }
}

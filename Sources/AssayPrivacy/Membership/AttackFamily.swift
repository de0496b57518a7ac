import AssayMetrics
import AssayNumerics
import AssayTable

/// One statistic of an attack on a stratum: a sum over training rows.
struct AttackCell: Sendable, Hashable {
  /// What is summed.
  enum Statistic: Sendable, Hashable {
    /// Ranks: tests the area under the ROC curve.
    case ranks
    /// Being among so many targets with the highest scores.
    case top(Int)
    /// The scores themselves, where they are counts of rows.
    case sum

    /// A stable name.
    var id: String {
      switch self {
      case .ranks: "area"
      case .top(let count): "top-\(count)"
      case .sum: "sum"
      }
    }
  }

  /// The attack's place among the attacks.
  var attack: Int
  /// The stratum's place among the strata.
  var stratum: Int
  var statistic: Statistic
}

/// Turns scores into the sums that a permutation of labels tests, ties split evenly.
struct AttackFamily: Sendable {
  private(set) var cells: [AttackCell] = []
  /// One number for each cell and target, cell by cell; 0 outside the stratum.
  private(set) var values: [Double] = []
  /// What one unit of a cell's sum is as an advantage: TPR − FPR within the stratum.
  private(set) var scales: [(Double, labelled: Int, others: Int)] = []

  private let targets: Int
  private let members: Int

  /// The highest shares that are looked at; a top of fewer targets says nothing.
  private static let shares = [0.1, 0.01, 0.001]
  private static let smallest = 5

  init(targets: Int, members: Int) {
    self.targets = targets
    self.members = members
  }

  /// Adds the cells of one attack.
  mutating func add(attack: Int, scores: [Double], strata: [AttackStratum]) {
    for stratum in strata.indices {
      addRanks(attack: attack, scores: scores, strata, stratum)
      for share in Self.shares {
        addTop(attack: attack, scores: scores, strata, stratum, share: share)
      }
    }
  }

  /// Adds the ranks of one attack in one stratum.
  mutating func addRanks(
    attack: Int, scores: [Double], _ strata: [AttackStratum], _ stratum: Int
  ) {
    let own = strata[stratum].targets
    let numbers = own.map { scores[$0] }
    append(
      AttackCell(attack: attack, stratum: stratum, statistic: .ranks), own,
      midranks(numbers.span))
  }

  /// Adds the targets with the highest scores of a stratum, ties at the cut split evenly.
  mutating func addTop(
    attack: Int, scores: [Double], _ strata: [AttackStratum], _ stratum: Int, share: Double
  ) {
    let own = strata[stratum].targets
    let count = Int((share * Double(own.count)).rounded())
    guard count >= Self.smallest, count < own.count else { return }
    let numbers = own.map { scores[$0] }
    let sorted = sortedCopy(numbers.span)
    let cut = sorted[sorted.count - count]
    let above = numbers.count { $0 > cut }
    let part = Double(count - above) / Double(numbers.count { $0 == cut })
    append(
      AttackCell(attack: attack, stratum: stratum, statistic: .top(count)), own,
      numbers.map { $0 > cut ? 1 : $0 == cut ? part : 0 })
  }

  /// Adds the scores of one attack as they are.
  mutating func addSum(
    attack: Int, scores: [Double], _ strata: [AttackStratum], _ stratum: Int
  ) {
    let own = strata[stratum].targets
    append(
      AttackCell(attack: attack, stratum: stratum, statistic: .sum), own, own.map { scores[$0] })
  }

  private mutating func append(
    _ cell: AttackCell, _ own: [Int], _ numbers: [Double]
  ) {
    let labelled = own.count { $0 < members }
    let others = own.count - labelled
    guard labelled > 0, others > 0 else { return }
    cells.append(cell)
    var row = [Double](repeating: 0, count: targets)
    let mean = pairwiseSum(numbers.span) / Double(numbers.count)
    // Centred within the stratum, so that how many of it are training rows plays no part.
    for (place, target) in own.enumerated() { row[target] = numbers[place] - mean }
    values += row
    // For ranks Σ over training rows is U − n m/2, and 2·AUC − 1 the mean advantage.
    scales.append(
      (
        Self.scale(cell.statistic, total: mean * Double(numbers.count), labelled, others),
        labelled, others
      ))
  }

  /// What one unit of a sum is as an advantage.
  private static func scale(
    _ statistic: AttackCell.Statistic, total: Double, _ labelled: Int, _ others: Int
  ) -> Double {
    switch statistic {
    case .ranks: 2 / (Double(labelled) * Double(others))
    case .top: 1 / Double(labelled) + 1 / Double(others)
    // As a share of all that is summed.
    case .sum: 1 / max(1e-300, total)
    }
  }

  /// Sums of each cell over units that are labelled as a whole, such as declared entities.
  func sums(over units: [Int], count: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: cells.count * count)
    for cell in cells.indices {
      for target in 0..<targets {
        sums[cell * count + units[target]] += values[cell * targets + target]
      }
    }
    return sums
  }
}

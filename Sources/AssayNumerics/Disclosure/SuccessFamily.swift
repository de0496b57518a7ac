import Foundation

/// Whether attacks succeed more often on members than on others: several attacks on the same rows.
///
/// If what an attacker knows does not depend on who was a member, labels are exchangeable given
/// which attacks succeed. All attacks of a family are permuted together, so that the worst of them
/// is judged as the worst of so many, whatever their dependence. Counts of different attacks are
/// put on one scale by their exact tails (Fisher's test); where several rows belong to one entity,
/// entities are permuted and counts are standardised by their moments instead.
///
/// The quantity of an attack is the difference of its two shares of successes; the family's is that of
/// its most significant attack. What a family that leaks nothing gets is known from the permutations.
///
/// Source: Westfall & Young (1993), Resampling-based multiple testing; step-down as in Ge, Dudoit &
/// Speed (2003), doi:10.1007/BF02595811.
public struct SuccessFamily: Sendable {
  /// One attack.
  public struct Cell: Sendable, Hashable {
    /// Successes on members.
    public var memberSuccesses: Int
    /// Successes on others.
    public var otherSuccesses: Int
    /// The share of successes on members, less that on others.
    public var excess: Double
    /// One-sided: Fisher's exact p-value, or that of the permutations where entities are permuted.
    public var pValue: Double
    /// The p-value adjusted for the family, step-down.
    public var adjusted: Double
  }

  /// The attacks, in the order given.
  public let cells: [Cell]
  /// Rows that are members.
  public let members: Int
  /// Rows that are not.
  public let others: Int
  /// The most significant attack; the larger excess decides between equals.
  public let worst: Int
  /// The p-value of the hypothesis that no attack does better on members.
  public let globalPValue: Double
  /// The mean excess of the most significant attack over permutations.
  public let expectedWorst: Double
  /// Its standard deviation over permutations.
  public let worstDeviation: Double
  /// The number of permutations.
  public let permutations: Int

  /// Compares successes on members with those on others.
  ///
  /// - Parameters:
  ///   - outcomes: For each attack, whether it succeeds on each row.
  ///   - isMember: Whether each row is a member; both kinds must occur.
  ///   - units: The entity of each row; `nil` where every row is its own. All rows of an entity are
  ///     members or none is.
  ///   - permutations: The number of random relabellings; at least 1.
  ///   - stream: Where they are drawn from.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without an attack, members or others.
  /// - Complexity: O(permutations · (rows + attacks · rows / 64)); without the 64 for entities.
  public init(
    outcomes: [[Bool]], isMember: [Bool], units: [Int32]? = nil, permutations: Int,
    stream: inout RandomStream
  ) throws(NumericsError) {
    let labels = UnitLabels(isMember: isMember, units: units)
    guard !outcomes.isEmpty, labels.members > 0, labels.members < labels.count else {
      throw NumericsError(
        .tooFewObservations, "a family needs an attack, a member and a row that is none")
    }
    precondition(outcomes.allSatisfy { $0.count == isMember.count }, "an outcome a row is expected")
    members = isMember.count(where: \.self)
    others = isMember.count - members
    let scales = outcomes.map { AttackScale($0, labels: labels) }
    let observed = scales.map { $0.count(labels.observed) }
    var permuted: [Double] = []
    permuted.reserveCapacity(permutations * outcomes.count)
    var worstExcesses: [Double] = []
    var counts = observed
    for _ in 0..<permutations {
      let drawn = labels.drawn(&stream)
      for cell in scales.indices { counts[cell] = scales[cell].count(drawn) }
      let strengths = zip(scales, counts).map { $0.strength($1) }
      permuted += strengths
      let place = Self.worst(strengths, counts, scales)
      worstExcesses.append(scales[place].excess(counts[place], of: drawn))
    }
    let strengths = zip(scales, observed).map { $0.strength($1) }
    let test = try MaximumStatisticTest(observed: strengths.span, permuted: permuted.span)
    var cells: [Cell] = []
    for (index, scale) in scales.enumerated() {
      let count = Int(observed[index])
      let own =
        scale.exactPValue(count)
        ?? Self.share(permuted, column: index, of: scales.count, reaching: strengths[index])
      cells.append(
        Cell(
          memberSuccesses: count, otherSuccesses: scale.successes - count,
          excess: Double(count) / Double(members)
            - Double(scale.successes - count) / Double(others),
          pValue: own, adjusted: max(own, test.stepDown[index])))
    }
    self.cells = cells
    worst = Self.worst(strengths, observed, scales)
    globalPValue = test.globalPValue
    self.permutations = permutations
    let mean = pairwiseSum(worstExcesses.span) / Double(max(1, permutations))
    expectedWorst = mean
    let squares = worstExcesses.map { ($0 - mean) * ($0 - mean) }
    worstDeviation = (pairwiseSum(squares.span) / Double(max(1, permutations - 1))).squareRoot()
  }

  private static func worst(
    _ strengths: [Double], _ counts: [Double], _ scales: [AttackScale]
  ) -> Int {
    var place = 0
    for cell in strengths.indices.dropFirst() {
      let (mine, best) = (strengths[cell], strengths[place])
      if mine > best
        || (mine == best
          && scales[cell].distance(counts[cell]) > scales[place].distance(counts[place]))
      {
        place = cell
      }
    }
    return place
  }

  private static func share(
    _ permuted: [Double], column: Int, of width: Int, reaching bound: Double
  ) -> Double {
    let rounds = permuted.count / width
    let hits = (0..<rounds).count { permuted[$0 * width + column] >= bound - 1e-12 }
    return Double(1 + hits) / Double(1 + rounds)
  }
}

/// Which units are members: as observed, or as drawn.
struct UnitLabels: Sendable {
  /// Bits of member rows, or a mark for each unit.
  struct Drawn: Sendable {
    var words: [UInt64]
    var marks: [Bool]
    var memberRows: Int
  }

  /// The number of units.
  let count: Int
  /// How many of them are members.
  let members: Int
  /// The unit of each row; empty where each row is its own.
  let unitOfRow: [Int]
  let rows: Int
  let observed: Drawn
  private let sizes: [Int]

  init(isMember: [Bool], units: [Int32]?) {
    rows = isMember.count
    guard let units else {
      unitOfRow = []
      sizes = []
      count = isMember.count
      members = isMember.count(where: \.self)
      observed = Drawn(words: Self.words(isMember), marks: [], memberRows: members)
      return
    }
    // Entities of members and of others are told apart, whatever they are called.
    var numbers: [Int64: Int] = [:]
    var unitOfRow: [Int] = []
    var marks: [Bool] = []
    var sizes: [Int] = []
    for (row, unit) in units.enumerated() {
      let key = Int64(unit) * 2 + (isMember[row] ? 1 : 0)
      // A row without an entity is one of its own.
      if unit >= 0, let number = numbers[key] {
        unitOfRow.append(number)
        sizes[number] += 1
      } else {
        if unit >= 0 { numbers[key] = marks.count }
        unitOfRow.append(marks.count)
        marks.append(isMember[row])
        sizes.append(1)
      }
    }
    self.unitOfRow = unitOfRow
    self.sizes = sizes
    count = marks.count
    members = marks.count(where: \.self)
    observed = Drawn(words: [], marks: marks, memberRows: isMember.count(where: \.self))
  }

  /// As many units as are members, at random.
  func drawn(_ stream: inout RandomStream) -> Drawn {
    var marks = [Bool](repeating: false, count: count)
    // Sequential draws: each unit is taken with the share that is still to be taken.
    var left = members
    for unit in 0..<count where left > 0 {
      if stream.below(count - unit) < left {
        marks[unit] = true
        left -= 1
      }
    }
    guard unitOfRow.isEmpty else {
      var memberRows = 0
      for unit in 0..<count where marks[unit] { memberRows += sizes[unit] }
      return Drawn(words: [], marks: marks, memberRows: memberRows)
    }
    return Drawn(words: Self.words(marks), marks: [], memberRows: members)
  }

  static func words(_ flags: [Bool]) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (flags.count + 63) / 64)
    for (place, flag) in flags.enumerated() where flag {
      words[place >> 6] |= 1 << UInt64(place & 63)
    }
    return words
  }
}

/// Puts the counts of one attack on the scale of its family.
private struct AttackScale: Sendable {
  let successes: Int
  private let rows: Int
  private let words: [UInt64]
  /// Successes by unit, where units are permuted.
  private let weights: [Double]
  private let tails: HypergeometricTails?
  private let mean: Double
  private let deviation: Double

  init(_ outcomes: [Bool], labels: UnitLabels) {
    successes = outcomes.count(where: \.self)
    rows = outcomes.count
    if labels.unitOfRow.isEmpty {
      words = UnitLabels.words(outcomes)
      weights = []
      tails = HypergeometricTails(
        population: rows, marked: successes, drawn: labels.members)
      mean = Double(successes) * Double(labels.members) / Double(rows)
      deviation = 1
      return
    }
    words = []
    tails = nil
    var weights = [Double](repeating: 0, count: labels.count)
    for (row, outcome) in outcomes.enumerated() where outcome {
      weights[labels.unitOfRow[row]] += 1
    }
    let n = Double(labels.count)
    let share = Double(labels.members) / n
    let centre = Double(successes) / n
    let squares = weights.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    mean = Double(labels.members) * centre
    deviation = (n * share * (1 - share) * squares / max(1, n - 1)).squareRoot()
    self.weights = weights
  }

  /// Successes on members.
  func count(_ labels: UnitLabels.Drawn) -> Double {
    guard weights.isEmpty else {
      var sum = 0.0
      for (unit, weight) in weights.enumerated() where labels.marks[unit] { sum += weight }
      return sum
    }
    var sum = 0
    for (mine, member) in zip(words, labels.words) { sum += (mine & member).nonzeroBitCount }
    return Double(sum)
  }

  /// How unlikely a count is without a leak: larger is stranger.
  func strength(_ count: Double) -> Double {
    if let tails { return -Foundation.log(max(tails.upper(Int(count)), .leastNormalMagnitude)) }
    return deviation > 0 ? (count - mean) / deviation : 0
  }

  func exactPValue(_ count: Int) -> Double? { tails?.upper(count) }

  /// How far a count lies above what is expected.
  func distance(_ count: Double) -> Double { count - mean }

  /// The difference of the two shares.
  func excess(_ count: Double, of labels: UnitLabels.Drawn) -> Double {
    let members = Double(labels.memberRows)
    let others = Double(rows) - members
    guard members > 0, others > 0 else { return 0 }
    return count / members - (Double(successes) - count) / others
  }
}

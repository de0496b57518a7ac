/// Whether predicates isolate members more often than others: several sets of predicates on one pool.
///
/// A predicate succeeds on members if exactly one member meets it, and on others if exactly one other
/// row does: the two are paired. Predicates share rows, so that McNemar's test of predicates takes
/// them for more than they are. Here the labels of rows are permuted, which is exact whatever rows
/// the predicates share; where no two predicates share a row it is McNemar's test.
public struct IsolationFamily: Sendable {
  /// One set of predicates.
  public struct Cell: Sendable, Hashable {
    /// The number of predicates.
    public var predicates: Int
    /// Predicates that exactly one member meets.
    public var memberSuccesses: Int
    /// Predicates that exactly one other row meets.
    public var otherSuccesses: Int
    /// Predicates that succeed on members alone.
    public var memberOnly: Int
    /// Predicates that succeed on others alone.
    public var otherOnly: Int
    /// The standard deviation of the difference of the two counts over permutations.
    public var deviation: Double
    /// The one-sided p-value over permutations.
    public var pValue: Double
    /// The p-value adjusted for the family, step-down.
    public var adjusted: Double

    /// The difference of the two shares.
    public var excess: Double {
      predicates > 0 ? Double(memberOnly - otherOnly) / Double(predicates) : 0
    }
  }

  /// The sets, in the order given.
  public let cells: [Cell]
  /// The set with the largest statistic.
  public let worst: Int
  /// The p-value of the hypothesis that no set isolates members more often.
  public let globalPValue: Double
  /// The mean excess of the set with the largest statistic over permutations.
  public let expectedWorst: Double
  /// Its standard deviation.
  public let worstDeviation: Double

  /// Compares members with others.
  ///
  /// - Parameters:
  ///   - matches: For each set and each predicate, the rows of the pool that meet it, as far as they
  ///     matter: of a predicate that very many rows meet none need be given.
  ///   - isMember: Whether each row of the pool is a member; half of them.
  ///   - units: The entity of each row; `nil` where every row is its own.
  ///   - permutations: The number of random relabellings; at least 1.
  ///   - stream: Where they are drawn from.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without a set.
  /// - Complexity: O(permutations · matches).
  public init(
    matches: [[[Int32]]], isMember: [Bool], units: [Int32]? = nil, permutations: Int,
    stream: inout RandomStream
  ) throws(NumericsError) {
    let labels = UnitLabels(isMember: isMember, units: units)
    let pool = CarrierRows(matches, labels: labels)
    let observed = matches.indices.map { pool.tally($0, isMember: isMember) }
    var permuted: [Double] = []
    var differences = [[Double]](repeating: [], count: matches.count)
    var worstExcesses: [Double] = []
    for _ in 0..<permutations {
      let drawn = pool.drawn(labels, &stream)
      let tallies = matches.indices.map { pool.tally($0, drawn: drawn) }
      permuted += tallies.map(\.statistic)
      for (set, tally) in tallies.enumerated() { differences[set].append(tally.difference) }
      let place = Self.worst(tallies)
      worstExcesses.append(tallies[place].difference / Double(max(1, matches[place].count)))
    }
    let statistics = observed.map(\.statistic)
    let test = try MaximumStatisticTest(observed: statistics.span, permuted: permuted.span)
    var cells: [Cell] = []
    for (set, tally) in observed.enumerated() {
      let squares = differences[set].map { $0 * $0 }
      let hits = (0..<permutations).count {
        permuted[$0 * matches.count + set] >= tally.statistic - 1e-12
      }
      let own = Double(1 + hits) / Double(1 + permutations)
      cells.append(
        Cell(
          predicates: matches[set].count, memberSuccesses: tally.both + tally.memberOnly,
          otherSuccesses: tally.both + tally.otherOnly, memberOnly: tally.memberOnly,
          otherOnly: tally.otherOnly,
          deviation: (pairwiseSum(squares.span) / Double(max(1, permutations))).squareRoot(),
          pValue: own, adjusted: max(own, test.stepDown[set])))
    }
    self.cells = cells
    worst = Self.worst(observed)
    globalPValue = test.globalPValue
    let mean = pairwiseSum(worstExcesses.span) / Double(max(1, permutations))
    expectedWorst = mean
    let squares = worstExcesses.map { ($0 - mean) * ($0 - mean) }
    worstDeviation = (pairwiseSum(squares.span) / Double(max(1, permutations - 1))).squareRoot()
  }

  private static func worst(_ tallies: [IsolationTally]) -> Int {
    var place = 0
    for set in tallies.indices.dropFirst() where tallies[set].statistic > tallies[place].statistic {
      place = set
    }
    return place
  }
}

/// What came of one set of predicates under one labelling.
private struct IsolationTally {
  var memberOnly = 0
  var otherOnly = 0
  var both = 0

  var difference: Double { Double(memberOnly - otherOnly) }

  /// McNemar's statistic, signed.
  var statistic: Double {
    difference / Double(max(1, memberOnly + otherOnly)).squareRoot()
  }

  mutating func add(members: Int, of total: Int) {
    switch (members == 1, total - members == 1) {
    case (true, true): both += 1
    case (true, false): memberOnly += 1
    case (false, true): otherOnly += 1
    case (false, false): break
    }
  }
}

/// The rows that any predicate is met by: only their labels need to be drawn.
private struct CarrierRows {
  private let matches: [[[Int32]]]
  /// For each row of the pool its place among the units that are drawn.
  private let unitOfRow: [Int32: Int]
  private let unitCount: Int

  init(_ matches: [[[Int32]]], labels: UnitLabels) {
    self.matches = matches
    var unitOfRow: [Int32: Int] = [:]
    var places: [Int: Int] = [:]
    for set in matches {
      for rows in set {
        for row in rows where unitOfRow[row] == nil {
          let unit = labels.unitOfRow.isEmpty ? Int(row) : labels.unitOfRow[Int(row)]
          let place = places[unit] ?? places.count
          places[unit] = place
          unitOfRow[row] = place
        }
      }
    }
    self.unitOfRow = unitOfRow
    unitCount = places.count
    numbered = matches.map { set in set.map { rows in rows.map { unitOfRow[$0] ?? 0 } } }
  }

  /// The matches as places among the units.
  private let numbered: [[[Int]]]

  /// Labels of the units, drawn one after the other without replacement.
  func drawn(_ labels: UnitLabels, _ stream: inout RandomStream) -> [Bool] {
    var left = labels.members
    var total = labels.count
    var marks = [Bool](repeating: false, count: unitCount)
    for unit in 0..<unitCount {
      if stream.below(total) < left {
        marks[unit] = true
        left -= 1
      }
      total -= 1
    }
    return marks
  }

  func tally(_ set: Int, drawn: [Bool]) -> IsolationTally {
    var tally = IsolationTally()
    for rows in numbered[set] {
      var members = 0
      for unit in rows where drawn[unit] { members += 1 }
      tally.add(members: members, of: rows.count)
    }
    return tally
  }

  func tally(_ set: Int, isMember: [Bool]) -> IsolationTally {
    var tally = IsolationTally()
    for rows in matches[set] {
      tally.add(members: rows.count { isMember[Int($0)] }, of: rows.count)
    }
    return tally
  }
}

/// Harrell's concordance of risks with times that may be censored: how often the row that is said to
/// be at the larger risk has the event first.
///
/// ```
/// C = mean over comparable pairs of 1{risk of the earlier > risk of the later} + ½·1{equal risks}
/// ```
///
/// A pair is comparable where the earlier row has the event; of two rows with the same time, where one
/// has the event and the other is censored, which is taken to be later. ½ is what risks without any
/// information give. It sees the order of risks alone, and pairs that censoring leaves comparable.
///
/// Source: Harrell, Califf, Pryor, Lee & Rosati (1982), doi:10.1001/jama.1982.03320430047030; the
/// variance is that of the infinitesimal jackknife, as in Therneau & Atkinson, Concordance (vignette
/// of the R package survival).
public struct ConcordanceIndex: Sendable, Hashable {
  /// C, in 0...1.
  public var value: Double
  /// Pairs that are comparable.
  public var pairs: Int
  /// What each row adds: the parts add up to 0, their squares to the variance.
  ///
  /// ```
  /// (concordant pairs of the row − C·comparable pairs of the row)/pairs
  /// ```
  public var influence: [Double]

  /// Compares risks with times.
  ///
  /// - Parameters:
  ///   - times: The times, finite.
  ///   - events: Whether the event happened then; the row is censored otherwise.
  ///   - risks: The larger, the earlier the event is expected; free of NaN.
  /// - Throws: ``NumericsError`` `.undefined` where no pair is comparable, `.domain` for other numbers.
  /// - Complexity: O(*n* log *n*).
  public init(
    times: Span<Double>, events: Span<Bool>, risks: Span<Double>
  ) throws(NumericsError) {
    let count = times.count
    precondition(
      events.count == count && risks.count == count,
      "one event and one risk a time are expected, not \(events.count) and \(risks.count)")
    for row in 0..<count where !times[row].isFinite || risks[row].isNaN {
      throw NumericsError(.domain, "finite times and risks free of NaN are expected")
    }
    let ranks = Self.ranks(risks)
    let order = sortPermutation(times).map { Int($0) }
    var starts: [Int] = []
    for place in order.indices
    where place == 0 || times[order[place]] != times[order[place - 1]] {
      starts.append(place)
    }
    // Twice the concordant pairs of each row, and its comparable pairs: whole numbers throughout.
    var twice = [Int](repeating: 0, count: count)
    var own = [Int](repeating: 0, count: count)
    // As the earlier row: against all that are later.
    var later = RankCounts(ranks.max().map { $0 + 1 } ?? 0)
    for group in starts.indices.reversed() {
      let rows = order[starts[group]..<(group + 1 < starts.count ? starts[group + 1] : count)]
      for row in rows where !events[row] { later.add(ranks[row]) }
      for row in rows where events[row] {
        twice[row] += 2 * later.below(ranks[row]) + later.at(ranks[row])
        own[row] += later.total
      }
      for row in rows where events[row] { later.add(ranks[row]) }
    }
    // As the later row: against events before it.
    var earlier = RankCounts(ranks.max().map { $0 + 1 } ?? 0)
    for group in starts.indices {
      let rows = order[starts[group]..<(group + 1 < starts.count ? starts[group + 1] : count)]
      func compare(_ row: Int) {
        let equal = earlier.at(ranks[row])
        twice[row] += 2 * (earlier.total - earlier.below(ranks[row]) - equal) + equal
        own[row] += earlier.total
      }
      for row in rows where events[row] { compare(row) }
      for row in rows where events[row] { earlier.add(ranks[row]) }
      for row in rows where !events[row] { compare(row) }
    }
    // Every pair was met from both of its rows.
    let pairs = own.reduce(0, +) / 2
    guard pairs > 0 else {
      throw NumericsError(.undefined, "no pair of rows can be compared: no event has a later row")
    }
    let value = Double(twice.reduce(0, +)) / (4 * Double(pairs))
    self.value = value
    self.pairs = pairs
    influence = zip(twice, own).map { (Double($0) / 2 - value * Double($1)) / Double(pairs) }
  }

  /// The standard error over rows.
  public var standardError: Double {
    pairwiseSum(over: 0..<influence.count) { influence[$0] * influence[$0] }.squareRoot()
  }

  /// The standard error of the difference to the concordance of other risks of the same rows.
  ///
  /// - Throws: ``NumericsError`` `.domain` where the rows are others.
  public func standardErrorOfDifference(
    to other: ConcordanceIndex
  ) throws(NumericsError) -> Double {
    guard influence.count == other.influence.count, pairs == other.pairs else {
      throw NumericsError(.domain, "two risks of the same rows are expected")
    }
    return pairwiseSum(over: 0..<influence.count) { row in
      let part = influence[row] - other.influence[row]
      return part * part
    }.squareRoot()
  }

  /// The ranks of risks from 0 up, equal ones alike.
  private static func ranks(_ risks: Span<Double>) -> [Int] {
    var ranks = [Int](repeating: 0, count: risks.count)
    var rank = -1
    var last: Double?
    for row in sortPermutation(risks) {
      let risk = risks[Int(row)]
      if risk != last { rank += 1 }
      last = risk
      ranks[Int(row)] = rank
    }
    return ranks
  }
}

/// How many numbers lie below a rank: a binary indexed tree.
///
/// Source: Fenwick (1994), A new data structure for cumulative frequency tables,
/// doi:10.1002/spe.4380240306.
private struct RankCounts {
  private var sums: [Int]
  private var single: [Int]
  private(set) var total = 0

  init(_ ranks: Int) {
    sums = [Int](repeating: 0, count: ranks + 1)
    single = [Int](repeating: 0, count: ranks)
  }

  mutating func add(_ rank: Int) {
    total += 1
    single[rank] += 1
    var place = rank + 1
    while place < sums.count {
      sums[place] += 1
      place += place & -place
    }
  }

  func at(_ rank: Int) -> Int { single[rank] }

  func below(_ rank: Int) -> Int {
    var sum = 0
    var place = rank
    while place > 0 {
      sum += sums[place]
      place -= place & -place
    }
    return sum
  }
}

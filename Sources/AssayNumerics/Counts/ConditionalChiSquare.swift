import Foundation

/// Pearson's chi-square of two samples with a p-value that small counts do not spoil.
///
/// Given how often each cell occurs in both samples together, the first sample is any choice of
/// its size from the pool. The p-value is the share of choices with a statistic at least as large.
public struct ConditionalChiSquare: Sendable, Hashable {
  /// The statistic.
  public var statistic: Double
  /// The p-value; (1 + b)/(1 + B) when drawn.
  public var pValue: Double
  /// Whether all tables were listed, in place of some drawn at random.
  public var isExact: Bool

  /// Tests two samples.
  ///
  /// - Parameters:
  ///   - first: The counts of the first sample; whole numbers of at least 0.
  ///   - second: The counts of the second sample on the same cells.
  ///   - permutations: How many tables to draw when there are too many to list; at least 1.
  ///   - stream: The random numbers.
  ///   - listLimit: The most tables to list.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when either side is empty, `.undefined` when
  ///   fewer than two cells are occupied, `.domain` when a count is not a whole number.
  /// - Complexity: O(tables · cells) when listed, O(B·(cells + *N*)) when drawn.
  /// - Note: Statistics that are equal but for rounding (1e-9) count as reached.
  /// Source: Fisher (1935); Freeman & Halton (1951), doi:10.1093/biomet/38.1-2.141.
  public init(
    _ first: Span<Double>, _ second: Span<Double>, permutations: Int = 999,
    stream: inout RandomStream, listLimit: Int = 20_000
  ) throws(NumericsError) {
    precondition(permutations >= 1, "at least 1 permutation is expected, not \(permutations)")
    statistic = try chiSquareTwoSample(first, second).statistic
    var totals: [Int] = []
    var size = 0
    for cell in 0..<first.count {
      guard let a = Int(exactly: first[cell]), let b = Int(exactly: second[cell]), a >= 0, b >= 0
      else { throw NumericsError(.domain, "whole counts of at least 0 are expected") }
      if a + b > 0 { totals.append(a + b) }
      size += a
    }
    let tables = MarginTables(totals: totals, first: size)
    let bound = statistic - 1e-9 * max(1, statistic)
    isExact = tables.count(limit: listLimit) <= listLimit
    if isExact {
      pValue = try tables.tail(from: bound)
    } else {
      var reached = 0
      for _ in 0..<permutations where tables.draw(&stream) >= bound { reached += 1 }
      pValue = Double(1 + reached) / Double(1 + permutations)
    }
  }
}

/// The 2 × K tables with given column totals and a given size of the first row.
private struct MarginTables {
  let totals: [Int]
  let first: Int

  private let all: Int

  init(totals: [Int], first: Int) {
    self.totals = totals
    self.first = first
    all = totals.reduce(0, +)
  }

  /// What a count in a cell adds to the statistic.
  private func term(_ count: Int, _ total: Int) -> Double {
    let n = Double(first)
    let m = Double(all - first)
    let expected = Double(total) * n / (n + m)
    let other = Double(total) * m / (n + m)
    let deviation = Double(count) - expected
    return deviation * deviation * (1 / expected + 1 / other)
  }

  func count(limit: Int) -> Int {
    // Counting the tables must not cost more than drawing some would.
    guard first <= 10_000, totals.count * first <= 1_000_000 else { return limit + 1 }
    // ways[k]: of filling the cells so far with k rows of the first sample.
    var ways = [Int](repeating: 0, count: first + 1)
    ways[0] = 1
    for total in totals {
      var window = 0
      var next = ways
      for k in 0...first {
        window += ways[k]
        if k > total { window -= ways[k - total - 1] }
        next[k] = min(window, limit + 1)
      }
      ways = next
    }
    return ways[first]
  }

  func tail(from bound: Double) throws(NumericsError) -> Double {
    var after = totals
    var sum = 0
    for cell in totals.indices.reversed() {
      after[cell] = sum
      sum += totals[cell]
    }
    var logarithms = [0.0]
    for k in stride(from: 1, through: totals.max() ?? 0, by: 1) {
      logarithms.append(logarithms[k - 1] + log(Double(k)))
    }
    func choose(_ total: Int, _ count: Int) -> Double {
      logarithms[total] - logarithms[count] - logarithms[total - count]
    }
    let whole =
      try logGamma(Double(all + 1)) - logGamma(Double(first + 1))
      - logGamma(Double(all - first + 1))
    var reached = CompensatedSum()
    func fill(_ cell: Int, _ left: Int, _ weight: Double, _ statistic: Double) {
      guard cell < totals.count else {
        if statistic >= bound { reached.add(exp(weight - whole)) }
        return
      }
      let total = totals[cell]
      guard left - after[cell] <= min(total, left) else { return }
      for count in max(0, left - after[cell])...min(total, left) {
        fill(
          cell + 1, left - count, weight + choose(total, count), statistic + term(count, total))
      }
    }
    fill(0, first, 0, 0)
    return min(1, reached.total)
  }

  /// The statistic of a table drawn at random: multivariate hypergeometric.
  func draw(_ stream: inout RandomStream) -> Double {
    var rows = all
    var left = first
    var statistic = 0.0
    for total in totals {
      let taken = stream.hypergeometric(marked: left, unmarked: rows - left, drawn: total)
      statistic += term(taken, total)
      left -= taken
      rows -= total
    }
    return statistic
  }
}

extension RandomStream {
  /// A draw from the hypergeometric distribution: how many of `drawn` items are marked.
  ///
  /// - Parameters:
  ///   - marked: The number of marked items; at least 0.
  ///   - unmarked: The number of other items; at least 0.
  ///   - drawn: How many items are drawn without replacement; at most all.
  /// - Returns: A count in max(0, drawn − unmarked)...min(marked, drawn).
  /// - Complexity: O(*drawn*) or O(*all* − *drawn*), whichever is less.
  public mutating func hypergeometric(marked: Int, unmarked: Int, drawn: Int) -> Int {
    precondition(
      marked >= 0 && unmarked >= 0 && drawn >= 0 && drawn <= marked + unmarked,
      "\(drawn) of \(marked) marked and \(unmarked) unmarked items is impossible")
    let all = marked + unmarked
    // Drawing some is leaving the others: the shorter of both is done.
    let steps = min(drawn, all - drawn)
    var left = marked
    var rows = all
    for _ in 0..<steps {
      if below(rows) < left { left -= 1 }
      rows -= 1
    }
    return steps == drawn ? marked - left : left
  }
}

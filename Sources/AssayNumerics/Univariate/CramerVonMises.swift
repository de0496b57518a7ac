import Foundation

extension PooledRanks.Statistic {
  /// The two-sample Cramér–von Mises statistic T, with midranks.
  ///
  /// ```
  /// T = U/(n·m·N) − (4·n·m − 1)/(6N),   U = n·Σ (rᵢ − i)² + m·Σ (sⱼ − j)²
  /// ```
  ///
  /// The area between the distribution functions, squared; it sees shifts better than the
  /// Kolmogorov–Smirnov distance does.
  ///
  /// Source: Anderson (1962), doi:10.1214/aoms/1177704477.
  public static let cramerVonMises = Self { $0.cramerVonMises }
}

extension PooledRanks {
  /// T, the two-sample Cramér–von Mises statistic; (1 + 1/N)/6 on average without ties.
  public var cramerVonMises: Double {
    let n = Double(firstCount)
    let m = Double(secondCount)
    var first = 0
    var all = 0
    // 4·U in whole numbers would overflow at 10⁶ values; sums of squares of halves stay exact
    // for longer than is needed.
    var sum = CompensatedSum()
    for (size, taken) in zip(runSizes, firstCounts) {
      let rank = Double(all) + Double(size + 1) / 2
      sum.add(n * Self.squares(rank - Double(first), taken))
      sum.add(m * Self.squares(rank - Double(all - first), size - taken))
      first += taken
      all += size
    }
    let total = n + m
    return sum.total / (n * m * total) - (4 * n * m - 1) / (6 * total)
  }

  /// Σ (x − k)² for k = 1…count.
  private static func squares(_ x: Double, _ count: Int) -> Double {
    let c = Double(count)
    let away = x - (c + 1) / 2
    return c * away * away + c * (c * c - 1) / 12
  }

  /// The p-value of T, exact for small samples and from the limiting distribution otherwise.
  ///
  /// - Parameter listLimit: The most labellings of the pool that are counted one by one, in lumps
  ///   of equal partial sums; by default samples of up to about 20 values each are exact.
  /// - Returns: The p-value, and whether it is exact. The limit is for data without ties.
  /// - Throws: ``NumericsError`` `.backend` when the library underneath fails.
  /// Source: Xiao, Gordon & Yakovlev (2007), doi:10.18637/jss.v017.i08; Csörgő & Faraway (1996),
  /// doi:10.1111/j.2517-6161.1996.tb02077.x.
  public func cramerVonMisesPValue(
    listLimit: Int = 200_000
  ) throws(NumericsError) -> (pValue: Double, isExact: Bool) {
    if let exact = exactCramerVonMises(limit: listLimit) { return (exact, true) }
    return (try asymptoticCramerVonMises(), false)
  }

  /// The p-value of T from the limiting distribution, with mean and variance set right.
  ///
  /// - Returns: A probability; good from about 10 values a sample without ties.
  /// - Throws: ``NumericsError`` `.backend` when the library underneath fails.
  public func asymptoticCramerVonMises() throws(NumericsError) -> Double {
    let n = Double(firstCount)
    let m = Double(secondCount)
    let total = n + m
    let expectation = (1 + 1 / total) / 6
    let variance =
      (total + 1) * (4 * n * m * total - 3 * (n * n + m * m) - 2 * n * m)
      / (45 * total * total * 4 * n * m)
    guard variance > 0 else { return 1 }
    let scaled = 1.0 / 6 + (cramerVonMises - expectation) / (45 * variance).squareRoot()
    return try cramerVonMisesSurvival(scaled)
  }

  /// Counts labellings by their partial sums of 4·U, or gives up beyond the limit.
  private func exactCramerVonMises(limit: Int) -> Double? {
    let n = firstCount
    let m = secondCount
    guard n + m <= 60 else { return nil }
    // lumps[i]: for i of the values so far in the first sample, partial sums and their weights.
    var lumps: [[(sum: Int, weight: Double)]] = Array(repeating: [], count: n + 1)
    lumps[0] = [(0, 1)]
    var seen = 0
    var observed = 0
    var firstSoFar = 0
    var stored = 0
    for (size, taken) in zip(runSizes, firstCounts) {
      var next: [[(sum: Int, weight: Double)]] = Array(repeating: [], count: n + 1)
      observed += cost(firstSoFar, seen, taken, size)
      firstSoFar += taken
      for i in 0...n where !lumps[i].isEmpty {
        var choose = 1.0
        for more in 0...size {
          if i + more <= n, seen - i + size - more <= m {
            let step = cost(i, seen, more, size)
            for lump in lumps[i] { next[i + more].append((lump.sum + step, lump.weight * choose)) }
          }
          choose *= Double(size - more) / Double(more + 1)
        }
      }
      lumps = next.map(Self.merged)
      seen += size
      stored += lumps.reduce(0) { $0 + $1.count }
      guard stored <= limit else { return nil }
    }
    var reached = 0.0
    var all = 0.0
    for lump in lumps[n].reversed() {
      all += lump.weight
      if lump.sum >= observed { reached += lump.weight }
    }
    return min(1, reached / all)
  }

  /// What a run adds to 4·U: n·Σ (2r − 2i)² + m·Σ (2s − 2j)².
  private func cost(_ first: Int, _ seen: Int, _ taken: Int, _ size: Int) -> Int {
    let twiceRank = 2 * seen + size + 1
    var sum = 0
    for k in 0..<taken {
      let away = twiceRank - 2 * (first + k + 1)
      sum += firstCount * away * away
    }
    for k in 0..<(size - taken) {
      let away = twiceRank - 2 * (seen - first + k + 1)
      sum += secondCount * away * away
    }
    return sum
  }

  private static func merged(
    _ lumps: [(sum: Int, weight: Double)]
  ) -> [(sum: Int, weight: Double)] {
    var result: [(sum: Int, weight: Double)] = []
    for lump in lumps.sorted(by: { ($0.sum, $0.weight) < ($1.sum, $1.weight) }) {
      if let last = result.last, last.sum == lump.sum {
        result[result.count - 1].weight = last.weight + lump.weight
      } else {
        result.append(lump)
      }
    }
    return result
  }
}

/// The upper tail of the limiting distribution of the Cramér–von Mises statistic.
///
/// - Parameter x: The statistic; 0.461 leaves 5 %.
/// - Returns: A probability; 1 for x below 0.003.
/// - Throws: ``NumericsError`` `.backend` when the library underneath fails.
/// Source: Csörgő & Faraway (1996), doi:10.1111/j.2517-6161.1996.tb02077.x, equation 1.2.
public func cramerVonMisesSurvival(_ x: Double) throws(NumericsError) -> Double {
  guard x >= 0.003 else { return 1 }
  guard x < .infinity else { return 0 }
  var sum = 0.0
  for k in 0..<200 {
    let index = Double(k)
    let y = 4 * index + 1
    let q = y * y / (16 * x)
    let factor = exp(try logGamma(index + 0.5) - logGamma(index + 1))
    let term =
      factor / (pow(Double.pi, 1.5) * x.squareRoot()) * y.squareRoot() * exp(-2 * q)
      * (try GSL.scaledBesselK(0.25, q))
    sum += term
    if term < 1e-16 { break }
  }
  return min(1, max(0, 1 - sum))
}

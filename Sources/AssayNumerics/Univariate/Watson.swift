extension PooledRanks.Statistic {
  /// Watson's U² for two samples on a circle.
  ///
  /// ```
  /// U² = n·m/N² · [Σ d² − (Σ d)²/N],   d = F − G at each pooled value
  /// ```
  ///
  /// The Cramér–von Mises statistic without its dependence on where the circle is cut.
  ///
  /// Source: Watson (1962), Goodness-of-fit tests on a circle II, Biometrika 49, 57–63.
  public static let watson = Self { $0.watsonStatistic }
}

extension PooledRanks {
  /// Watson's U²; about 1/12 on average for samples of one law.
  public var watsonStatistic: Double {
    let n = Double(firstCount)
    let m = Double(secondCount)
    let total = Double(count)
    var first = 0
    var all = 0
    var sum = CompensatedSum()
    var squares = CompensatedSum()
    for (size, taken) in zip(runSizes, firstCounts) {
      first += taken
      all += size
      let gap = Double(first) / n - Double(all - first) / m
      sum.add(Double(size) * gap)
      squares.add(Double(size) * gap * gap)
    }
    return max(0, n * m / (total * total) * (squares.total - sum.total * sum.total / total))
  }
}

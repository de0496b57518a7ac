extension PooledRanks.Statistic {
  /// Anderson and Darling's A² for two samples, with midranks.
  ///
  /// ```
  /// A² = (N − 1)/N · Σ over samples (1/nᵢ) Σ over runs (l/N)·(N·Mᵢ − nᵢ·B)²/(B(N − B) − N·l/4)
  /// ```
  ///
  /// with l the size of a run, B the pooled and Mᵢ the sample's count up to its middle. It weighs
  /// the tails as much as the middle, and is 1 on average for samples of one law.
  ///
  /// Source: Scholz & Stephens (1987), doi:10.1080/01621459.1987.10478517.
  public static let andersonDarling = Self { ranks in
    let total = Double(ranks.count)
    let n = Double(ranks.firstCount)
    let m = Double(ranks.secondCount)
    var before = 0.0
    var first = 0.0
    var sum = CompensatedSum()
    for (size, taken) in zip(ranks.runSizes, ranks.firstCounts) {
      let l = Double(size)
      let middle = before + l / 2
      let own = first + Double(taken) / 2
      // The deviation of the second sample is the same with the other sign.
      let deviation = total * own - n * middle
      let denominator = middle * (total - middle) - total * l / 4
      if denominator > 0 {
        sum.add(l / total * deviation * deviation / denominator)
      }
      before += l
      first += Double(taken)
    }
    return sum.total * (1 / n + 1 / m) * (total - 1) / total
  }
}

extension PooledRanks {
  /// A² and the same in standard deviations from its mean: (A² − 1)/σ.
  ///
  /// - Returns: The statistic and its standardised form. scipy's `anderson_ksamp` returns the
  ///   latter; its p-values are interpolated and capped, so use
  ///   ``pValue(of:permutations:stream:listLimit:)``.
  /// - Throws: ``NumericsError`` `.undefined` when all values are equal, `.tooFewObservations`
  ///   below four values.
  /// - Complexity: O(*N*).
  public func andersonDarling() throws(NumericsError) -> (statistic: Double, standardised: Double) {
    guard runSizes.count > 1 else {
      throw NumericsError(.undefined, "samples of one value leave the statistic undefined")
    }
    guard count >= 4 else {
      throw NumericsError(.tooFewObservations, "at least four values are needed, not \(count)")
    }
    let statistic = Statistic.andersonDarling.evaluate(self)
    let total = Double(count)
    let inverse = 1 / Double(firstCount) + 1 / Double(secondCount)
    // h = Σ 1/i and g = ΣΣ 1/((N − i)·j) over 1 ≤ i < j < N.
    var h = 0.0
    var g = 0.0
    for i in stride(from: count - 1, to: 0, by: -1) {
      // Here h is the sum of 1/j over j > i.
      g += h / Double(count - i)
      h += 1 / Double(i)
    }
    let k = 2.0
    let a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * inverse
    let b =
      (2 * g - 4) * k * k + 8 * h * k + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6
    let c = (6 * h + 2 * g - 2) * k * k + (4 * h - 4 * g + 6) * k + (2 * h - 6) * inverse + 4 * h
    let d = (2 * h + 6) * k * k - 4 * h * k
    let cubic = ((a * total + b) * total + c) * total + d
    let variance = cubic / ((total - 1) * (total - 2) * (total - 3))
    return (statistic, (statistic - 1) / variance.squareRoot())
  }
}

import AssayNumerics
import Testing

@Suite struct `Combined estimates` {
  /// Closed forms by hand, of tables twice as large as the real one.
  @Test func `have the variances of their rules`() throws {
    let (q, u) = ([1, 2, 4.0], [0.5, 0.7, 0.6])
    let combined = try CombinedEstimates(estimates: q.span, variances: u.span)
    let b = 7.0 / 3
    #expect(abs(combined.between - b) < 1e-12)
    #expect(abs(combined.combinedVariance(.singleModel, rowRatio: 2) - 0.6 * (2 + 1.0 / 3)) < 1e-12)
    #expect(
      abs(combined.combinedVariance(.fullySynthetic, rowRatio: 2) - (4 * b / 3 - 0.6)) < 1e-12)
    #expect(
      abs(combined.combinedVariance(.partiallySynthetic, rowRatio: 2) - (1.2 + b / 3)) < 1e-12)
    let alike = [1, 1.001, 0.999]
    let flat = try CombinedEstimates(estimates: alike.span, variances: u.span)
    #expect(flat.combinedVariance(.fullySynthetic, rowRatio: 1) < 0)
    #expect(try flat.interval(.fullySynthetic, rowRatio: 1) == nil)
    // Degrees of freedom beyond count make Student's t a normal law.
    let wide = try #require(try flat.interval(.partiallySynthetic, rowRatio: 1))
    let reach = (wide.upper - wide.lower) / 2
    #expect(
      abs(reach / flat.combinedVariance(.partiallySynthetic, rowRatio: 1).squareRoot() - 1.959964)
        < 1e-4)
  }

  /// Law: the intervals hold the population's mean as often as they say, for tables made as each rule
  /// has it, of other sizes than the real one.
  @Test(arguments: [
    (CombinedEstimates.Rule.singleModel, 3, 2.0), (.singleModel, 5, 0.5),
    (.fullySynthetic, 60, 1.0), (.fullySynthetic, 20, 2.0), (.partiallySynthetic, 5, 1.0),
  ])
  func `hold what they are intervals of`(
    _ rule: CombinedEstimates.Rule, _ tables: Int, _ ratio: Double
  ) throws {
    let n = 40
    let size = Int(Double(n) * ratio)
    var held = 0
    var known = 0
    let rounds = 400
    for round in 0..<rounds {
      var random = RandomStream(seed: 8, name: "combined", rule.rawValue, "\(ratio) \(round)")
      let real = (0..<n).map { _ in random.normal() }
      let centre = try mean(real.span)
      let spread = try variance(real.span)
      var estimates: [Double] = []
      var variances: [Double] = []
      for _ in 0..<tables {
        var (own, scale) = (centre, spread.squareRoot())
        if rule != .singleModel {
          // What n rows leave open of a normal law.
          let squares = (0..<n - 1).reduce(0.0) { sum, _ in
            let z = random.normal()
            return sum + z * z
          }
          scale = (spread * Double(n - 1) / squares).squareRoot()
          own += scale / Double(n).squareRoot() * random.normal()
        }
        let kept = rule == .partiallySynthetic ? Array(real.prefix(n / 2)) : []
        let table = kept + (0..<size - kept.count).map { _ in own + scale * random.normal() }
        estimates.append(try mean(table.span))
        variances.append(try variance(table.span) / Double(size))
      }
      let combined = try CombinedEstimates(estimates: estimates.span, variances: variances.span)
      guard let found = try combined.interval(rule, rowRatio: ratio) else { continue }
      known += 1
      if found.lower <= 0, found.upper >= 0 { held += 1 }
    }
    // Of 400 intervals at 95 % 3 standard deviations are 3.3 %; variances are estimated, which Student's
    // t allows for roughly, and a variance that is a difference by being too wide.
    let share = Double(held) / Double(known)
    #expect(share > 0.915 && share < 0.99, "\(share) of \(known)")
    #expect(known > rounds * 9 / 10, "\(known)")
  }
}

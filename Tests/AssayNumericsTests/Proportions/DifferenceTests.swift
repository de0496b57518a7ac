import AssayNumerics
import Foundation
import Testing

@Suite struct `Differences of proportions` {
  @Test func `Tango's limits are where the score test just rejects`() throws {
    // Slow twin: the likeliest share found by searching, in place of the closed form.
    let (b, c, n) = (12.0, 5.0, 60.0)
    let interval = try tangoPairedInterval(firstOnly: 12, secondOnly: 5, rows: 60)
    for delta in [interval.lower, interval.upper] {
      let likelihood = { (q: Double) in
        b * log(q + delta) + c * log(q) + (n - b - c) * log(1 - 2 * q - delta)
      }
      var (low, high) = (max(0, -delta), (1 - delta) / 2)
      for _ in 0..<300 {
        let (left, right) = (low + (high - low) / 3, high - (high - low) / 3)
        if likelihood(left) < likelihood(right) { low = left } else { high = right }
      }
      let score = (b - c - n * delta) / (n * (2 * low + delta * (1 - delta))).squareRoot()
      #expect(abs(abs(score) - 1.959963984540054) < 1e-6)
    }
    let mirrored = try tangoPairedInterval(firstOnly: 5, secondOnly: 12, rows: 60)
    #expect(abs(mirrored.lower + interval.upper) < 1e-10)
    let none = try tangoPairedInterval(firstOnly: 0, secondOnly: 0, rows: 50)
    // Closed form: with no discordant row the limits are ±z²/(n + z²).
    #expect(abs(none.upper - 3.841458820694124 / 53.841458820694124) < 1e-9)
    #expect(throws: NumericsError.self) {
      try tangoPairedInterval(firstOnly: 3, secondOnly: 3, rows: 5)
    }
  }

  @Test(arguments: [
    (120, 500, 90, 500, 0.0095259313, 0.1104706929), (5, 500, 0, 500, 0.0023299712, 0.0232022403),
    (500, 500, 480, 500, 0.0260352520, 0.0609861086),
    (30, 1000, 12, 300, -0.0399417199, 0.0111908588),
  ])
  func `the score interval is where the test just rejects`(
    _ x1: Int, _ n1: Int, _ x2: Int, _ n2: Int, _ lower: Double, _ upper: Double
  ) throws {
    // Reference: constrained likelihood maximised numerically, roots by brentq, scipy 1.17.1.
    let interval = try miettinenNurminenInterval((x1, n1), (x2, n2))
    #expect(abs(interval.lower - lower) < 5e-8 && abs(interval.upper - upper) < 5e-8)
  }

  @Test func `a certain difference ends at its bound`() throws {
    let all = try miettinenNurminenInterval((10, 10), (0, 10))
    #expect(all.upper == 1 && all.lower > 0.5 && all.lower < 0.8)
    let equal = try miettinenNurminenInterval((0, 10), (0, 10))
    #expect(abs(equal.lower + equal.upper) < 1e-9 && equal.upper > 0.2)
    #expect(throws: NumericsError.self) { try miettinenNurminenInterval((1, 0), (0, 10)) }
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Differences against the reference` {
  @Test(arguments: Reference.cases("privacy", "two_proportion_difference"))
  func `statsmodels' score interval is met as far as it is one`(
    _ reference: ReferenceCase
  ) throws {
    let interval = try miettinenNurminenInterval(
      (reference.count("k1"), reference.count("n1")),
      (reference.count("k2"), reference.count("n2")))
    let want = reference.expected("miettinen_nurminen_score").numbers
    // The limits of statsmodels are not quite where its own statistic equals z (up to 8e-4 away);
    // the ones here are, as the test by numerical maximisation shows.
    #expect(abs(interval.lower - want[0]) < 8e-4 && abs(interval.upper - want[1]) < 8e-4)
  }

  @Test(arguments: Reference.cases("utility", "mcnemar"))
  func `McNemar's exact test is met`(_ reference: ReferenceCase) throws {
    let table = reference.rows("table")
    let p = try mcNemarPValue(firstOnly: Int(table[0][1]), secondOnly: Int(table[1][0]))
    reference.expect(p, "exact_p")
  }
}

import AssayDocument
import AssayMetrics
import AssayNumerics
import Foundation
import Testing

@Suite struct `Bounds of any level` {
  @Test func `of a normal law are its quantiles, inside its limits`() throws {
    let law = BoundLaw.normal(
      .init(lowerCentre: 0.1, upperCentre: 0.3, deviation: 0.05, lowest: 0.08, highest: 1))
    // The quantile of 0.95 is 1.6448536269514722.
    let at95 = try law.ends(value: 0.2, level: 0.95)
    #expect(at95.lower == 0.08)
    #expect(abs(at95.upper - (0.3 + 1.644_853_626_951_472_2 * 0.05)) < 1e-12)
    // The quantile of 0.999 is 3.090232306167813.
    let at999 = try law.ends(value: 0.2, level: 0.999)
    #expect(abs(at999.upper - (0.3 + 3.090_232_306_167_813 * 0.05)) < 1e-12)
  }

  @Test func `of a share are those of Clopper and Pearson`() throws {
    // scipy 1.15: beta.ppf([0.05, 0.95], [3, 4], [98, 97]) for 3 of 100.
    let ends = try BoundLaw.binomial(successes: 3, trials: 100).ends(value: 0.03, level: 0.95)
    #expect(abs(ends.lower - 0.008_225_829_107_652_688) < 1e-11)
    #expect(abs(ends.upper - 0.075_710_793_749_830_04) < 1e-11)
    let none = try BoundLaw.binomial(successes: 0, trials: 300).ends(value: 0, level: 0.95)
    #expect(none.lower == 0)
    #expect(abs(none.upper - (1 - 0.05.squareRootOf(300))) < 1e-12)
  }

  @Test func `of a difference keep each share inside its own`() throws {
    let law = BoundLaw.difference(successes: 0, trials: 2_000, subtracted: 0, of: 1_000)
    let ends = try law.ends(value: 0, level: 0.95)
    #expect(abs(ends.upper - (1 - 0.025.squareRootOf(2_000))) < 1e-12)
    #expect(abs(ends.lower + (1 - 0.025.squareRootOf(1_000))) < 1e-12)
  }

  @Test func `of a counted quantity are the quantity`() throws {
    let ends = try BoundLaw.exact.ends(value: 0.75, level: 0.9999)
    #expect(ends.lower == 0.75 && ends.upper == 0.75)
  }

  @Test(arguments: [
    BoundLaw.normal(.init(lowerCentre: 0.2, upperCentre: 0.25, deviation: 0.01)),
    .binomial(successes: 20, trials: 90),
    .difference(successes: 30, trials: 90, subtracted: 7, of: 80),
  ])
  func `grow with the level and hold the value`(_ law: BoundLaw) throws {
    var narrower = try law.ends(value: 0.2222, level: 0.9)
    for level in [0.95, 0.99, 0.9999] {
      let wider = try law.ends(value: 0.2222, level: level)
      #expect(wider.lower <= narrower.lower && wider.upper >= narrower.upper)
      #expect(wider.lower <= 0.2222 && wider.upper >= 0.2222)
      narrower = wider
    }
  }
}

extension Double {
  fileprivate func squareRootOf(_ n: Int) -> Double { exp(log(self) / Double(n)) }
}

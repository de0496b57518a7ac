import AssayNumerics
import Foundation
import Testing

/// Oracle: twice the smaller tail of the hypergeometric law, summed by hand.
@Suite struct `Fisher's exact test of two shares` {
  private func slow(_ a: Int, _ n: Int, _ b: Int, _ m: Int) -> Double {
    let t = a + b
    func choose(_ n: Int, _ k: Int) -> Double {
      k < 0 || k > n
        ? -.infinity : lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
    }
    func mass(_ x: Int) -> Double {
      exp(choose(t, x) + choose(n + m - t, n - x) - choose(n + m, n))
    }
    let below = (0...a).reduce(0) { $0 + mass($1) }
    let above = (a...n).reduce(0) { $0 + mass($1) }
    return min(1, 2 * min(below, above))
  }

  @Test(arguments: [
    (3, 10, 9, 12), (0, 30, 8, 40), (50, 100, 61, 120), (1, 5, 1, 5), (0, 8, 8, 8),
    (300, 900, 380, 900),
  ])
  func `is twice the smaller tail`(_ a: Int, _ n: Int, _ b: Int, _ m: Int) throws {
    let found = try equalSharesPValue((a, n), (b, m))
    #expect(abs(found - slow(a, n, b, m)) < 1e-8 * max(1e-6, found))
    #expect(try abs(found - equalSharesPValue((b, m), (a, n))) < 1e-9)
  }

  @Test func `a bound takes the place of tiny values and is not below them`() throws {
    let found = try equalSharesPValue((100, 400), (350, 400))
    #expect(found > 0 && found <= 1e-12 && found >= slow(100, 400, 350, 400))
  }

  @Test func `nothing marked or everything tells nothing, and impossible counts are refused`()
    throws
  {
    #expect(try equalSharesPValue((0, 5), (0, 9)) == 1)
    #expect(try equalSharesPValue((5, 5), (9, 9)) == 1)
    #expect(throws: NumericsError.self) { try equalSharesPValue((6, 5), (0, 9)) }
    #expect(throws: NumericsError.self) { try equalSharesPValue((0, 0), (0, 9)) }
  }
}

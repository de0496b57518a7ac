import Foundation

/// Tests that arrive one by one, with the false discovery rate held over all of them (LORD++).
///
/// ```
/// αₜ = γₜ·w₀ + (α − w₀)·γₜ₋τ₁ + α·Σ over later discoveries j of γₜ₋τⱼ
/// γₜ = c·ln(max(t, 2))/(t·e^√ln t)
/// ```
///
/// Each test spends a little of the allowance and each discovery at time τ earns some back, so a
/// job that runs daily for years does not raise a false alarm every few weeks.
public struct OnlineDiscoveryRate: Sendable, Hashable {
  /// The false discovery rate that is kept, α.
  public let rate: Double
  /// The allowance before the first discovery, w₀.
  public let initialWealth: Double
  /// How many tests there have been.
  public private(set) var tests = 0
  /// The times of the discoveries, counted from 1.
  public private(set) var discoveries: [Int] = []

  /// Begins a series of tests.
  ///
  /// - Parameters:
  ///   - rate: The false discovery rate, strictly between 0 and 1.
  ///   - initialWealth: The allowance before the first discovery, above 0 and at most `rate`; by
  ///     default half of it.
  /// - Throws: ``NumericsError`` `.domain` outside these ranges.
  public init(rate: Double = 0.05, initialWealth: Double? = nil) throws(NumericsError) {
    let wealth = initialWealth ?? rate / 2
    guard rate > 0, rate < 1, wealth > 0, wealth <= rate else {
      throw NumericsError(
        .domain, "a rate between 0 and 1 and a wealth of at most the rate are expected")
    }
    self.rate = rate
    self.initialWealth = wealth
  }

  /// The level of the next test.
  ///
  /// - Complexity: O(discoveries).
  public var nextLevel: Double {
    let time = tests + 1
    var level = Self.share(time) * initialWealth
    for (index, discovery) in discoveries.enumerated() {
      level += (index == 0 ? rate - initialWealth : rate) * Self.share(time - discovery)
    }
    return level
  }

  /// Takes the next p-value.
  ///
  /// - Parameter pValue: The p-value of the next test, in 0...1.
  /// - Returns: Whether it is a discovery, and the level that it was held against.
  /// - Throws: ``NumericsError`` `.domain` for a value outside 0...1; nothing is spent then.
  public mutating func test(
    _ pValue: Double
  ) throws(NumericsError) -> (isDiscovery: Bool, level: Double) {
    guard pValue >= 0, pValue <= 1 else {
      throw NumericsError(.domain, "a p-value in 0...1 is expected, not \(pValue)")
    }
    let level = nextLevel
    tests += 1
    let found = pValue <= level
    if found { discoveries.append(tests) }
    return (found, level)
  }

  /// γₜ: how the allowance is spread over time; the shares of all times add up to 0.976.
  ///
  /// - Parameter time: The time, from 1.
  /// - Returns: A share in 0 ..< 1.
  /// Source: Ramdas, Yang, Wainwright & Jordan (2017), Online control of the false discovery rate
  /// with decaying memory, arXiv:1710.00499; constant of Javanmard & Montanari (2018),
  /// doi:10.1214/17-AOS1559.
  public static func share(_ time: Int) -> Double {
    precondition(time >= 1, "a time of at least 1 is expected, not \(time)")
    let t = Double(time)
    return 0.07720838 * log(max(t, 2)) / (t * exp(log(t).squareRoot()))
  }
}

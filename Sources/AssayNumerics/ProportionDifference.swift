import Foundation

/// The expected absolute difference of two independent sample proportions of one probability.
///
/// ```
/// E |A/n − B/m|,   A ~ Bin(n, p), B ~ Bin(m, p)
/// ```
///
/// Half the sum of it over the cells of a distribution is what the total variation distance of
/// two samples of that distribution is on average. With large counts it is close to
/// √(2p(1 − p)(1/n + 1/m)/π); with small counts it is summed exactly.
///
/// - Parameters:
///   - p: The probability, in 0...1.
///   - n: The size of the first sample; at least 1.
///   - m: The size of the second sample; at least 1.
/// - Returns: The expectation, in 0...1; the switch between the two ways costs under 1 %.
/// - Throws: ``NumericsError`` `.domain` outside these ranges.
/// - Complexity: O(1) for large counts, else O(√(np) + √(mp)) about the mean.
public func expectedAbsoluteProportionDifference(
  p: Double, n: Int, m: Int
) throws(NumericsError) -> Double {
  guard p >= 0, p <= 1, n >= 1, m >= 1, n <= Int(UInt32.max), m <= Int(UInt32.max) else {
    throw NumericsError(.domain, "a probability in 0...1 and sizes of at least 1 are expected")
  }
  let rare = min(p, 1 - p)
  guard rare > 0 else { return 0 }
  let small = Double(min(n, m)) * rare
  if small >= 50 {
    return (2 / Double.pi * p * (1 - p) * (1 / Double(n) + 1 / Double(m))).squareRoot()
  }
  // With F and G the distribution functions of the two proportions, E|X − Y| is the area
  // ∫ F(1 − G) + G(1 − F). Both are step functions; the steps are merged.
  let first = BinomialSteps(trials: n, probability: rare)
  let second = BinomialSteps(trials: m, probability: rare)
  var i = first.start
  var j = second.start
  var f = 0.0
  var g = 0.0
  var area = CompensatedSum()
  var last = 0.0
  var begun = false
  while i < first.end || j < second.end {
    // i/n against j/m without division.
    let left = i < first.end ? Double(i) * Double(m) : .infinity
    let right = j < second.end ? Double(j) * Double(n) : .infinity
    let x = left <= right ? Double(i) / Double(n) : Double(j) / Double(m)
    if begun { area.add((f * (1 - g) + g * (1 - f)) * (x - last)) }
    begun = true
    last = x
    if left <= right {
      f = min(1, f + first.mass(i))
      i += 1
    }
    if right <= left {
      g = min(1, g + second.mass(j))
      j += 1
    }
  }
  return area.total
}

/// The outcomes of a binomial variable that hold all but about 1e-15 of its probability.
private struct BinomialSteps {
  var start: Int
  var end: Int
  private var masses: [Double]

  init(trials: Int, probability: Double) {
    let mean = Double(trials) * probability
    let margin = 9 * (mean * (1 - probability)).squareRoot() + 40
    let low = max(0, Int(mean - margin))
    let high = min(trials, Int(mean + margin))
    start = low
    end = high + 1
    masses = (low...high).map { k in
      GSL.binomialMass(UInt32(k), probability, UInt32(trials))
    }
  }

  func mass(_ k: Int) -> Double { masses[k - start] }
}

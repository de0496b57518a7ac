import Foundation

/// The upper tail of the limiting distribution of Anderson and Darling's A².
///
/// ```
/// P(A² > x) = 1/π · Σ (−1)^(k+1) · ∫ from λ₂ₖ₋₁ to λ₂ₖ of e^(−xu/2)/(u·√|D(u)|) du
/// D(u) = −cos(π/2·√(1 + 4u))/(π·u),   λⱼ = j·(j + 1)
/// ```
///
/// A² of samples of one continuous law tends to Σ Z²ⱼ/λⱼ with independent normal Zⱼ; Smirnov's
/// formula gives its tail without cancellation, however small it is.
///
/// - Parameter x: The statistic; 2.492 leaves 5 %.
/// - Returns: A probability; 1 for x below 0.05.
/// - Complexity: O(1).
/// Source: Anderson & Darling (1952), doi:10.1214/aoms/1177729437; Smirnov's formula as in Darling
/// (1957), doi:10.1214/aoms/1177706788.
public func andersonDarlingSurvival(_ x: Double) -> Double {
  guard x >= 0.05 else { return 1 }
  guard x < .infinity else { return 0 }
  let nodes = 48
  var sum = 0.0
  for k in 1...60 {
    let low = Double((2 * k - 1) * (2 * k))
    let high = Double((2 * k) * (2 * k + 1))
    let centre = (low + high) / 2
    let radius = (high - low) / 2
    // With u = c − r·cos t the singular ends cancel and the midpoint rule converges at once.
    var integral = 0.0
    for node in 0..<nodes {
      let t = Double.pi * (Double(node) + 0.5) / Double(nodes)
      let u = centre - radius * cos(t)
      let root = abs(cos(Double.pi / 2 * (1 + 4 * u).squareRoot()) / (Double.pi * u)).squareRoot()
      integral += radius * sin(t) * exp(-x * u / 2) / (u * root)
    }
    let term = integral / Double(nodes)
    sum += k % 2 == 1 ? term : -term
    if term < 1e-17 * abs(sum) { break }
  }
  return min(1, max(0, sum))
}

import AssayDocument
import AssayMetrics
import AssayNumerics

/// A part of a dimension of one candidate on its scale, with the replicates that candidates share.
package struct ScaledFacet: Sendable {
  /// The part's name.
  package var name: String
  /// The position between the far end (0) and a fresh real sample (1).
  package var position: Double
  /// The standard deviation of the position.
  package var deviation: Double
  /// The position in each replicate of the bootstrap; empty where the part has none.
  package var replicates: [Double]

  /// Makes a part.
  package init(name: String, position: Double, deviation: Double, replicates: [Double] = []) {
    self.name = name
    self.position = position
    self.deviation = deviation
    self.replicates = replicates
  }

  /// The part of a result; `nil` where its two ends cannot be told apart.
  init?(_ facet: FacetResult) {
    guard
      let position = Score.normalise(
        facet.value, floor: facet.floor, baseline: facet.baseline.value)
    else { return nil }
    let base = facet.baseline.value
    let width = base - facet.floor.value
    self.init(
      name: facet.facet, position: position, deviation: facet.deviation / abs(width),
      replicates: facet.replicates.map { (base - $0) / width })
  }
}

/// Whether one candidate's dimension, the minimum of its parts, is higher than another's.
///
/// *First is better* is claimed where every part of the first lies above one part of the second:
///
/// ```
/// p = min(1, G · min over g of max over f of P(Z > (s_f(first) − s_g(second)) / sd))
/// ```
///
/// For a fixed part *g* all of them must be higher (an intersection–union test, at the level of each);
/// *g* may be chosen at sight because the smallest of G probabilities is multiplied by G. `sd` is that
/// of the difference over the replicates that both share: every candidate is compared with the same
/// resampled real rows, so that what the real rows leave open does not count twice. Parts without
/// replicates are taken as independent, which overstates `sd` where the real rows are shared.
///
/// Source: Berger (1982), Multiparameter hypothesis testing and acceptance sampling,
/// doi:10.1080/00401706.1982.10487790.
package enum FacetContrast {
  /// The name of the method where all parts had replicates.
  package static let paired = "paired replicates, minimum of the parts"
  /// The name of the method where some had none.
  package static let mixed = "paired replicates where a part has them, minimum of the parts"

  /// What was found.
  package struct Found: Sendable {
    /// The score of the first less that of the second.
    package var difference: Double
    /// The standard deviation of the difference of the two lowest parts.
    package var deviation: Double
    /// The two-sided probability.
    package var pValue: Double
    /// Whether every part was paired.
    package var isPaired: Bool
  }

  /// Compares two candidates; `nil` where one has no part.
  package static func between(_ first: [ScaledFacet], _ second: [ScaledFacet]) -> Found? {
    guard let low = first.min(by: { $0.position < $1.position }),
      let other = second.min(by: { $0.position < $1.position })
    else { return nil }
    let p = 2 * min(better(first, than: second), better(second, than: first))
    return Found(
      difference: low.position - other.position, deviation: deviation(low, other),
      pValue: min(1, p),
      isPaired: (first + second).allSatisfy { !$0.replicates.isEmpty })
  }

  private static func better(_ first: [ScaledFacet], than second: [ScaledFacet]) -> Double {
    var smallest = 1.0
    for part in second {
      var largest = 0.0
      for own in first { largest = max(largest, tail(own, above: part)) }
      smallest = min(smallest, largest)
    }
    return min(1, Double(second.count) * smallest)
  }

  /// The probability of so high a part where it is no higher than the other.
  private static func tail(_ own: ScaledFacet, above part: ScaledFacet) -> Double {
    let difference = own.position - part.position
    let spread = deviation(own, part)
    guard spread > 0 else { return difference > 0 ? 0 : 1 }
    return normalSurvival(difference / spread)
  }

  /// The standard deviation of the difference of two positions.
  static func deviation(_ first: ScaledFacet, _ second: ScaledFacet) -> Double {
    let count = first.replicates.count
    guard count > 1, count == second.replicates.count else {
      return (first.deviation * first.deviation + second.deviation * second.deviation)
        .squareRoot()
    }
    let differences = zip(first.replicates, second.replicates).map { $0 - $1 }
    let mean = differences.reduce(0, +) / Double(count)
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(count - 1)).squareRoot()
  }
}

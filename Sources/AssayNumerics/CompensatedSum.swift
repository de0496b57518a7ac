/// A running sum whose error does not grow with the number of terms.
package struct CompensatedSum: Sendable {
  private var sum = 0.0
  private var correction = 0.0

  /// Makes the sum of nothing.
  package init() {}

  /// Adds a term by Neumaier's compensated summation, doi:10.1002/zamm.19740540106.
  package mutating func add(_ term: Double) {
    let next = sum + term
    correction += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  /// The sum so far.
  package var total: Double { sum + correction }
}

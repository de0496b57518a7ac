import AssayDocument
import AssayNumerics
import AssayTable

/// Randomised p-values of tests that are labelled exact, which follow the uniform law where both
/// sides are alike: a point between the chance of a more extreme statistic and that of one at least
/// as extreme.
struct ExactTests {
  private let comparison: Comparison

  init(_ comparison: Comparison) { self.comparison = comparison }

  /// The randomised p-value of a test by relabelling: with B relabellings and no ties the p-value is
  /// uniform on 1/(B + 1), …, 1.
  static func randomised(_ test: TestResult, _ uniform: Double) -> Double? {
    guard test.method.hasSuffix("relabellings, exact"),
      let count = test.method.split(separator: " ").first.flatMap({ Double($0) })
    else { return nil }
    return test.pValue - uniform / (count + 1)
  }

  /// Randomised p-values of a column drawn at random: the two-sample test of Kolmogorov and
  /// Smirnov, the count of values outside the range of the real ones, and Fisher's test of the share above a
  /// value.
  func randomised(_ random: inout RandomStream) throws -> [(test: String, pValue: Double)] {
    var found: [(test: String, pValue: Double)] = []
    let features = comparison.schema.featureIndices
    let numbers = features.filter { comparison.real.fits[$0]?.numeric?.varies == true }
    if !numbers.isEmpty {
      let column = numbers[random.below(numbers.count)]
      let first = Self.sorted(comparison.real.training, column)
      let second = Self.sorted(comparison.synthetic, column)
      if !first.isEmpty, !second.isEmpty {
        let test = try KolmogorovSmirnov(sorted: first.span, second.span)
        if let tails = test.exactTails(sorted: first.span, second.span) {
          found.append(
            (
              "Kolmogorov–Smirnov, exact",
              tails.beyond + random.uniform() * (tails.atLeast - tails.beyond)
            ))
        }
        found.append(
          ("count outside the range, beta-binomial", try Self.outside(first, second, &random)))
        found.append(
          ("share above a value, Fisher", try Self.share(first, second, &random)))
      }
    }
    return found
  }

  private static func sorted(_ table: AlignedTable, _ column: Int) -> [Double] {
    table.columns[column].numeric.map { sortedCopy($0.presentValues.span) } ?? []
  }

  /// The count of values outside the range of another sample: beta-binomial(m; 2, n − 1), with equal
  /// values put in order at random.
  private static func outside(
    _ first: [Double], _ second: [Double], _ random: inout RandomStream
  ) throws -> Double {
    let own = first.map { ($0, random.uniform()) }
    let others = second.map { ($0, random.uniform()) }
    guard own.count > 1, let least = own.min(by: <), let largest = own.max(by: <) else { return 1 }
    let count = others.count { $0 < least || $0 > largest }
    let law = BetaBinomial(trials: others.count, a: 2, b: Double(own.count - 1))
    return try law.upperTail(atLeast: count) - random.uniform() * (try law.probability(count))
  }

  /// The count on one side of a value that depends on the pooled rows alone, given the pooled count.
  private static func share(
    _ first: [Double], _ second: [Double], _ random: inout RandomStream
  ) throws -> Double {
    let pooled = (first + second).sorted()
    let cut = pooled[random.below(pooled.count)]
    let (a, b) = (first.count { $0 > cut }, second.count { $0 > cut })
    func tail(_ count: Int) throws -> Double {
      try hypergeometricUpperTail(
        atLeast: count, marked: a + b, unmarked: pooled.count - a - b, drawn: second.count)
    }
    let (atLeast, beyond) = (try tail(b), try tail(b + 1))
    return beyond + random.uniform() * (atLeast - beyond)
  }
}

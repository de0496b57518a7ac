/// What a symmetric table adds up to within and between two samples, for many ways to label rows.
///
/// The sums of all labellings are one matrix product: with T a column of 0 and 1 for each,
/// `within the first = TᵀKT`, and the others follow from the row sums.
struct LabelSums {
  /// The sum over ordered pairs of different rows of the first sample, for each labelling.
  var first: [Double]
  /// The same for the second sample.
  var second: [Double]
  /// The sum over pairs of a row of each sample.
  var between: [Double]

  /// Sums a table for labellings.
  ///
  /// - Parameters:
  ///   - table: The table, *N* × *N*, symmetric, row-major; its diagonal must be 0.
  ///   - labels: 1 for rows of the first sample and 0 otherwise, *N* × *B*, row-major.
  ///   - rows: *N*.
  ///   - labellings: *B*.
  init(table: Span<Double>, labels: Span<Double>, rows: Int, labellings: Int) {
    let product = LinearAlgebra.doublePrecisionProduct(
      table, labels, rows: rows, inner: rows, columns: labellings)
    var total = 0.0
    var rowSums = [Double](repeating: 0, count: rows)
    for row in 0..<rows {
      rowSums[row] = pairwiseSum(table.extracting((row * rows)..<((row + 1) * rows)))
    }
    total = pairwiseSum(rowSums.span)
    var inside = [Double](repeating: 0, count: labellings)
    var touching = inside
    for row in 0..<rows {
      for column in 0..<labellings where labels[row * labellings + column] != 0 {
        inside[column] += product[row * labellings + column]
        touching[column] += rowSums[row]
      }
    }
    first = inside
    between = zip(touching, inside).map { $0 - $1 }
    second = zip(touching, inside).map { total - 2 * $0 + $1 }
  }

  /// The observed labels in column 0 and random ones in the others, *N* × (1 + *B*).
  static func labels(
    first: Int, rows: Int, permutations: Int, stream: inout RandomStream
  ) -> [Double] {
    let columns = permutations + 1
    var labels = [Double](repeating: 0, count: rows * columns)
    for row in 0..<first { labels[row * columns] = 1 }
    for column in stride(from: 1, to: columns, by: 1) {
      var left = first
      for row in 0..<rows where stream.below(rows - row) < left {
        labels[row * columns + column] = 1
        left -= 1
      }
    }
    return labels
  }
}

/// A test whose p-value comes from giving the pooled rows new labels.
public struct RelabellingTest: Sendable, Hashable {
  /// The statistic; large when the samples differ.
  public var statistic: Double
  /// The share of labellings with a statistic at least as large: (1 + b)/(1 + B).
  public var pValue: Double
  /// The number of labellings drawn, B.
  public var permutations: Int
  /// The mean of the statistic over the labellings drawn: what it is for equal laws.
  public var mean: Double
  /// Its standard deviation over them; 0 for a single one.
  public var deviation: Double

  /// Compares the first statistic with the others.
  init(statistics: [Double]) {
    let observed = statistics[0]
    // Sums of the same numbers in another order differ by rounding.
    let size = statistics.reduce(0) { max($0, abs($1)) }
    let reached = statistics.dropFirst().reduce(0) { $1 >= observed - 1e-11 * size ? $0 + 1 : $0 }
    statistic = observed
    permutations = statistics.count - 1
    let drawn = Array(statistics.dropFirst())
    let centre = pairwiseSum(drawn.span) / Double(max(1, drawn.count))
    mean = centre
    let squares = pairwiseSum(over: 0..<drawn.count) {
      (drawn[$0] - centre) * (drawn[$0] - centre)
    }
    deviation = drawn.count > 1 ? (squares / Double(drawn.count - 1)).squareRoot() : 0
    pValue = Double(1 + reached) / Double(statistics.count)
  }
}

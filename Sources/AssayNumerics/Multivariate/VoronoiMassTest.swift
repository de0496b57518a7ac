/// Whether two samples put the same mass into the cells around random rows (PQMass).
///
/// Some pooled rows are set aside at random as centres; every other row is counted at its nearest
/// centre, and the two rows of counts are compared by a χ² test. The centres are never counted:
/// each would be alone in its cell otherwise.
///
/// Source: Lemos, Sharief, Malkin, Perreault-Levasseur & Hezaveh (2025), PQMass: probabilistic
/// assessment of the quality of generative models using probability mass estimation,
/// arXiv:2402.04355.
public struct VoronoiMassTest: Sendable, Hashable {
  /// The test of each round of centres.
  public var rounds: [ChiSquareTest]

  /// One p-value for all rounds: twice their mean, at most 1, valid whatever their dependence.
  public var pValue: Double {
    min(1, 2 * rounds.reduce(0) { $0 + $1.pValue } / Double(rounds.count))
  }

  /// Tests two samples.
  ///
  /// - Parameters:
  ///   - first: The first sample, *n* × `dimensions`, row-major; finite.
  ///   - second: The second sample, *m* × `dimensions`, row-major; finite.
  ///   - dimensions: The number of columns, d; at least 1.
  ///   - cells: The number of centres, K; at least 2. At least ten rows a cell are wanted.
  ///   - rounds: How often centres are drawn; at least 1.
  ///   - stream: The random numbers.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when there are not twice as many rows as
  ///   centres or a sample is used up by them, `.undefined` when all rows fall into one cell,
  ///   `.domain` when a distance is not finite.
  /// - Complexity: O(rounds·*N*·K·d).
  public init(
    _ first: Span<Double>, _ second: Span<Double>, dimensions: Int, cells: Int = 100,
    rounds: Int = 1, stream: inout RandomStream
  ) throws(NumericsError) {
    precondition(cells >= 2 && rounds >= 1, "at least 2 cells and 1 round are expected")
    let pooled = try pooledRows(first, second, dimensions)
    let rows = pooled.count / dimensions
    let n = first.count / dimensions
    guard rows >= 2 * cells else {
      throw NumericsError(.tooFewObservations, "\(cells) cells need more than \(rows) rows")
    }
    let points = pooled.span
    self.rounds = []
    for _ in 0..<rounds {
      var order = Array(0..<rows)
      stream.shuffle(&order)
      let centres = order[..<cells].sorted()
      var isCentre = [Bool](repeating: false, count: rows)
      for centre in centres { isCentre[centre] = true }
      var counts = ([Double](repeating: 0, count: cells), [Double](repeating: 0, count: cells))
      for row in 0..<rows where !isCentre[row] {
        var nearest = -1
        var least = Double.infinity
        for (cell, centre) in centres.enumerated() {
          var square = 0.0
          for column in 0..<dimensions {
            let difference =
              points[row * dimensions + column] - points[centre * dimensions + column]
            square += difference * difference
          }
          if square < least {
            least = square
            nearest = cell
          }
        }
        guard nearest >= 0 else {
          throw NumericsError(.domain, "rows of finite numbers are expected")
        }
        if row < n { counts.0[nearest] += 1 } else { counts.1[nearest] += 1 }
      }
      let (a, b) = counts
      self.rounds.append(try chiSquareTwoSample(a.span, b.span))
    }
  }
}

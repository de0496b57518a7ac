import AssayNumerics
import Foundation

/// Synthetic rows with their columns, and then their pairs of columns, brought to those of real rows.
struct RankRepair {
  /// The synthetic rows with every column replaced, rank for rank, by that of the real rows.
  let marginal: EncodedTable
  /// Those rows with their rank correlations brought to those of the real rows.
  let pairwise: EncodedTable

  /// - Parameters:
  ///   - synthetic: The rows to repair.
  ///   - real: As many real rows, which give columns and correlations.
  ///   - seed: Breaks ties.
  ///
  /// Source: Iman & Conover (1982), doi:10.1080/03610918208812265.
  init(_ synthetic: EncodedTable, real: EncodedTable, seed: UInt64) {
    let count = synthetic.count
    let width = synthetic.width
    let names = synthetic.encoding.columns.map(\.name)
    let sorted = (0..<width).map { real.column($0).sorted(by: Self.precedes) }
    let own = (0..<width).map {
      Self.ranks(synthetic.column($0), seed: seed, "synthetic", names[$0])
    }
    marginal = synthetic.replacing(
      (0..<width).map { column in own[column].map { sorted[column][$0] } })
    let theirs = (0..<width).map { Self.ranks(real.column($0), seed: seed, "real", names[$0]) }
    let scores = (0..<count).map { Self.score($0, of: count) }
    let from = Self.factor(Self.correlations(own, scores))
    let to = Self.factor(Self.correlations(theirs, scores))
    var moved = [[Double]](repeating: [Double](repeating: 0, count: count), count: width)
    for row in 0..<count {
      // Solve L_from·u = z, then z′ = L_to·u: u has no correlations, z′ has those wanted.
      var plain = [Double](repeating: 0, count: width)
      for column in 0..<width {
        var sum = scores[own[column][row]]
        for k in 0..<column { sum -= from[column * width + k] * plain[k] }
        plain[column] = sum / from[column * width + column]
      }
      for column in 0..<width {
        var sum = 0.0
        for k in 0...column { sum += to[column * width + k] * plain[k] }
        moved[column][row] = sum
      }
    }
    pairwise = synthetic.replacing(
      (0..<width).map { column in
        let order = (0..<count).sorted {
          (moved[column][$0], $0) < (moved[column][$1], $1)
        }
        var out = [Float](repeating: 0, count: count)
        for (rank, row) in order.enumerated() { out[row] = sorted[column][rank] }
        return out
      })
  }

  /// Ascending, missing values last.
  private static func precedes(_ left: Float, _ right: Float) -> Bool {
    if left.isNaN { return false }
    return right.isNaN || left < right
  }

  /// The rank of each value from 0, ties in random order.
  private static func ranks(_ values: [Float], seed: UInt64, _ side: String, _ name: String)
    -> [Int]
  {
    var stream = RandomStream(seed: seed, name: "ties", side, name)
    var chance = Array(0..<values.count)
    stream.shuffle(&chance)
    let order = values.indices.sorted { left, right in
      if precedes(values[left], values[right]) { return true }
      if precedes(values[right], values[left]) { return false }
      return chance[left] < chance[right]
    }
    var ranks = [Int](repeating: 0, count: values.count)
    for (rank, row) in order.enumerated() { ranks[row] = rank }
    return ranks
  }

  /// The standard normal number of a rank.
  private static func score(_ rank: Int, of count: Int) -> Double {
    // The probability is inside 0...1.
    (try? normalQuantile((Double(rank) + 0.5) / Double(count))) ?? 0
  }

  /// Correlations of the scores of ranks; a thousandth is taken off, so that they have a factor.
  private static func correlations(_ ranks: [[Int]], _ scores: [Double]) -> [Double] {
    let width = ranks.count
    let norm = max(pairwiseSum(over: 0..<scores.count) { scores[$0] * scores[$0] }, 1e-300)
    var out = [Double](repeating: 1, count: width * width)
    for first in 0..<width {
      for second in 0..<first {
        let (a, b) = (ranks[first], ranks[second])
        let sum = pairwiseSum(over: 0..<scores.count) { scores[a[$0]] * scores[b[$0]] }
        out[first * width + second] = 0.999 * sum / norm
        out[second * width + first] = out[first * width + second]
      }
    }
    return out
  }

  /// The lower Cholesky factor, row-major.
  private static func factor(_ matrix: [Double]) -> [Double] {
    let width = Int(Double(matrix.count).squareRoot().rounded())
    var out = [Double](repeating: 0, count: matrix.count)
    for row in 0..<width {
      for column in 0...row {
        var sum = matrix[row * width + column]
        for k in 0..<column { sum -= out[row * width + k] * out[column * width + k] }
        out[row * width + column] =
          row == column ? max(sum, 1e-6).squareRoot() : sum / out[column * width + column]
      }
    }
    return out
  }
}

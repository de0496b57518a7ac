import AssayNumerics
import AssayTable
import Foundation

/// Scores of rows of numbers, by Euclidean distance; the files are NumPy arrays.
extension Run {
  private func points(_ path: String) throws -> EuclideanPoints {
    let table = try EmbeddingReader().read(path: path)
    return try EuclideanPoints(table.values, dimensions: table.dimensions)
  }

  /// Precision, recall, density and coverage.
  func manifold() throws -> Outcome {
    let (real, synthetic) = (try points(real), try points(synthetic))
    return try timedByProcessor {
      let found = try ManifoldComparison(
        real: NeighbourManifold(real, neighbours: 5, threads: threads),
        synthetic: NeighbourManifold(synthetic, neighbours: 5, threads: threads),
        threads: threads)
      return [found.precision, found.recall, found.density, found.coverage]
    }
  }

  /// The five nearest rows of the base for every query, with the rate of the matrix product alone.
  func pointNeighbours() throws -> Outcome {
    let (base, queries) = (try points(real), try points(synthetic))
    var copies = 0
    var outcome = try timedByProcessor {
      let found = try nearest(
        queries: queries, base: base, neighbours: 5, threads: threads)
      let first = found.squaredRadii(rank: 1)
      copies = first.count { $0 == 0 }
      return [Double(base.count), Double(queries.count)]
    }
    let size = 2_048
    let side = (0..<size * size).map { Float($0 % 17) }
    let product = timedByProcessor {
      let found = LinearAlgebra.singlePrecisionProduct(
        side.span, side.span, rows: size, inner: size, columns: size)
      return [Double(found[0])]
    }
    let rate = 2 * pow(Double(size), 3) / product.seconds
    let own =
      2 * Double(base.count) * Double(queries.count) * Double(base.dimensions)
      / outcome.seconds
    outcome.note =
      "\(copies) copies at 0, \(Int((own / 1e9).rounded())) of \(Int((rate / 1e9).rounded())) Gflop/s"
    return outcome
  }

  /// Two halves, trees grown on each and tried on the other: the two-sample test without the rest.
  func classifier() throws -> Outcome {
    let comparison = try comparison()
    let limit = 50_000
    let count = min(limit, comparison.real.training.rowCount, comparison.synthetic.rowCount)
    let columns = comparison.schema.featureIndices
    func half(_ parity: Int) -> (values: [Float], labels: [Float]) {
      var values: [Float] = []
      var labels: [Float] = []
      for (label, table) in [comparison.real.training, comparison.synthetic].enumerated() {
        for row in stride(from: parity, to: count, by: 2) {
          for column in columns {
            switch table.columns[column] {
            case .numeric(let numbers):
              values.append(numbers[row].map { Float($0) } ?? .nan)
            case .nominal(let codes): values.append(codes[row] < 0 ? .nan : Float(codes[row]))
            case .bytes: values.append(.nan)
            }
          }
          labels.append(Float(label))
        }
      }
      return (values, labels)
    }
    let halves = [half(0), half(1)]
    var area = 0.0
    let outcome = try timedByProcessor {
      area = 0
      for (learn, judge) in [(0, 1), (1, 0)] {
        let (learned, judged) = (halves[learn], halves[judge])
        let trees = try BoostedTrees(
          learned.values.span, labels: learned.labels.span, columns: columns.count,
          parameters: .init(rounds: 100, depth: 6))
        let scores = try trees.predictions(judged.values.span)
        area += scores.reduce(0, +) / Double(scores.count) / 2
      }
      return [Double(columns.count), Double(2 * count)]
    }
    return outcome
  }
}

import AssayNumerics
import Foundation

/// Random Fourier features: points whose inner products are those of a Gaussian kernel, nearly.
///
/// ```
/// zⱼ(x) = √(2/D)·cos(wⱼ·x + bⱼ),   wⱼ ~ N(0, I/s²),   bⱼ uniform
/// ```
///
/// with s the median distance between training rows.
///
/// Source: Rahimi & Recht (2007), Random features for large-scale kernel machines, NeurIPS.
struct FourierFeatures {
  private static let features = 64
  private let frequencies: [Double]
  private let phases: [Double]
  private let dimensions: Int

  init(_ base: EmbeddedSamples.Found, seed: UInt64) throws(NumericsError) {
    dimensions = base.training.dimensions
    let some = base.training.prefix(400)
    var distances: [Double] = []
    for row in 0..<some.count {
      for other in 0..<row {
        distances.append(some.squaredDistance(row, to: some, other).squareRoot())
      }
    }
    let sorted = sortedCopy(distances.span)
    let median = try quantile(sorted: sorted.span, probability: 0.5)
    guard median > 0 else {
      throw NumericsError(.undefined, "more than half of the rows are alike")
    }
    var stream = RandomStream(seed: seed, name: "fourier")
    frequencies = (0..<dimensions * Self.features).map { _ in stream.normal() / median }
    phases = (0..<Self.features).map { _ in stream.uniform() * 2 * Double.pi }
  }

  /// The same samples in the space of features.
  func embedded(
    _ base: EmbeddedSamples.Found, _ kind: EmbeddingKind
  ) throws(NumericsError) -> EmbeddedSamples.Found {
    var found = base
    found.name = kind.name
    found.held = []
    found.training = try points(base.training)
    found.synthetic = try points(base.synthetic)
    found.shuffled = try points(base.shuffled)
    if let holdout = base.holdout { found.holdout = try points(holdout) }
    return found
  }

  private func points(_ base: EuclideanPoints) throws(NumericsError) -> EuclideanPoints {
    var values = LinearAlgebra.doublePrecisionProduct(
      base.values.span, frequencies.span, rows: base.count, inner: dimensions,
      columns: Self.features)
    let scale = (2 / Double(Self.features)).squareRoot()
    for place in values.indices {
      values[place] = scale * cos(values[place] + phases[place % Self.features])
    }
    return try EuclideanPoints(values, dimensions: Self.features)
  }
}

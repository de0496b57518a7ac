import Foundation
import Testing

@testable import AssayMetrics

@Suite struct `Scaling of information` {
  private static let shape = PairStatistics.Shape(start: 0, rows: 4, columns: 4)

  @Test func `is by the rows where columns are independent, by their root where they are not`() {
    // Closed forms. Independent: v is 0 but for chance, so differences of halves shrink by the inverse of
    // the sizes, and the root leaves a factor of scale.
    let independent = [Float](repeating: 100, count: 16)
    let scale = 0.5.squareRoot()
    let flat = InformationScaling(independent.span, Self.shape)
    #expect(abs(flat.factor(scale: scale, synthetic: 1_600) - scale) < 1e-9)
    // Each tells the other, and not evenly: d is 0 on the diagonal, so the root is all.
    let diagonal = (0..<16).map { cell -> Float in cell % 5 == 0 ? Float(10 + 40 * cell) : 0 }
    let certain = InformationScaling(diagonal.span, Self.shape)
    #expect(abs(certain.factor(scale: scale, synthetic: 1_000) - 1) < 1e-9)
    // In between: v = Σ p (ln p/(p_a p_b))² − I² of the table below, d = 9.
    let related = (0..<16).map { cell -> Float in cell % 5 == 0 ? 70 : 10 }
    let (high, low, n) = (Double(70), Double(10), 400.0)
    func term(_ count: Double) -> Double { log(count * n / 10_000) }
    let mean = (4 * high * term(high) + 12 * low * term(low)) / n
    let square = (4 * high * term(high) * term(high) + 12 * low * term(low) * term(low)) / n
    let v = square - mean * mean - 9 / n
    let inverse = (1 / n + 1 / 800) / 2
    let expected = ((v + 9 * inverse / 2) / (v + 9 * inverse / (scale * scale) / 2)).squareRoot()
    let found = InformationScaling(related.span, Self.shape).factor(scale: scale, synthetic: 800)
    #expect(abs(found - expected) < 1e-9 && found < 1 && found > scale)
  }

  @Test func `leaves splits of no rows as they are`() {
    let empty = [Float](repeating: 0, count: 16)
    #expect(
      InformationScaling(empty.span, Self.shape).factor(scale: 0.5, synthetic: 10) == 1)
    #expect(
      InformationScaling([Float](repeating: 1, count: 16).span, Self.shape)
        .factor(scale: 0.5, synthetic: 0) == 1)
  }
}

import AssayNumerics
import Foundation
import Testing

@Suite struct `Wasserstein-1 distance` {
  @Test func `moving one value by one costs a share`() throws {
    // Closed form.
    let distance = try wasserstein1(sorted: [0.0, 0, 0, 1].span, [0.0, 0, 0, 3].span)
    #expect(distance == 0.5)
    #expect(try wasserstein1(sorted: [1.0].span, [1.0, 1].span) == 0)
    let far = try wasserstein1(sorted: [-2.0].span, [5.0, 5].span)
    #expect(far == 7)
  }

  @Test func `samples without a distance are errors`() {
    let none: [Double] = []
    #expect(throws: NumericsError.self) { try wasserstein1(sorted: none.span, [1.0].span) }
    let error = #expect(throws: NumericsError.self) {
      try wasserstein1(sorted: [1.0].span, [Double.infinity].span)
    }
    #expect(error?.code == .undefined)
  }

  @Test func `equal sizes give the mean distance of order statistics`() throws {
    // Slow twin: the optimal pairing of two samples of one size is by rank.
    var stream = RandomStream(seed: 31, name: "w1")
    let x = (0..<500).map { _ in stream.normal() }.sorted()
    let y = (0..<500).map { _ in 2 * stream.normal() + 1 }.sorted()
    let pairing = zip(x, y).reduce(0) { $0 + abs($1.0 - $1.1) } / 500
    #expect(abs(try wasserstein1(sorted: x.span, y.span) - pairing) < 1e-12)
  }

  @Test func `shifting both samples changes nothing and scaling scales`() throws {
    let (x, y) = ([1.0, 2, 5, 9], [0.0, 4, 4.5])
    let base = try wasserstein1(sorted: x.span, y.span)
    let (x2, y2) = (x.map { 3 * $0 + 7 }, y.map { 3 * $0 + 7 })
    #expect(abs(try wasserstein1(sorted: x2.span, y2.span) - 3 * base) < 1e-12)
  }

  @Test func `the expectation for one law is met by simulation`() throws {
    // Law: uniform on 0...1, ∫√(F(1−F)) = π/8. The mean over 2,000 runs has an error of 1.2 %.
    let grid = (0..<20_000).map { (Double($0) + 0.5) / 20_000 }
    let expected = try expectedWasserstein1(sorted: grid.span, 300, 200)
    let closed = (2 / Double.pi * (1.0 / 300 + 1.0 / 200)).squareRoot() * Double.pi / 8
    #expect(abs(expected / closed - 1) < 1e-4)
    var stream = RandomStream(seed: 32, name: "w1 null")
    var sum = 0.0
    for _ in 0..<2000 {
      let x = (0..<300).map { _ in stream.uniform() }.sorted()
      let y = (0..<200).map { _ in stream.uniform() }.sorted()
      sum += try wasserstein1(sorted: x.span, y.span)
    }
    #expect(abs(sum / 2000 / expected - 1) < 0.04)
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Wasserstein-1 against the reference` {
  @Test(arguments: Reference.cases("univariate", "wasserstein_1d"))
  func `scipy's distance is met, also on cells`(_ reference: ReferenceCase) throws {
    let (x, y) = (reference.numbers("x").sorted(), reference.numbers("y").sorted())
    reference.expect(try wasserstein1(sorted: x.span, y.span), "W1")
    let values = Set(x + y).sorted()
    let a = values.map { value in Double(x.filter { $0 == value }.count) }
    let b = values.map { value in Double(y.filter { $0 == value }.count) }
    reference.expect(try wasserstein1(values: values.span, first: a.span, second: b.span), "W1")
  }

  @Test(arguments: Reference.cases("univariate", "wasserstein_1d_weighted"))
  func `scipy's weighted distance is met`(_ reference: ReferenceCase) throws {
    let x = Dictionary(
      uniqueKeysWithValues: zip(reference.numbers("x"), reference.numbers("wx")))
    let y = Dictionary(
      uniqueKeysWithValues: zip(reference.numbers("y"), reference.numbers("wy")))
    let values = Set(Array(x.keys) + Array(y.keys)).sorted()
    let (a, b) = (values.map { x[$0] ?? 0 }, values.map { y[$0] ?? 0 })
    reference.expect(try wasserstein1(values: values.span, first: a.span, second: b.span), "W1")
  }
}

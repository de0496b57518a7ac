import AssayNumerics
import Foundation
import Testing

/// Points of a reference case.
func referencePoints(_ rows: [[Double]]) throws -> EuclideanPoints {
  try EuclideanPoints(rows.flatMap { $0 }, dimensions: rows.first?.count ?? 1)
}

/// Normal points.
func normalPoints(
  _ count: Int, _ dimensions: Int, shift: Double = 0, _ stream: inout RandomStream
) throws -> EuclideanPoints {
  try EuclideanPoints(
    (0..<count * dimensions).map { _ in stream.normal() + shift }, dimensions: dimensions)
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Embedding scores of trusted libraries` {
  @Test(arguments: Reference.cases("multivariate", "prdc"))
  func `precision, recall, density and coverage are those of prdc`(_ item: ReferenceCase) throws {
    let k = Int(item.params["k"]?.number ?? 5)
    let real = try NeighbourManifold(referencePoints(item.rows("X")), neighbours: k)
    let synthetic = try NeighbourManifold(referencePoints(item.rows("Y")), neighbours: k)
    let found = try ManifoldComparison(real: real, synthetic: synthetic)
    item.expect(found.precision, "precision")
    item.expect(found.recall, "recall")
    item.expect(found.density, "density")
    item.expect(found.coverage, "coverage")
  }

  @Test(arguments: Reference.cases("multivariate", "coverage_null_expectation"))
  func `coverage of equal laws is the closed form`(_ item: ReferenceCase) throws {
    let (n, m, k) = (item.count("N_real"), item.count("M_syn"), item.count("k"))
    item.expect(
      CoverageExpectation.coverage(real: n, synthetic: m, neighbours: k), "E_coverage")
    let clipped = CoverageExpectation.clippedCoverage(real: n, synthetic: m, neighbours: k)
    #expect(clipped.count == m + 1 && clipped[0] == 0)
    item.expect(clipped[m], "E_unclipped_coverage_f")
  }

  @Test(arguments: Reference.cases("multivariate", "alpha_precision_beta_recall_authenticity"))
  func `radial scores are those of the definitions`(_ item: ReferenceCase) throws {
    let real = try NeighbourManifold(referencePoints(item.rows("X")), neighbours: 1)
    let found = try RadialScores(real: real, synthetic: referencePoints(item.rows("Y")))
    item.expect(found.alphaPrecision, "delta_precision_alpha")
    item.expect(found.betaRecall, "delta_coverage_beta")
    item.expect(found.authenticity, "authenticity")
    for (got, want) in zip(
      found.precisionCurve, item.expected("alpha_precision_curve").numbers)
    {
      item.expect(got, want, "alpha_precision_curve")
    }
    for (got, want) in zip(found.recallCurve, item.expected("beta_recall_curve").numbers) {
      item.expect(got, want, "beta_recall_curve")
    }
  }

  @Test(arguments: Reference.cases("multivariate", "frechet_distance"))
  func `the Fréchet distance is that of scipy and POT`(_ item: ReferenceCase) throws {
    let (x, y) = (try referencePoints(item.rows("X")), try referencePoints(item.rows("Y")))
    let found = try FrechetDistance(PointMoments(x), PointMoments(y))
    item.expect(found.value, "frechet")
    item.expect(found.value, "frechet_via_POT")
    let pooled = try PointMoments(
      EuclideanPoints(x.values + y.values, dimensions: x.dimensions))
    item.expect(
      FrechetFloor.normal(eigenvalues: pooled.eigenvalues, first: x.count, second: y.count),
      "null_bias_second_order")
  }

  @Test(arguments: Reference.cases("multivariate", "mmd_squared"))
  func `the kernel distance is that of scikit-learn's kernel`(_ item: ReferenceCase) throws {
    let found = try KernelDistance(
      referencePoints(item.rows("X")), referencePoints(item.rows("Y")))
    item.expect(found.value, "kid_poly3_unbiased")
  }

  @Test(arguments: Reference.cases("multivariate", "pca_similarity"))
  func `eigenvalues are those of numpy`(_ item: ReferenceCase) throws {
    let moments = try PointMoments(referencePoints(item.rows("X")))
    let total = moments.eigenvalues.reduce(0, +)
    for (got, want) in zip(
      moments.eigenvalues.reversed(), item.expected("explained_ratio_x").numbers)
    {
      item.expect(got / total, want, "explained_ratio_x")
    }
  }
}

@Suite struct `Embedding scores of fresh points` {
  private struct Series {
    var values: [Double] = []
    var floors: [Double] = []
    var spreads: [Double] = []

    mutating func add(_ value: Double, _ floor: Double, _ spread: Double = 0) {
      values.append(value)
      floors.append(floor)
      spreads.append(spread)
    }

    static func mean(_ values: [Double]) -> Double {
      values.reduce(0, +) / Double(values.count)
    }

    /// How many standard errors the mean lies from what is said, less an allowance.
    func distance(allowing share: Double) -> Double {
      let differences = zip(values, floors).map { $0 - $1 }
      let mean = Self.mean(differences)
      let variance = Self.mean(differences.map { ($0 - mean) * ($0 - mean) })
      let error = (variance / Double(values.count)).squareRoot()
      return max(0, abs(mean) - share * abs(Self.mean(floors))) / max(error, 1e-300)
    }

    /// The standard deviation of the values over the one that is said.
    var spreadRatio: Double {
      let mean = Self.mean(values)
      let variance = Self.mean(values.map { ($0 - mean) * ($0 - mean) })
      return variance.squareRoot() / Self.mean(spreads)
    }
  }

  /// Points with skewed coordinates and coordinates of 0 and 1, as embedded rows have them.
  private static func rows(_ count: Int, _ stream: inout RandomStream) throws -> EuclideanPoints {
    var values: [Double] = []
    for _ in 0..<count {
      let shared = stream.normal()
      values += [
        shared, shared + stream.normal(), exp(0.5 * stream.normal()),
        stream.uniform() < 0.2 ? 0.7 : 0, stream.uniform(),
      ]
    }
    return try EuclideanPoints(values, dimensions: 5)
  }

  @Test func `get what is said of them on average`() throws {
    // Simulation: 60 pairs of samples of one law; four standard errors and an allowance of O(1/n).
    var stream = RandomStream(seed: 91, name: "fresh")
    let n = 80
    var series: [String: Series] = [:]
    for _ in 0..<60 {
      let (x, y) = (try Self.rows(n, &stream), try Self.rows(n, &stream))
      let moments = try PointMoments(x)
      let frechet = try FrechetDistance(moments, PointMoments(y), points: (x, y))
      let floor = FrechetFloor(x, moments, first: n, second: n)
      series["frechet", default: Series()].add(frechet.value, floor.value, floor.spread)
      let kernel = try KernelDistance(x, y)
      series["kernel", default: Series()].add(kernel.value, 0, kernel.freshDeviation)
      let real = try NeighbourManifold(x, neighbours: 5)
      let other = try NeighbourManifold(y, neighbours: 5)
      let found = try ManifoldComparison(real: real, synthetic: other)
      let left = try real.leavingOneOut()
      series["precision", default: Series()].add(found.precision, left.precision)
      series["recall", default: Series()].add(found.recall, left.precision)
      series["density", default: Series()].add(found.density, left.density)
      series["coverage", default: Series()].add(
        found.coverage, CoverageExpectation.coverage(real: n, synthetic: n, neighbours: 5))
      let closed = try ManifoldComparison(real: real, synthetic: other, isClosed: true)
      series["closed", default: Series()].add(
        closed.precision, try real.leavingOneOut(isClosed: true).precision)
      let radial = try RadialScores(real: real, synthetic: y)
      let alpha = try radial.expectedAlphaPrecision(real: n, synthetic: n)
      series["alpha", default: Series()].add(
        radial.alphaPrecision, alpha.value, alpha.deviation)
      series["authenticity", default: Series()].add(
        radial.authenticity, RadialScores.expectedAuthenticity(real))
      let clipped = try ClippedManifold(real: real, synthetic: y, comparison: found)
      series["clipped", default: Series()].add(
        clipped.densityRatio, 1, clipped.freshDeviation)
    }
    for (name, own) in series.sorted(by: { $0.key < $1.key }) {
      // The Fréchet floor is of second order: what is left goes with (dimensions/n)².
      #expect(own.distance(allowing: name == "frechet" ? 0.1 : 0.02) < 4, "\(name)")
      if !own.spreads.contains(0) {
        #expect(own.spreadRatio > 0.6 && own.spreadRatio < 1.5, "\(name) \(own.spreadRatio)")
      }
    }
  }

  @Test func `without ties the region of a sample holds its own points k times`() throws {
    // Closed form: each of n balls holds k others.
    var stream = RandomStream(seed: 92, name: "density")
    let real = try NeighbourManifold(normalPoints(50, 3, &stream), neighbours: 4)
    #expect(abs(try real.leavingOneOut().density - 1) < 1e-12)
    #expect(real.tiedShare == 0)
    let tied = try NeighbourManifold(
      EuclideanPoints((0..<50).map { Double($0 % 2) }, dimensions: 1), neighbours: 4)
    #expect(tied.tiedShare == 1)
  }

  @Test func `copies, a narrow half and far points are told apart`() throws {
    // Planted truth.
    var stream = RandomStream(seed: 93, name: "planted")
    let x = try normalPoints(150, 4, &stream)
    let real = try NeighbourManifold(x, neighbours: 5)
    func scores(_ y: EuclideanPoints) throws -> (
      ManifoldComparison, RadialScores, ClippedManifold
    ) {
      let found = try ManifoldComparison(
        real: real, synthetic: NeighbourManifold(y, neighbours: 5))
      return (
        found, try RadialScores(real: real, synthetic: y),
        try ClippedManifold(real: real, synthetic: y, comparison: found)
      )
    }
    let copy = try scores(x)
    #expect(copy.0.precision == 1 && copy.0.coverage == 1)
    #expect(copy.1.authenticity == 0)
    #expect(copy.2.density == 1 && copy.2.coverage == 1)
    // Rows with a first coordinate above 0 only: good points, half of the region lacking.
    let half = try scores(
      EuclideanPoints(
        try normalPoints(150, 4, &stream).values.enumerated().map {
          $0.offset % 4 == 0 ? abs($0.element) : $0.element
        }, dimensions: 4))
    #expect(half.0.precision > 0.8)
    #expect(half.2.coverage < 0.8 && half.2.density > 0.8)
    let far = try scores(try normalPoints(150, 4, shift: 4, &stream))
    #expect(far.0.precision < 0.1 && far.0.coverage < 0.1)
    #expect(far.1.alphaPrecision < 0.5 && far.2.density < 0.1 && far.2.coverage < 0.1)
    // Half good points, half far ones: clipped scores say a half.
    let mixed = try scores(
      EuclideanPoints(
        Array(try normalPoints(75, 4, &stream).values)
          + (try normalPoints(75, 4, shift: 9, &stream).values), dimensions: 4))
    #expect(abs(mixed.2.density - 0.5) < 0.12 && abs(mixed.2.coverage - 0.5) < 0.12)
  }

  @Test func `a shift is found by the distances, and singular covariances do no harm`() throws {
    var stream = RandomStream(seed: 94, name: "shift")
    let x = try normalPoints(60, 3, &stream)
    let moved = try EuclideanPoints(x.values.map { $0 + 2 }, dimensions: 3)
    // Closed form: equal covariances, means 2 apart in three coordinates.
    let found = try FrechetDistance(PointMoments(x), PointMoments(moved), points: (x, moved))
    #expect(abs(found.value - 12) < 1e-9 && abs(found.means - 12) < 1e-9)
    #expect(found.deviation > 0.1)
    // A constant coordinate and a copy of another: rank 2 of 4.
    func flat(_ points: EuclideanPoints) throws -> EuclideanPoints {
      try EuclideanPoints(
        (0..<points.count).flatMap { row -> [Double] in
          let a = points.values[row * 3]
          return [a, points.values[row * 3 + 1], a, 5]
        }, dimensions: 4)
    }
    let (a, b) = (try flat(x), try flat(moved))
    let flatMoments = try PointMoments(a)
    let singular = try FrechetDistance(flatMoments, PointMoments(b), points: (a, b))
    #expect(abs(singular.value - 12) < 1e-6 && singular.deviation.isFinite)
    #expect(try FrechetDistance(flatMoments, flatMoments).value < 1e-9)
    let floor = FrechetFloor(a, flatMoments, first: 60, second: 60)
    #expect(floor.value > 0 && floor.spread > 0)
    let kernel = try KernelDistance(x, moved)
    #expect(kernel.value > 4 * kernel.freshDeviation && kernel.deviation > 0)
    #expect(try KernelDistance(x, moved, threads: 2) == kernel)
  }

  @Test func `the bias of the Fréchet distance is extrapolated away`() throws {
    // Closed form: two normal laws with means 1 apart in one coordinate have distance 1.
    var stream = RandomStream(seed: 95, name: "bias")
    let x = try normalPoints(900, 6, &stream)
    var values = try normalPoints(900, 6, &stream).values
    for place in stride(from: 0, to: values.count, by: 6) { values[place] += 1 }
    let y = try EuclideanPoints(values, dimensions: 6)
    let found = try FrechetExtrapolation(x, y, stream: &stream, threads: 2)
    let plain = try FrechetDistance(PointMoments(x), PointMoments(y), points: (x, y))
    #expect(found.sizes.first == 180 && found.sizes.last == 900)
    #expect(abs(found.value - 1) < 4 * plain.deviation)
    #expect(found.distances[0] > found.value)
  }

  @Test func `projections keep the variance that they say`() throws {
    var stream = RandomStream(seed: 96, name: "project")
    var values = try normalPoints(200, 4, &stream).values
    for place in values.indices { values[place] *= [3, 1, 0.1, 0.01][place % 4] }
    let points = try EuclideanPoints(values, dimensions: 4)
    let moments = try PointMoments(points)
    #expect(moments.components(holding: 0.95) == 2)
    let along = try PointMoments(
      EuclideanPoints(moments.projected(points, onto: 2), dimensions: 2))
    #expect(abs(along.eigenvalues[1] - moments.eigenvalues[3]) < 1e-9)
    #expect(abs(along.covariance[1]) < 1e-9)
  }
}

import AssayNumerics
import Foundation
import Testing

/// Two samples of normal rows; the second is moved along the first column.
func normalRows(
  _ n: Int, _ m: Int, _ dimensions: Int, shift: Double, _ stream: inout RandomStream
) -> (first: [Double], second: [Double]) {
  let first = (0..<(n * dimensions)).map { _ in stream.normal() }
  let second = (0..<(m * dimensions)).map { index in
    stream.normal() + (index % dimensions == 0 ? shift : 0)
  }
  return (first, second)
}

@Suite struct `Distances of rows` {
  @Test func `an empty sample or an infinite row is an error`() throws {
    let none: [Double] = []
    let one = #expect(throws: NumericsError.self) {
      _ = try PooledDistances(none.span, [1.0, 2].span, dimensions: 2)
    }
    #expect(one?.code == .tooFewObservations)
    let far = [Double.infinity, 0]
    for metric in [PooledDistances.Metric.euclidean, .manhattan] {
      #expect(throws: NumericsError.self) {
        _ = try PooledDistances(far.span, [1.0, 2].span, dimensions: 2, metric: metric)
      }
    }
    #expect(throws: NumericsError.self) {
      _ = try LabelledGraph.spanningTree([Double.nan].span, [1.0].span, dimensions: 1)
    }
  }

  @Test func `the sums of relabelled rows are those of the relabelled table`() throws {
    // Slow twin: the share of labellings of eight rows in two fours whose energy is at least as
    // large, from all 70 of them.
    var stream = RandomStream(seed: 61, name: "energy")
    let (x, y) = normalRows(4, 4, 2, shift: 1.5, &stream)
    let distances = try PooledDistances(x.span, y.span, dimensions: 2)
    let pooled = x + y
    func energy(_ chosen: [Int]) throws -> Double {
      var (a, b): ([Double], [Double]) = ([], [])
      for row in 0..<8 {
        let values = pooled[(2 * row)..<(2 * row + 2)]
        if chosen.contains(row) { a += values } else { b += values }
      }
      return EnergyStatistic(try PooledDistances(a.span, b.span, dimensions: 2)).distance
    }
    let observed = try energy([0, 1, 2, 3])
    var reached = 0
    for mask in 0..<256 where mask.nonzeroBitCount == 4 {
      let chosen = (0..<8).filter { mask >> $0 & 1 == 1 }
      if try energy(chosen) >= observed - 1e-12 { reached += 1 }
    }
    let exact = Double(reached) / 70
    let test = EnergyStatistic.test(distances, permutations: 2999, stream: &stream)
    #expect(abs(test.statistic - observed) < 1e-12)
    #expect(abs(test.pValue - exact) < 4 * (exact * (1 - exact) / 3000).squareRoot() + 0.001)
  }

  @Test func `a shift is found by every test and equal laws by none`() throws {
    // Planted truth; the levels are checked where the tests are used.
    var stream = RandomStream(seed: 62, name: "shift")
    for shift in [0.0, 1.5] {
      let (x, y) = normalRows(60, 50, 3, shift: shift, &stream)
      let euclidean = try PooledDistances(x.span, y.span, dimensions: 3)
      let manhattan = try PooledDistances(x.span, y.span, dimensions: 3, metric: .manhattan)
      let pairs = euclidean.sortedPairs()
      let kernel = Kernel.gaussian(bandwidth: try quantile(sorted: pairs.span, probability: 0.5))
      let tree = try LabelledGraph.spanningTree(x.span, y.span, dimensions: 3).graph
      let neighbours = try LabelledGraph(nearestNeighbours: 5, in: euclidean)
      let values = [
        EnergyStatistic.test(euclidean, permutations: 199, stream: &stream).pValue,
        try FusedDiscrepancy.test(
          euclidean: euclidean, manhattan: manhattan, permutations: 199, stream: &stream
        ).pValue,
        try CrossDiscrepancy(x.span, y.span, dimensions: 3, kernel: kernel).pValue,
        tree.pValue, neighbours.pValue,
        tree.permutationPValue(permutations: 199, stream: &stream),
        try VoronoiMassTest(
          x.span, y.span, dimensions: 3, cells: 8, rounds: 3, stream: &stream
        ).pValue,
      ]
      for (index, p) in values.enumerated() {
        #expect(shift > 0 ? p < 0.05 : p > 0.02, "\(index) at \(shift): \(p)")
      }
    }
  }

  @Test func `exact moments of crossings are those of all labellings`() throws {
    // Slow twin: all 126 labellings of nine rows.
    var stream = RandomStream(seed: 63, name: "graph")
    let (x, y) = normalRows(4, 5, 2, shift: 0, &stream)
    let distances = try PooledDistances(x.span, y.span, dimensions: 2)
    let graphs = [
      try LabelledGraph(nearestNeighbours: 1, in: distances),
      try LabelledGraph(nearestNeighbours: 3, in: distances),
      try LabelledGraph.spanningTree(x.span, y.span, dimensions: 2).graph,
    ]
    for graph in graphs {
      var counts: [Double] = []
      for mask in 0..<512 where mask.nonzeroBitCount == 4 {
        let crossings = graph.edges.filter { mask >> Int($0[0]) & 1 != mask >> Int($0[1]) & 1 }
        counts.append(Double(crossings.count))
      }
      let mean = counts.reduce(0, +) / 126
      let spread = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 126
      #expect(abs(graph.expectedCrossings - mean) < 1e-11)
      #expect(abs(graph.variance - spread) < 1e-10)
    }
  }

  @Test func `the fused statistic of one kernel is its scaled discrepancy`() throws {
    // Closed form.
    var stream = RandomStream(seed: 64, name: "fuse")
    let (x, y) = normalRows(12, 9, 2, shift: 0.5, &stream)
    let euclidean = try PooledDistances(x.span, y.span, dimensions: 2)
    let manhattan = try PooledDistances(x.span, y.span, dimensions: 2, metric: .manhattan)
    let kernel = Kernel.laplace(bandwidth: 1.3)
    let single = try MaximumMeanDiscrepancy(manhattan, kernel: kernel)
    var squares = 0.0
    for row in 0..<21 {
      for other in 0..<21 where other != row {
        let value = kernel.value(at: manhattan.values[row * 21 + other])
        squares += value * value
      }
    }
    let fused = try FusedDiscrepancy.test(
      euclidean: euclidean, manhattan: manhattan, kernels: [kernel, kernel], permutations: 9,
      stream: &stream)
    #expect(abs(fused.statistic - single.unbiased / (squares / 420).squareRoot()) < 1e-12)
    #expect(try FusedDiscrepancy.kernels(euclidean: euclidean, manhattan: manhattan).count == 10)
    let same = [1.0, 1, 1, 1]
    let flat = try PooledDistances(same.span, same.span, dimensions: 1)
    #expect(throws: NumericsError.self) {
      try FusedDiscrepancy.test(euclidean: flat, manhattan: flat, stream: &stream)
    }
    #expect(throws: NumericsError.self) {
      _ = try MaximumMeanDiscrepancy(euclidean, kernel: .gaussian(bandwidth: 0))
    }
    #expect(throws: NumericsError.self) {
      _ = try CrossDiscrepancy(same.span, same.span, dimensions: 1, kernel: kernel)
    }
  }

  @Test func `random directions are on the sphere and do not favour an axis`() {
    var stream = RandomStream(seed: 65, name: "directions")
    let directions = SlicedWasserstein.directions(500, dimensions: 3, stream: &stream)
    var sums = [0.0, 0, 0]
    for row in 0..<500 {
      let direction = directions[(3 * row)..<(3 * row + 3)]
      #expect(abs(direction.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
      for (axis, value) in direction.enumerated() { sums[axis] += value * value / 500 }
    }
    // Law: the mean square along each axis is ⅓.
    #expect(sums.allSatisfy { abs($0 - 1.0 / 3) < 0.06 })
  }

  @Test func `cells need rows of their own`() {
    var stream = RandomStream(seed: 66, name: "cells")
    let x = (0..<6).map(Double.init)
    #expect(throws: NumericsError.self) {
      _ = try VoronoiMassTest(x.span, x.span, dimensions: 1, cells: 8, stream: &stream)
    }
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Distances of rows against the reference` {
  /// Calls a body with both samples and the number of columns.
  private func samples(_ reference: ReferenceCase) -> (x: [Double], y: [Double], d: Int) {
    let (x, y) = (reference.rows("X"), reference.rows("Y"))
    return (x.flatMap { $0 }, y.flatMap { $0 }, x[0].count)
  }

  @Test(arguments: Reference.cases("multivariate", "mmd_squared"))
  func `scikit-learn's kernels give the same discrepancies`(_ reference: ReferenceCase) throws {
    let (x, y, d) = samples(reference)
    let euclidean = try PooledDistances(x.span, y.span, dimensions: d)
    let manhattan = try PooledDistances(x.span, y.span, dimensions: d, metric: .manhattan)
    let pairs = euclidean.sortedPairs()
    let median = try quantile(sorted: pairs.span, probability: 0.5)
    reference.expect(median, "median_euclid_pooled_pairs")
    let gaussian = try MaximumMeanDiscrepancy(euclidean, kernel: .gaussian(bandwidth: median))
    reference.expect(gaussian.biased, max(0, reference.expected("rbf_biased").number), "biased")
    reference.expect(gaussian.unbiased, "rbf_unbiased")
    let laplace = try MaximumMeanDiscrepancy(manhattan, kernel: .laplace(bandwidth: median))
    reference.expect(
      laplace.biased, max(0, reference.expected("laplace_l1_biased").number), "laplace")
    reference.expect(laplace.unbiased, "laplace_l1_unbiased")
    var sum = (0.0, 0.0)
    for factor in [0.5, 1, 2] {
      let part = try MaximumMeanDiscrepancy(
        euclidean, kernel: .gaussian(bandwidth: factor * median))
      sum = (sum.0 + part.biased, sum.1 + part.unbiased)
    }
    reference.expect(sum.0, "rbf_sum_of_0.5_1_2_biased")
    reference.expect(sum.1, "rbf_sum_of_0.5_1_2_unbiased")
  }

  @Test(arguments: Reference.cases("multivariate", "energy_distance_multivariate"))
  func `dcor's energy distance is met`(_ reference: ReferenceCase) throws {
    let (x, y, d) = samples(reference)
    let energy = EnergyStatistic(try PooledDistances(x.span, y.span, dimensions: d))
    reference.expect(energy.distance, "energy_distance_V")
    reference.expect(energy.unbiased, "U_statistic")
    reference.expect(energy.coefficient, "energy_coefficient_H")
  }

  @Test(arguments: Reference.cases("multivariate", "sliced_wasserstein"))
  func `sliced distances along given directions are met`(_ reference: ReferenceCase) throws {
    let (x, y, d) = samples(reference)
    let columns = reference.rows("projections_d_by_8")
    let directions = (0..<8).flatMap { direction in columns.map { $0[direction] } }
    let sliced = try SlicedWasserstein(
      x.span, y.span, dimensions: d, directions: directions.span)
    reference.expect(sliced.first, "SW1")
    reference.expect(sliced.second, "SW2")
    reference.expect(sliced.largest.distance, "maxSW2")
  }

  @Test(arguments: Reference.cases("multivariate", "nearest_neighbour_two_sample"))
  func `shares of neighbours of one's own kind are met`(_ reference: ReferenceCase) throws {
    let (x, y, d) = samples(reference)
    let k = Int(reference.params["k"]?.number ?? 0)
    let distances = try PooledDistances(x.span, y.span, dimensions: d)
    let graph = try LabelledGraph(nearestNeighbours: k, in: distances)
    reference.expect(graph.sameShare, "share_same_label")
    reference.expect(graph.expectedSameShare, "expected_under_null")
  }

  @Test(arguments: Reference.cases("multivariate", "friedman_rafsky_mst"))
  func `Friedman and Rafsky's test is met`(_ reference: ReferenceCase) throws {
    let (x, y, d) = samples(reference)
    let (graph, length) = try LabelledGraph.spanningTree(x.span, y.span, dimensions: d)
    reference.expect(Double(graph.crossingEdges), "cut_edges")
    reference.expect(graph.expectedCrossings, "mean_cut")
    reference.expect(graph.variance, "var_cut")
    reference.expect(graph.z, "z")
    reference.expect(length, "total_mst_length")
  }
}

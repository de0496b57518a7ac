package import AssayDocument
import AssayNumerics
package import AssayTable

/// The rows of all sides on the plane of the two principal components that hold the most variance of
/// the training rows, in cells.
///
/// The plane, its edges and the number of cells follow from real rows alone. It shows what two
/// directions of many hold; sides that look alike in it may differ in every other.
///
/// - Complexity: that of ``EmbeddedSamples`` and O(rows · columns).
///
/// Source: Pearson (1901), On lines and planes of closest fit to systems of points in space.
package struct PlaneRows: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  /// Cells along an axis, the finest first.
  static let finenesses = [32, 28, 24, 20, 16, 12, 10, 8, 6]
  /// The share of the rows of a real side that must lie in published cells.
  static let shown = 0.8
  /// The share of training rows beyond each edge before it is moved outward.
  static let beyond = 0.005
  /// Columns that are named for an axis, at most, and the least they must explain of it.
  static let named = (count: 3, least: 0.15)

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> PlaneProjection? {
    guard let samples = try await workspace.value(of: EmbeddedSamples(kind: .tabular)),
      samples.training.dimensions >= 2
    else { return nil }
    let training = Self.coordinates(samples.training)
    guard let x = try Self.edges(training.x), let y = try Self.edges(training.y) else { return nil }
    let k = workspace.plan.k
    let holdout = samples.holdout.map(Self.coordinates)
    guard
      let fineness = Self.finenesses.first(where: { fineness in
        [training, holdout].compactMap(\.self).allSatisfy { side in
          let cells = PlaneCells(x: x, y: y, fineness: fineness)
          return cells.published(side.x, side.y, k: k) >= Self.shown
        }
      })
    else { return nil }
    let cells = PlaneCells(x: x, y: y, fineness: fineness)
    func side(_ role: TableRole, _ points: (x: [Double], y: [Double])) -> PlaneProjection.Side {
      cells.side(role, points.x, points.y, k: k)
    }
    let named = try await names(frame, workspace, [training.x, training.y])
    func axis(_ edges: (lower: Double, upper: Double), _ place: Int) -> PlaneProjection.Axis {
      PlaneProjection.Axis(
        lower: edges.lower, upper: edges.upper,
        held: Published.rounded(samples.held[place]), columns: named[place])
    }
    return PlaneProjection(
      embedding: samples.name, horizontal: axis(x, 0), vertical: axis(y, 1),
      cellsPerAxis: fineness, smallest: k,
      sides: [side(.training, training)] + (holdout.map { [side(.holdout, $0)] } ?? [])
        + [side(.synthetic, Self.coordinates(samples.synthetic))])
  }

  private static func coordinates(_ points: EuclideanPoints) -> (x: [Double], y: [Double]) {
    let d = points.dimensions
    return (
      (0..<points.count).map { points.values[$0 * d] },
      (0..<points.count).map { points.values[$0 * d + 1] }
    )
  }

  /// Edges beyond nearly all training rows, moved outward to three digits: no extreme row is told.
  private static func edges(
    _ values: [Double]
  ) throws(MetricError) -> (lower: Double, upper: Double)? {
    let sorted = sortedCopy(values.span)
    do throws(NumericsError) {
      let low = try quantile(sorted: sorted.span, probability: beyond)
      let high = try quantile(sorted: sorted.span, probability: 1 - beyond)
      let margin = (high - low) * 0.08
      guard margin > 1e-9 else { return nil }
      return (Published.round(low - margin, .down), Published.round(high + margin, .up))
    } catch {
      throw MetricError(error)
    }
  }

  /// The columns that each axis follows most, by the squared correlation ratio over the cells of pairs.
  private func names(
    _ frame: ReferenceFrame, _ workspace: Workspace<ReferenceFrame>, _ axes: [[Double]]
  ) async throws(MetricError) -> [[PlaneProjection.Column]] {
    let rows = try await workspace.value(
      of: EncodedRows(role: .training, limit: workspace.plan.classifierRows))
    let codes = try await workspace.value(of: PairCodes(source: .role(.training)))
    let order = try await workspace.value(of: Shards(role: .training)).order
    var places = [Int32](repeating: 0, count: order.count)
    for (place, row) in order.enumerated() { places[Int(row)] = Int32(place) }
    let columns = PairPlan.columns(frame)
    return axes.map { axis in
      let shares = columns.indices.map { index in
        Self.ratio(axis, rows.places.map { codes.codes[index][Int(places[$0])] })
      }
      let ranked = columns.indices.sorted { (shares[$0], $1) > (shares[$1], $0) }
      return ranked.prefix(Self.named.count).filter { shares[$0] >= Self.named.least }.map {
        PlaneProjection.Column(
          name: frame.schema.columns[columns[$0]].name, share: (shares[$0] * 100).rounded() / 100)
      }
    }
  }

  /// η²: the share of the variance of `values` between groups.
  static func ratio(_ values: [Double], _ groups: [UInt8]) -> Double {
    guard values.count > 1, values.count == groups.count else { return 0 }
    let mean = pairwiseSum(values.span) / Double(values.count)
    var sums = [Double](repeating: 0, count: 256)
    var counts = [Double](repeating: 0, count: 256)
    var total = 0.0
    for (value, group) in zip(values, groups) {
      sums[Int(group)] += value - mean
      counts[Int(group)] += 1
      total += (value - mean) * (value - mean)
    }
    guard total > 0 else { return 0 }
    var between = 0.0
    for group in sums.indices where counts[group] > 0 {
      between += sums[group] * sums[group] / counts[group]
    }
    return min(1, between / total)
  }
}

/// A grid of square numbers of cells over a plane, and what of its counts may be published.
struct PlaneCells {
  var x: (lower: Double, upper: Double)
  var y: (lower: Double, upper: Double)
  var fineness: Int

  /// The rows in each cell, and last those beyond the edges.
  func counts(_ xs: [Double], _ ys: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: fineness * fineness + 1)
    for (x, y) in zip(xs, ys) {
      guard let column = cell(x, self.x), let row = cell(y, self.y) else {
        counts[fineness * fineness] += 1
        continue
      }
      counts[row * fineness + column] += 1
    }
    return counts
  }

  private func cell(_ value: Double, _ edges: (lower: Double, upper: Double)) -> Int? {
    let place = (value - edges.lower) / (edges.upper - edges.lower) * Double(fineness)
    return place >= 0 && place < Double(fineness) ? Int(place) : nil
  }

  /// The share of the rows that lie in cells with at least k of them.
  func published(_ xs: [Double], _ ys: [Double], k: Int) -> Double {
    let counts = counts(xs, ys)
    let shown = CountSuppression(counts: counts, k: k)
    let held = counts.indices.dropLast().filter { shown.isPublished[$0] }.reduce(0) {
      $0 + counts[$1]
    }
    return Double(held) / Double(max(1, xs.count))
  }

  func side(_ role: TableRole, _ xs: [Double], _ ys: [Double], k: Int) -> PlaneProjection.Side {
    let counts = counts(xs, ys)
    let shown = CountSuppression(counts: counts, k: k)
    func share(_ count: Int) -> Double { CellLabels.share(Double(count) / Double(xs.count)) }
    let cells = counts.indices.dropLast().filter { shown.isPublished[$0] }
    return PlaneProjection.Side(
      role: role, rows: xs.count, cells: Array(cells), shares: cells.map { share(counts[$0]) },
      outside: shown.isPublished.last == true ? share(counts.last ?? 0) : nil)
  }
}

import AssayNumerics

/// The leaves where rows end in boosted trees, as points: a leaf a coordinate, 0 or √(1/(2·trees)).
///
/// The squared distance of two rows is the share of the trees that part them. The trees are grown to
/// tell real rows from rows whose columns are drawn each on its own from the same values, so that what
/// they split by is how columns go together. The draws are with replacement: were the columns only put in
/// another order, every single column would be exactly alike on both sides, and no first split would gain
/// anything.
///
/// Trees know the rows that they were grown on better than others. So they are grown on one half of the
/// training rows, and only the other half is compared: nothing else would leave a fresh real sample
/// where the training rows are.
///
/// Source: Breiman (2001), Random forests, doi:10.1023/A:1010933404324 (proximities); Shi & Horvath
/// (2006), Unsupervised learning with random forest predictors, doi:10.1198/106186006X94072.
struct LeafFeatures {
  private static let parameters = BoostedTrees.Parameters(
    rounds: 24, depth: 4, learningRate: 0.3, minimumLeafWeight: 5)
  /// Rows on which the trees are grown, at most.
  private static let rowLimit = 10_000

  private let model: BoostedTrees
  /// The coordinate of each node of each tree.
  private let coordinates: [[Int32: Int]]
  let dimensions: Int

  /// Grows the trees; `nil` where they find nothing to split by.
  init?(_ rows: EncodedTable, seed: UInt64) throws(NumericsError) {
    let real = rows.prefix(Self.rowLimit)
    guard real.width > 0, real.count > 0 else { return nil }
    let drawn = real.replacing(
      (0..<real.width).map { column in
        var stream = RandomStream(
          seed: seed, name: "leaves", real.encoding.columns[column].name)
        let own = real.column(column)
        return own.map { _ in own[stream.below(own.count)] }
      })
    let values = real.values + drawn.values
    let labels =
      [Float](repeating: 1, count: real.count) + [Float](repeating: 0, count: real.count)
    model = try BoostedTrees(
      values.span, labels: labels.span, columns: real.width, parameters: Self.parameters)
    let ends = try model.leaves(values.span)
    let trees = ends.count / labels.count
    var coordinates: [[Int32: Int]] = []
    var next = 0
    for tree in 0..<trees {
      let nodes = Set(stride(from: tree, to: ends.count, by: trees).map { ends[$0] }).sorted()
      // A tree without a split parts nothing.
      guard nodes.count > 1 else {
        coordinates.append([:])
        continue
      }
      coordinates.append(
        Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, next + $0) }))
      next += nodes.count
    }
    guard next > 0 else { return nil }
    self.coordinates = coordinates
    dimensions = next
  }

  /// The points of rows, row-major.
  func points(_ rows: EncodedTable) throws(NumericsError) -> [Double] {
    let values = rows.values
    let ends = try model.leaves(values.span)
    let trees = coordinates.count
    let side = (1 / (2 * Double(trees))).squareRoot()
    var out = [Double](repeating: 0, count: rows.count * dimensions)
    for row in 0..<rows.count {
      for tree in 0..<trees {
        guard let place = coordinates[tree][ends[row * trees + tree]] else { continue }
        out[row * dimensions + place] = side
      }
    }
    return out
  }
}

extension EmbeddingRows {
  /// Leaves of boosted trees, on principal components.
  func leaves(_ kind: EmbeddingKind) throws(NumericsError) -> EmbeddedSamples.Found? {
    let half = training.count / 2
    let (grown, compared) = (
      training.rows(half..<training.count), training.rows(0..<half)
    )
    guard half > 0, let features = try LeafFeatures(grown, seed: plan.seed) else { return nil }
    let count = min(compared.count, plan.embeddingRows)
    let anchor = compared.rows(compared.count - count..<compared.count)
      .shuffledColumns(seed: plan.seed)
    var held: [Double]?
    if let holdout { held = try features.points(holdout) }
    let points = try features.points(compared)
    return try onComponents(
      kind, Self.digest(points.prefix(256 * features.dimensions)), training: points,
      synthetic: features.points(synthetic), holdout: held, shuffled: features.points(anchor),
      dimensions: features.dimensions)
  }
}

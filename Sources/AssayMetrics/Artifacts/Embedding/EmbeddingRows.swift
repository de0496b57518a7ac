import AssayDocument
import AssayNumerics
import AssayTable

/// The rows that are embedded, and the ways to embed them.
struct EmbeddingRows {
  let frame: ReferenceFrame
  let encoding: RowEncoding
  let training: EncodedTable
  let synthetic: EncodedTable
  var holdout: EncodedTable?
  let plan: EvaluationPlan

  /// Rows whose columns are shuffled: the last ones, others than the real side where there are enough.
  private var anchorRows: EncodedTable {
    let count = min(training.count, plan.embeddingRows)
    return training.rows(training.count - count..<training.count)
  }

  /// The vectors that were given.
  func given(_ kind: EmbeddingKind) throws(NumericsError) -> EmbeddedSamples.Found? {
    guard let given = frame.embeddings, let real = given[.training], let own = given[.synthetic]
    else { return nil }
    func points(_ table: EmbeddingTable, _ rows: EncodedTable) throws(NumericsError)
      -> EuclideanPoints
    {
      try EuclideanPoints(table.values(of: rows.places), dimensions: table.dimensions)
    }
    let found = try points(real, training)
    var shuffled = real.values(of: anchorRows.places)
    let (d, count) = (real.dimensions, anchorRows.count)
    for column in 0..<d {
      var stream = RandomStream(seed: plan.seed, name: "shuffle", "coordinate", String(column))
      var line = (0..<count).map { shuffled[$0 * d + column] }
      stream.shuffle(&line)
      for row in 0..<count { shuffled[row * d + column] = line[row] }
    }
    var files = ["training": real.sha256, "synthetic": own.sha256]
    var held: EuclideanPoints?
    if let holdout, let table = given[.holdout] {
      held = try points(table, holdout)
      files["holdout"] = table.sha256
    }
    return EmbeddedSamples.Found(
      name: kind.name, digest: Self.digest(found.values), files: files, training: found,
      holdout: held,
      synthetic: try points(own, synthetic),
      shuffled: try EuclideanPoints(shuffled, dimensions: d), anchor: "shuffled-coordinates")
  }

  /// Ranks and levels, on principal components.
  func tabular(_ kind: EmbeddingKind) throws(NumericsError) -> EmbeddedSamples.Found? {
    let embedding = try RowEmbedding(encoding, frame)
    guard embedding.dimensions > 0, let real = frame.table(.training),
      let own = frame.table(.synthetic)
    else { return nil }
    let narrowing = Narrowing(dimensions: embedding.dimensions, seed: plan.seed)
    func points(_ table: AlignedTable, _ rows: EncodedTable) -> [Double] {
      narrowing.narrowed(rows.places) { embedding.points(table, rows: $0) }
    }
    var names: [Int: String] = [:]
    for column in encoding.columns { names[column.place] = column.name }
    // A block of rows at a time would shuffle within blocks only.
    let anchor = embedding.shuffledColumns(
      embedding.points(real, rows: anchorRows.places), seed: plan.seed, names: names)
    var held: [Double]?
    if let holdout, let table = frame.table(.holdout) { held = points(table, holdout) }
    let digest = Self.digest(
      embedding.points(real, rows: Array(training.places.prefix(256))))
    return try onComponents(
      kind, digest, training: points(real, training), synthetic: points(own, synthetic),
      holdout: held, shuffled: narrowing.narrowed(anchor), dimensions: narrowing.target)
  }

  /// The principal components that hold 95 % of the variance of the training rows.
  func onComponents(
    _ kind: EmbeddingKind, _ digest: String, training: [Double], synthetic: [Double],
    holdout: [Double]?, shuffled: [Double], dimensions: Int
  ) throws(NumericsError) -> EmbeddedSamples.Found? {
    let isVaried = training.indices.contains { training[$0] != training[$0 % dimensions] }
    guard isVaried else { return nil }
    let real = try EuclideanPoints(training, dimensions: dimensions)
    let moments = try PointMoments(real)
    let kept = moments.components(holding: 0.95)
    let total = moments.eigenvalues.reduce(0, +)
    guard kept > 0 else { return nil }
    func along(_ values: [Double]) throws(NumericsError) -> EuclideanPoints {
      try EuclideanPoints(
        moments.projected(EuclideanPoints(values, dimensions: dimensions), onto: kept),
        dimensions: kept)
    }
    return EmbeddedSamples.Found(
      name: kind.name, digest: digest, training: try along(training),
      holdout: try holdout.map { values throws(NumericsError) in try along(values) },
      synthetic: try along(synthetic), shuffled: try along(shuffled),
      anchor: "shuffled-columns",
      held: moments.eigenvalues.reversed().prefix(kept).map { $0 / total })
  }

  /// Sixteen digits that depend on every number; not on the linear algebra, which is of the machine.
  static func digest(_ values: some Sequence<Double>) -> String {
    var key: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in values {
      key = (key ^ (value + 0).bitPattern) &* 0x9E37_79B9_7F4A_7C15
      key ^= key >> 29
    }
    let text = String(key, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}

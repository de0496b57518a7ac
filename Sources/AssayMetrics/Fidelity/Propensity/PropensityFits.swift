import AssayDocument
import AssayNumerics
import AssayTable

/// A logistic regression on main effects that is fitted on the pooled rows and judged on the same rows,
/// as official statistics do, and the same with labels at random.
struct PropensityFits: Artifact {
  typealias Frame = ReferenceFrame

  var against: TableRole
  /// How many fits with labels at random; 0 for the observed labels alone.
  var relabellings = 0

  /// What was fitted.
  struct Found: Sendable {
    /// The observed labels' scores.
    var observed: PropensityScores
    /// Those of labels at random.
    var relabelled: [PropensityScores]
    /// Coefficients with the intercept.
    var parameters: Int
    /// Rows of each side.
    var rowsPerSide: Int
    /// Whether some rows are told apart for certain, so that coefficients have no finite value.
    var isSeparated: Bool
  }

  /// Rows of each side, at most: the fit is repeated for each relabelling.
  private static let rowLimit = 2_000

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found? {
    guard let pooled = try await workspace.value(of: TwoSampleRows(against: against)) else {
      return nil
    }
    let encoding = try await workspace.value(of: RowEncodings())
    do throws(NumericsError) {
      return try Self.fit(pooled, encoding, relabellings: relabellings, workspace)
    } catch {
      throw MetricError(error)
    }
  }

  private static func fit(
    _ pooled: PooledHalves, _ encoding: RowEncoding, relabellings: Int,
    _ workspace: Workspace<ReferenceFrame>
  ) throws(NumericsError) -> Found? {
    let perSide = min(rowLimit, pooled.rowsPerSide)
    // Rows are in the order of a hash of their contents, so the first of each side are any.
    let synthetic = pooled.isSynthetic.indices.filter { pooled.isSynthetic[$0] }.prefix(perSide)
    let real = pooled.isSynthetic.indices.filter { !pooled.isSynthetic[$0] }.prefix(perSide)
    let rows = Array(synthetic) + Array(real)
    let predictors = LinearPredictors(pooled, encoding)
    let all = predictors.values(pooled, rows)
    let (values, width) = independent(all, rows: rows.count, columns: predictors.count)
    guard width > 0, width + 1 < rows.count else { return nil }
    let found = try parallelChunks(
      count: relabellings + 1, chunk: 1, threads: workspace.threads
    ) { range throws(NumericsError) -> (PropensityScores, Bool)? in
      var labels = rows.indices.map { $0 < perSide }
      if range.lowerBound > 0 {
        var stream = RandomStream(
          seed: workspace.plan.seed, name: "propensity", String(range.lowerBound))
        stream.shuffle(&labels)
      }
      let answers = labels
      let model: LogisticRegression
      do throws(NumericsError) {
        model = try LogisticRegression(
          predictors: values.span, response: answers.span, columns: width, iterationLimit: 25)
      } catch {
        guard error.code == .undefined || error.code == .tooFewObservations else { throw error }
        return nil
      }
      let fitted = model.fitted
      return (
        try PropensityScores(probabilities: fitted.span, isSynthetic: answers.span),
        model.outcome == .separated
      )
    }
    guard let observed = found[0] else { return nil }
    return Found(
      observed: observed.0, relabelled: found.dropFirst().compactMap { $0?.0 },
      parameters: width + 1, rowsPerSide: perSide, isSeparated: observed.1)
  }

  /// The predictors less those that others determine: a pivot of the standardised Gram matrix below
  /// 10⁻⁶ says that nothing of a predictor is left once those before it are known.
  private static func independent(
    _ values: [Double], rows: Int, columns: Int
  ) -> (values: [Double], width: Int) {
    guard columns > 0, rows > 0 else { return ([], 0) }
    var scaled = [Double](repeating: 0, count: columns * rows)
    for column in 0..<columns {
      let centre = pairwiseSum(over: 0..<rows) { values[$0 * columns + column] } / Double(rows)
      let squares = pairwiseSum(over: 0..<rows) {
        let difference = values[$0 * columns + column] - centre
        return difference * difference
      }
      guard squares > 1e-12 * max(1, centre * centre) * Double(rows) else { continue }
      let root = squares.squareRoot()
      for row in 0..<rows {
        scaled[column * rows + row] = (values[row * columns + column] - centre) / root
      }
    }
    let lines = scaled
    let gram = LinearAlgebra.doublePrecisionProduct(
      lines.span, byTransposed: lines.span, rows: columns, inner: rows, columns: columns)
    var kept: [Int] = []
    // Rows of the Cholesky factor of what is kept.
    var factor: [[Double]] = []
    for column in 0..<columns {
      var line: [Double] = []
      for (place, other) in kept.enumerated() {
        var sum = gram[column * columns + other]
        for k in 0..<place { sum -= line[k] * factor[place][k] }
        line.append(sum / factor[place][place])
      }
      let left = gram[column * columns + column] - line.reduce(0) { $0 + $1 * $1 }
      guard left > 1e-6 else { continue }
      line.append(left.squareRoot())
      factor.append(line)
      kept.append(column)
    }
    var out: [Double] = []
    out.reserveCapacity(rows * kept.count)
    for row in 0..<rows { for column in kept { out.append(values[row * columns + column]) } }
    return (out, kept.count)
  }
}

package import AssayDocument
package import AssayNumerics
package import AssayTable

/// The present values of a column of numbers, ascending, with what each counts.
package struct WeightedColumn: Artifact {
  package typealias Frame = ReferenceFrame

  package var role: TableRole
  package var column: Int

  package init(role: TableRole, column: Int) {
    self.role = role
    self.column = column
  }

  /// Values with weights.
  package struct Value: Sendable {
    /// The values, ascending.
    package var values: [Double]
    /// What each counts.
    package var weights: [Double]
    /// As how many values that count alike they are as telling.
    package var size: Double
    /// Likewise of all rows, with a value or without.
    package var rows: Double
    /// Whether there is anything to compare.
    package var isEmpty: Bool { size == 0 }

    /// How far the distribution functions of two columns are apart.
    package func distance(to other: Value) throws(NumericsError) -> WeightedDistance {
      try WeightedDistance(
        sorted: values.span, weights.span, other.values.span, other.weights.span)
    }
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Value {
    guard let numbers = frame.table(role)?.columns[column].numeric else {
      throw MetricError(code: "column.kind", message: "the column holds no numbers")
    }
    let declared = try await workspace.value(of: ExactRowWeights(role: role))
    let rows = (0..<numbers.count).filter { numbers[$0] != nil }
    let own = rows.map { numbers[$0] ?? 0 }
    let order = sortPermutation(own.span)
    let weights = order.map { declared?[rows[Int($0)]] ?? 1 }
    return Value(
      values: order.map { own[Int($0)] }, weights: weights, size: Self.size(weights),
      rows: declared.map(Self.size) ?? Double(numbers.count))
  }

  /// (Σ w)²/Σ w².
  private static func size(_ weights: [Double]) -> Double {
    let total = pairwiseSum(weights.span)
    let squares = pairwiseSum(over: 0..<weights.count) { weights[$0] * weights[$0] }
    return squares > 0 ? total * total / squares : 0
  }

  /// Whether the rows of a real role or of the synthetic side do not count alike.
  package static func isNeeded(
    _ role: TableRole, _ workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Bool {
    let real = try await workspace.value(of: ExactRowWeights(role: role))
    let synthetic = try await workspace.value(of: ExactRowWeights(role: .synthetic))
    return real != nil || synthetic != nil
  }
}

/// What distances of distribution functions share where rows have weights.
package struct WeightedEntry {
  /// The entry, with the scale of what splits show.
  package var entry = UnivariateScores.Entry()
  /// Both sides; `nil` where there is nothing to compare.
  package var sides: (real: WeightedColumn.Value, synthetic: WeightedColumn.Value)?
  /// The distance between them.
  package var distance: WeightedDistance?
  /// The distance of the holdout from training, where the holdout is the real side.
  package var reference: WeightedDistance?

  package init(
    _ column: Int, _ role: TableRole, _ workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) {
    let real = try await workspace.value(of: WeightedColumn(role: role, column: column))
    guard !real.isEmpty else {
      entry.undefined = "no real row has a value"
      return
    }
    let synthetic = try await workspace.value(
      of: WeightedColumn(role: .synthetic, column: column))
    guard !synthetic.isEmpty else { return }
    let present = 1 / real.size + 1 / synthetic.size
    entry.floorScale = (present / (1 / real.rows + 1 / synthetic.rows)).squareRoot()
    sides = (real, synthetic)
    let training =
      role == .holdout
      ? try await workspace.value(of: WeightedColumn(role: .training, column: column)) : nil
    do throws(NumericsError) {
      distance = try real.distance(to: synthetic)
      if let training, !training.isEmpty { reference = try training.distance(to: real) }
    } catch {
      throw MetricError(error)
    }
  }
}

import AssayDocument
import AssayNumerics
import AssayTable

/// Mean differences of some quantiles of a column in training standard deviations, with the
/// uncertainty of each quantile from order statistics.
struct QuantileGaps {
  let probabilities: [Double]
  /// Real and synthetic values that a column must have.
  let smallest: Int

  /// One column.
  func entry(
    _ column: Int, fit: NumericFit, kind: ColumnKind, real: [Double], synthetic: [Double],
    training: [Double]?, level: Double
  ) throws(NumericsError) -> MeasuredColumns.Entry {
    var entry = MeasuredColumns.Entry(column: column)
    guard fit.standardDeviation > 0, fit.standardDeviation.isFinite else {
      entry.reason = "the training standard deviation is 0 or not a finite number"
      return entry
    }
    guard real.count >= smallest, synthetic.count >= smallest else {
      entry.reason = "fewer than \(smallest) values on a side"
      return entry
    }
    let count = Double(probabilities.count)
    var listed: [String: DetailValue] = [:]
    for probability in probabilities {
      let own = try quantile(sorted: real.span, probability: probability)
      let other = try quantile(sorted: synthetic.span, probability: probability)
      // The same quantile of a fresh sample of either size, and of the synthetic rows drawn anew.
      let again = try QuantileLaw(
        sorted: real.span, probability: probability, size: real.count)
      let fresh =
        synthetic.count == real.count
        ? again
        : try QuantileLaw(sorted: real.span, probability: probability, size: synthetic.count)
      let made = try QuantileLaw(
        sorted: synthetic.span, probability: probability, size: synthetic.count)
      let scale = fit.standardDeviation
      let floor = again.meanDifference(from: fresh) / scale
      let bias = (again.mean - fresh.mean) / scale
      let error = again.variance.squareRoot() / scale
      let freshError = fresh.variance.squareRoot() / scale
      let otherError = made.variance.squareRoot() / scale
      let gap = abs(own - other) / fit.standardDeviation
      guard gap.isFinite, floor.isFinite, error.isFinite, freshError.isFinite, otherError.isFinite
      else {
        entry.reason = "the values are too large for their distance to be a finite number"
        return entry
      }
      entry.value += gap / count
      let square = error * error + freshError * freshError + bias * bias
      entry.floor.mean += floor / count
      entry.floor.spread += max(0, square - floor * floor).squareRoot() / count
      entry.deviation += (error * error + otherError * otherError).squareRoot() / count
      if let training, !training.isEmpty {
        let trained = try quantile(sorted: training.span, probability: probability)
        entry.reference =
          (entry.reference ?? 0) + abs(own - trained) / fit.standardDeviation / count
      }
      listed["\(probability)"] = .object([
        "real": try published(real, probability, own, kind: kind, level: level),
        "synthetic": try published(synthetic, probability, other, kind: kind, level: level),
      ])
    }
    entry.details = ["quantiles": .object(listed)]
    return entry
  }

  /// The quantile and its limits, rounded so that they name no record.
  private func published(
    _ sorted: [Double], _ probability: Double, _ value: Double, kind: ColumnKind, level: Double
  ) throws(NumericsError) -> DetailValue {
    let limits = try QuantileInterval(
      sorted: sorted.span, probability: probability, level: level
    ).limits
    func place(_ value: Double) -> DetailValue {
      value.isFinite ? .finite(Published.place(value, kind: kind)) : .null
    }
    return .object([
      "value": place(value), "lower": place(limits.lower), "upper": place(limits.upper),
    ])
  }

  /// The scores of a metric of quantiles.
  func result(
    _ descriptor: MetricDescriptor, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let frame = workspace.frame
    let columns = frame.schema.featureIndices.filter { frame.fits[$0]?.numeric != nil }
    let sorted = try await SortedRoles(columns, in: workspace)
    let level = workspace.plan.level
    let made = self
    return try MeasuredColumns(
      descriptor: descriptor, workspace: workspace,
      nothing: "no column of numbers has \(smallest) values on either side and varies"
    ).result(columns) { column, role throws(MetricError) in
      guard let fit = frame.fits[column]?.numeric else { return [] }
      do throws(NumericsError) {
        return [
          try made.entry(
            column, fit: fit, kind: frame.schema.columns[column].kind,
            real: sorted[column, role], synthetic: sorted[column, .synthetic],
            training: role == .holdout ? sorted[column, .training] : nil, level: level)
        ]
      } catch {
        throw MetricError(error)
      }
    }
  }
}

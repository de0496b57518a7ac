import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// How far a regression fitted to synthetic rows agrees with the one fitted to real rows.
struct CoefficientAgreement: Sendable {
  /// One coefficient.
  struct Line: Sendable {
    var name: String
    var real, realError: Double
    /// `nil` where the synthetic rows cannot estimate it.
    var synthetic, syntheticError: Double?
    var overlap, difference: Double
    var agrees: Bool
  }

  /// The three summaries, in this order.
  enum Summary: Int, CaseIterable { case overlap, difference, agreement }

  var lines: [Line]
  /// The summaries as measured.
  var values: [Double]
  /// The same for draws of both sides' coefficients about what was found.
  var replicates: [[Double]]
  /// The same for draws of a fresh sample's coefficients about the real ones.
  var fresh: [[Double]]
  /// The same for coefficients of 0: what shuffled columns get.
  var anchor: [Double]
  /// The joint test of the coefficients that both sides estimate.
  var wald: (statistic: Double, degrees: Int, pValue: Double)?
  var realRows, syntheticRows: Int
  var leftOut: [String]

  /// Draws of coefficients.
  static let draws = 400

  func deviation(_ summary: Summary) -> Double {
    CalibratedBlock.moments(replicates.map { $0[summary.rawValue] }, subject: 0, of: 1).deviation
  }

  func floor(_ summary: Summary) -> ScoreFloor {
    let (mean, spread) = CalibratedBlock.moments(
      fresh.map { $0[summary.rawValue] }, subject: 0, of: 1)
    return ScoreFloor(value: mean, spread: spread, method: "drawn-coefficients")
  }

  /// Compares two fits of one design.
  init(
    _ real: RegressionFit, _ synthetic: RegressionFit?, _ design: RegressionDesign,
    syntheticRows: Int, level: Double, stream: RandomStream
  ) throws(NumericsError) {
    realRows = real.rows
    self.syntheticRows = synthetic?.rows ?? 0
    leftOut = design.leftOut
    let names = real.terms.map { design.terms[$0].name }
    var places: [Int?] = []
    for term in real.terms { places.append(synthetic?.terms.firstIndex(of: term)) }
    let both = places.indices.filter { places[$0] != nil }
    let ratio = Double(real.rows) / Double(max(1, syntheticRows))
    let freshErrors = real.errors.map { $0 * ratio.squareRoot() }
    let z = try normalQuantile(1 - (1 - level) / 2)

    // Coefficients of the synthetic side in the order of the real ones; what it cannot estimate counts
    // as no overlap, no agreement and a difference of the coefficient's own size.
    func summaries(
      _ a: [Double], _ s: [Double], _ b: [Double], _ t: [Double], _ known: [Int]
    ) throws(NumericsError) -> (values: [Double], lines: [(Double, Double, Bool)]) {
      var lines: [(Double, Double, Bool)] = []
      for index in a.indices {
        guard known.contains(index) else {
          lines.append((0, abs(a[index]) / s[index], false))
          continue
        }
        let overlap =
          try confidenceIntervalOverlap(
            ConfidenceInterval(lower: a[index] - z * s[index], upper: a[index] + z * s[index]),
            ConfidenceInterval(lower: b[index] - z * t[index], upper: b[index] + z * t[index]))
          ?? 0
        lines.append(
          (
            // One coefficient that is far off weighs no more than one that is absent on both sides.
            max(-1, overlap), abs(b[index] - a[index]) / s[index],
            CoefficientComparison.verdict(a[index], s[index], z)
              == CoefficientComparison.verdict(b[index], t[index], z)
          ))
      }
      let count = Double(max(1, lines.count))
      return (
        [
          lines.reduce(0) { $0 + $1.0 } / count, lines.reduce(0) { $0 + $1.1 } / count,
          Double(lines.count { $0.2 }) / count,
        ], lines
      )
    }
    let b = places.map { $0.flatMap { synthetic?.coefficients[$0] } ?? 0 }
    let t = places.map { $0.flatMap { synthetic?.errors[$0] } ?? 1 }
    let found = try summaries(real.coefficients, real.errors, b, t, both)
    values = found.values
    lines = real.terms.indices.map { index in
      Line(
        name: names[index], real: real.coefficients[index], realError: real.errors[index],
        synthetic: places[index] == nil ? nil : b[index],
        syntheticError: places[index] == nil ? nil : t[index], overlap: found.lines[index].0,
        difference: found.lines[index].1, agrees: found.lines[index].2)
    }
    let zeros = [Double](repeating: 0, count: real.terms.count)
    anchor = try summaries(
      real.coefficients, real.errors, zeros, freshErrors, Array(real.terms.indices)
    ).values

    var stream = stream
    let factor = try TriangularFactor(real.covariance.span, width: real.terms.count)
    let other = try synthetic.map { fit throws(NumericsError) in
      try TriangularFactor(fit.covariance.span, width: fit.terms.count)
    }
    func noise(_ width: Int) -> [Double] { (0..<width).map { _ in stream.normal() } }
    replicates = []
    fresh = []
    for _ in 0..<Self.draws {
      let own = factor.product(noise(real.terms.count).span)
      let theirs = other.map { $0.product(noise($0.width).span) } ?? []
      let moved = zip(real.coefficients, own).map { $0 + $1 }
      let shifted = places.indices.map { index in
        b[index] + (places[index].map { theirs[$0] } ?? 0)
      }
      replicates.append(try summaries(moved, real.errors, shifted, t, both).values)
      // A fresh sample of the same law: as sure as the real one at its own size.
      let first = factor.product(noise(real.terms.count).span)
      let second = factor.product(noise(real.terms.count).span)
      let sample = real.coefficients.indices.map { index in
        real.coefficients[index] + first[index] + second[index] * ratio.squareRoot()
      }
      fresh.append(
        try summaries(
          real.coefficients, real.errors, sample, freshErrors, Array(real.terms.indices)
        ).values)
    }
    wald = nil
    if let synthetic, !both.isEmpty {
      let width = both.count
      var joint = [Double](repeating: 0, count: width * width)
      for (row, first) in both.enumerated() {
        for (column, second) in both.enumerated() {
          guard let i = places[first], let j = places[second] else { continue }
          joint[row * width + column] =
            real.covariance[first * real.terms.count + second]
            + synthetic.covariance[i * synthetic.terms.count + j]
        }
      }
      let compared = try CoefficientComparison(
        both.map { real.coefficients[$0] }, errors: both.map { real.errors[$0] },
        both.map { b[$0] }, otherErrors: both.map { t[$0] }, covariance: joint.span, level: level)
      wald = (compared.waldStatistic, compared.degreesOfFreedom, compared.waldPValue)
    }
  }
}

/// The agreement of the regressions of one target, by real side.
struct CoefficientAgreements: Artifact {
  typealias Frame = ReferenceFrame

  /// The target's place in the schema.
  var target: Int

  /// What was found.
  struct Found: Sendable {
    var sides: [Against: CoefficientAgreement]
    /// Synthetic rows that were fitted over all training rows that could be.
    var rowRatio: Double?
    /// What is answered by yes, where the regression is logistic.
    var positive: String?
    /// Why there is none.
    var reason: String?
  }

  /// Rows of each side that are fitted, at most.
  static func rowLimit(_ preset: EvaluationPlan.Preset) -> Int {
    switch preset {
    case .quick: 2_000
    case .standard: 10_000
    case .full: 50_000
    }
  }

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found {
    guard let rows = try await workspace.value(of: TargetRows(target: target)) else {
      return Found(sides: [:], reason: "the target cannot be predicted")
    }
    let limit = Self.rowLimit(workspace.plan.preset)
    let plan = workspace.plan
    let training = rows.training.prefix(limit)
    let design = RegressionDesign(
      training,
      names: { column, level in Self.name(of: level, column: column, frame: frame, k: plan.k) },
      k: plan.k, seed: plan.seed, target: rows.problem.name)
    var found = Found(sides: [:])
    let isLogistic = rows.problem.task != .regression
    // Of several classes the commonest against the rest.
    let yes: Float = rows.problem.task == .binary ? 1 : 0
    if isLogistic {
      let place = Int(yes)
      found.positive = place < rows.problem.classes.count ? rows.problem.classes[place] : nil
    }
    func response(_ rows: LabelledRows) -> [Double] {
      rows.labels.map { isLogistic ? ($0 == yes ? 1 : 0) : Double($0) }
    }
    do throws(NumericsError) {
      let synthetic = rows.synthetic.prefix(limit)
      let other = try RegressionFit(
        design, synthetic, response: response(synthetic), isLogistic: isLogistic)
      var sides: [(Against, LabelledRows)] = [(.training, training)]
      if rows.role == .holdout { sides.append((.holdout, rows.test.prefix(limit))) }
      if let other {
        // What the generator learned from is more than a limit lets in here.
        let all = Double(frame.rowCount(.training) ?? training.count)
        let read = min(all, Double(plan.utility.rows))
        let share = Double(training.count) / max(1, Double(rows.training.count))
        let complete = Double(design.complete(training).count)
        if complete > 0, share > 0, read > 0 {
          found.rowRatio = Double(other.rows) * share * read / (complete * all)
        }
      }
      for (against, own) in sides {
        guard
          let fit = try RegressionFit(
            design, own, response: response(own), isLogistic: isLogistic)
        else { continue }
        found.sides[against] = try CoefficientAgreement(
          fit, other, design, syntheticRows: synthetic.count, level: plan.level,
          stream: RandomStream(
            seed: plan.seed, name: "coefficients", rows.problem.name, against.rawValue))
      }
    } catch {
      throw MetricError(error)
    }
    if found.sides.isEmpty {
      found.reason = "too few rows for a regression, or no other column that varies"
    }
    return found
  }

  /// The name of a level by its code, as it may be published.
  private static func name(
    of code: Int, column: RowEncoding.Column, frame: ReferenceFrame, k: Int
  ) -> String {
    guard case .level(let codes, let levels) = column.rule, code < levels - 1,
      let level = codes.firstIndex(of: Float(code)),
      let counts = frame.fits[column.place]?.nominal?.counts, level < counts.count,
      counts[level] >= k
    else { return "other levels" }
    return frame.levels[column.place]?.names[level] ?? "other levels"
  }
}

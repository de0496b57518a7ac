import AssayDocument
package import AssayMetrics
package import AssayTable

/// The columns that models predict: those declared as targets, or each that is suitable.
package struct Targets: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  /// What there is to predict.
  package struct Found: Sendable {
    /// The targets, by name.
    package var problems: [TargetProblem]
    /// Declared targets that cannot be predicted, by name, and why.
    package var refused: [(name: String, reason: String)]
    /// Why there is no target at all.
    package var absence: String?
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found {
    let declared = frame.schema.indices(of: .target)
    let all = workspace.plan.utility.allTargets
    let places = all ? frame.schema.featureIndices : declared
    var found = Found(problems: [], refused: [], absence: nil)
    for place in places.sorted(by: {
      frame.schema.columns[$0].name < frame.schema.columns[$1].name
    }) {
      switch TargetProblem.make(place, in: frame, k: workspace.plan.k) {
      case .success(let problem):
        // A point in time is predicted only where somebody says so.
        if all, !declared.contains(place), frame.schema.columns[place].kind == .datetime {
          continue
        }
        found.problems.append(problem)
      case .failure(let refusal):
        if !all || declared.contains(place) {
          found.refused.append((frame.schema.columns[place].name, refusal.reason))
        }
      }
    }
    if found.problems.isEmpty, found.refused.isEmpty {
      found.absence = all ? "no column can be a target" : Self.advice(frame)
    }
    return found
  }

  /// Says how a target is named, with columns whose names speak for it.
  private static func advice(_ frame: ReferenceFrame) -> String {
    let columns = frame.schema.featureIndices.compactMap { place -> TargetNames.Column? in
      guard let fit = frame.fits[place] else { return nil }
      let distinct: Int
      switch fit {
      case .nominal(let fit): distinct = fit.counts.count { $0 > 0 }
      case .numeric(let fit): distinct = Self.distinct(fit.sorted)
      }
      let column = frame.schema.columns[place]
      return TargetNames.Column(name: column.name, kind: column.kind, distinct: distinct)
    }
    let names = TargetNames.suggestions(columns)
    guard !names.isEmpty else { return "no target is named; try --target COLUMN" }
    return "no target is named; try "
      + names.prefix(2).map { "--target \(TargetNames.quoted($0))" }.joined(separator: " or ")
  }

  /// The number of different values, counted to 21.
  private static func distinct(_ sorted: [Double]) -> Int {
    var count = 0
    var last: Double?
    for value in sorted where value != last {
      count += 1
      last = value
      if count > 20 { break }
    }
    return count
  }
}

package import AssayDocument
package import AssayMetrics
package import AssayTable

/// The rows that the models of one target are trained on and judged by.
package struct TargetRows: Artifact {
  package typealias Frame = ReferenceFrame

  /// The target's place in the schema.
  package var target: Int

  package init(target: Int) { self.target = target }

  /// The rows of one target.
  package struct Found: Sendable {
    /// What is predicted.
    package var problem: TargetProblem
    /// Real rows to train on.
    package var training: LabelledRows
    /// Synthetic rows to train on.
    package var synthetic: LabelledRows
    /// Real rows that models are judged by: the holdout, or the training rows where there is none.
    package var test: LabelledRows
    /// The role of the rows that models are judged by.
    package var role: TableRole
    /// Where there is no holdout: the part of each training row; models that judge it saw the others.
    package var folds: [Int]?
    /// Holdout rows left out because their entity has training rows.
    package var sharedEntities: Int
    /// Rows that a model of either side is trained on: as many of both.
    package var size: Int

    /// The real side that scores are against.
    package var against: Against { role == .holdout ? .holdout : .training }
    /// How many parts cross-fitting has; 1 with a holdout.
    package var parts: Int { folds == nil ? 1 : TargetRows.parts }
  }

  /// Parts of cross-fitting.
  static let parts = 3

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found? {
    let targets = try await workspace.value(of: Targets())
    guard let problem = targets.problems.first(where: { $0.column == target }) else { return nil }
    let limit = workspace.plan.utility.rows
    func labelled(_ role: TableRole) async throws(MetricError) -> LabelledRows? {
      guard let table = frame.table(role) else { return nil }
      let rows = try await workspace.value(
        of: EncodedRows(role: role, limit: limit, keepsUnfit: true))
      return LabelledRows(rows, table, problem: problem)
    }
    guard let training = try await labelled(.training),
      let synthetic = try await labelled(.synthetic)
    else { return nil }
    if var test = try await labelled(.holdout) {
      let shared = Self.shared(frame, test.places)
      test = test.rows(test.places.indices.filter { !shared[$0] })
      return Found(
        problem: problem, training: training, synthetic: synthetic, test: test, role: .holdout,
        folds: nil, sharedEntities: shared.count { $0 },
        size: Self.size(training.count, synthetic.count))
    }
    let folds = training.parts(Self.parts)
    let most = (0..<Self.parts).map { part in folds.count { $0 == part } }.max() ?? 0
    return Found(
      problem: problem, training: training, synthetic: synthetic, test: training, role: .training,
      folds: folds, sharedEntities: 0, size: Self.size(training.count - most, synthetic.count))
  }

  /// As many rows of both; where no synthetic row has a label, all real ones.
  private static func size(_ real: Int, _ synthetic: Int) -> Int {
    synthetic == 0 ? real : min(real, synthetic)
  }

  /// Which holdout rows are of an entity that has training rows: a model would know it.
  private static func shared(_ frame: ReferenceFrame, _ places: [Int]) -> [Bool] {
    guard let group = frame.schema.indices(of: .group).first,
      let training = frame.table(.training), let holdout = frame.table(.holdout)
    else { return places.map { _ in false } }
    switch (training.columns[group], holdout.columns[group]) {
    case (.nominal(let own), .nominal(let theirs)):
      let known = Set(own.filter { $0 >= 0 })
      return places.map { known.contains(theirs[$0]) }
    case (.numeric(let own), .numeric(let theirs)):
      let known = Set(own.presentValues)
      return places.map { place in theirs[place].map(known.contains) ?? false }
    case (.bytes(let own), .bytes(let theirs)):
      let known = Set((0..<own.count).compactMap { own[$0] })
      return places.map { place in theirs[place].map(known.contains) ?? false }
    default:
      return places.map { _ in false }
    }
  }
}

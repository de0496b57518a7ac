package import AssayDocument
package import AssayMetrics
package import AssayNumerics
package import AssayTable

/// One learner trained on real and on synthetic rows, as many of both, and what both models predict
/// for the same real rows.
package struct LearnerFit: Sendable {
  /// The learner.
  package var learner: Learner
  /// What is predicted.
  package var problem: TargetProblem
  /// The rows that both models are judged by.
  package var test: LabelledRows
  /// The role of these rows.
  package var role: TableRole
  /// Rows that each model was trained on.
  package var trainingRows: Int
  /// Predictions of the model trained on real rows.
  ///
  /// That is the probability of class 1 a row, the probabilities of all classes of a row side by
  /// side, or a number a row. Without a holdout each row
  /// is predicted by a model that has not seen it or its like.
  package var real: [Double]
  /// Predictions of the model trained on synthetic rows.
  package var synthetic: [Double]
  /// The models trained on real rows: one, or one for each part of the training rows.
  package var realModels: [any TrainedModel]
  /// The model trained on synthetic rows.
  package var syntheticModel: any TrainedModel
  /// The part of each row, where there is no holdout.
  package var folds: [Int]?

  /// What real models predict for other values of the same rows.
  package func realPredictions(_ rows: LabelledRows) throws(NumericsError) -> [Double] {
    guard let folds else { return try realModels[0].predictions(rows) }
    let width = max(1, problem.task.classes == 2 ? 1 : problem.task.classes)
    var out = [Double](repeating: 0, count: rows.count * width)
    for (part, model) in realModels.enumerated() {
      let own = folds.indices.filter { folds[$0] == part }
      let found = try model.predictions(rows.rows(own))
      for (place, row) in own.enumerated() {
        for index in 0..<width { out[row * width + index] = found[place * width + index] }
      }
    }
    return out
  }
}

/// The models of one learner for one target, fitted once and shared.
package struct LearnerFits: Artifact {
  package typealias Frame = ReferenceFrame

  /// The target's place in the schema.
  package var target: Int
  /// The learner.
  package var learner: Learner

  package init(target: Int, learner: Learner) {
    self.target = target
    self.learner = learner
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> LearnerFit? {
    guard let rows = try await workspace.value(of: TargetRows(target: target)) else { return nil }
    do throws(NumericsError) {
      return try Self.fit(
        rows, learner: learner, settings: workspace.plan.utility, threads: workspace.threads)
    } catch {
      throw MetricError(error)
    }
  }

  /// Trains and predicts.
  static func fit(
    _ rows: TargetRows.Found, learner: Learner, settings: UtilitySettings, threads: Int
  ) throws(NumericsError) -> LearnerFit {
    let task = rows.problem.task
    let size = min(rows.size, learner.rowLimit(settings))
    // Neighbours cost for each row that is asked for, too.
    let test = learner == .nearestNeighbours ? rows.test.prefix(settings.neighbourRows) : rows.test
    let folds = rows.folds.map { Array($0.prefix(test.count)) }
    let parts = rows.parts
    let models = try parallelChunks(count: parts + 1, chunk: 1, threads: threads) {
      range throws(NumericsError) -> any TrainedModel in
      let part = range.lowerBound
      let own: LabelledRows
      if part == parts {
        own = rows.synthetic.prefix(size)
      } else if let folds = rows.folds {
        own = rows.training.rows(folds.indices.filter { folds[$0] != part }.prefix(size))
      } else {
        own = rows.training.prefix(size)
      }
      return try learner.train(own, task: task, trees: settings.trees)
    }
    var fit = LearnerFit(
      learner: learner, problem: rows.problem, test: test, role: rows.role, trainingRows: size,
      real: [], synthetic: [], realModels: Array(models.prefix(parts)),
      syntheticModel: models[parts], folds: folds)
    let made = fit
    let predictions = try parallelChunks(count: 2, chunk: 1, threads: threads) {
      range throws(NumericsError) -> [Double] in
      range.lowerBound == 0
        ? try made.realPredictions(test) : try made.syntheticModel.predictions(test)
    }
    fit.real = predictions[0]
    fit.synthetic = predictions[1]
    return fit
  }
}

/// How much work the models of utility are given; part of the plan.
public struct UtilitySettings: Sendable, Hashable {
  /// Rows that boosted trees are trained on, and holdout rows that models are judged by, at most.
  public var rows: Int
  /// Rows that a linear model is trained on, at most.
  public var linearRows: Int
  /// Rows that neighbours are searched among, and rows whose neighbours are searched, at most.
  public var neighbourRows: Int
  /// Trees of a boosted model.
  public var trees: Int
  /// Models that are trained again on other rows of a side to see how much the rows matter.
  public var refits: Int
  /// Rows of each of them, at most; never more than half of a side.
  public var refitRows: Int
  /// Subsamples of each size of a learning curve.
  public var curveRepeats: Int
  /// Whether every suitable column is a target in turn.
  public var allTargets: Bool

  /// Makes settings.
  public init(
    rows: Int, linearRows: Int, neighbourRows: Int, trees: Int, refits: Int, refitRows: Int,
    curveRepeats: Int, allTargets: Bool = false
  ) {
    self.rows = rows
    self.linearRows = linearRows
    self.neighbourRows = neighbourRows
    self.trees = trees
    self.refits = refits
    self.refitRows = refitRows
    self.curveRepeats = curveRepeats
    self.allTargets = allTargets
  }

  /// The settings of a preset.
  init(_ preset: EvaluationPlan.Preset) {
    switch preset {
    case .quick:
      self.init(
        rows: 4_000, linearRows: 1_000, neighbourRows: 500, trees: 50, refits: 20, refitRows: 500,
        curveRepeats: 1)
    case .standard:
      self.init(
        rows: 25_000, linearRows: 5_000, neighbourRows: 2_500, trees: 100, refits: 20,
        refitRows: 2_000, curveRepeats: 2)
    case .full:
      self.init(
        rows: 100_000, linearRows: 20_000, neighbourRows: 10_000, trees: 100, refits: 50,
        refitRows: 12_500, curveRepeats: 5)
    }
  }
}

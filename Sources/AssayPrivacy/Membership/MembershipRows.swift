import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Which rows the attacks work on: a choice of each role that does not depend on the order of rows,
/// and that is fixed before any score is computed.
///
/// Targets are training rows (members) and holdout rows (others). The *pool* is what an attack may
/// know of the population: the targets and further real rows. An attack that looks a target up in
/// the pool leaves the target itself out, so that nothing it computes tells which side a row is on.
/// Where rows of the population were given that neither side holds, attacks that weigh synthetic against
/// known rows know these instead.
struct MembershipRows: Artifact {
  typealias Frame = ExchangeableFrame

  /// The rows chosen.
  struct Chosen: Sendable {
    /// Features that can be compared, by name.
    var columns: [Int]
    /// Training rows under attack.
    var members: [Int]
    /// Holdout rows under attack.
    var others: [Int]
    /// Further training rows of the pool.
    var moreTraining: [Int]
    /// Further holdout rows of the pool.
    var moreHoldout: [Int]
    /// Synthetic rows that attacks look at.
    var synthetic: [Int]
    /// Rows of a reference that attacks know of; empty where none was given.
    var reference: [Int]
    /// The number of targets.
    var targets: Int { members.count + others.count }
    /// The number of rows of the pool; targets come first.
    var pool: Int { targets + moreTraining.count + moreHoldout.count }
  }

  func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> Chosen? {
    let columns = frame.schema.featureIndices.filter { frame.unfit[$0] == nil }
      .sorted { frame.schema.columns[$0].name < frame.schema.columns[$1].name }
    guard !columns.isEmpty, let training = frame.table(.training),
      let holdout = frame.table(.holdout)
    else { return nil }
    let plan = workspace.plan
    let order = StableOrder(frame, columns: columns)
    let own = order.chosen(training, limit: .max, seed: plan.seed, name: "training")
    let rest = order.chosen(holdout, limit: .max, seed: plan.seed, name: "holdout")
    let members = Array(own.prefix(plan.membershipRows))
    let others = Array(rest.prefix(plan.membershipRows))
    // Beyond the targets the pool takes either side alike.
    let more = plan.membershipRows
    return Chosen(
      columns: columns, members: members, others: others,
      moreTraining: Array(own.dropFirst(members.count).prefix(more)),
      moreHoldout: Array(rest.dropFirst(others.count).prefix(more)),
      synthetic: order.chosen(
        frame.synthetic, limit: 5 * plan.membershipRows, seed: plan.seed, name: "synthetic"),
      reference: frame.reference.map {
        order.chosen($0, limit: 5 * plan.membershipRows, seed: plan.seed, name: "reference")
      } ?? [])
  }
}

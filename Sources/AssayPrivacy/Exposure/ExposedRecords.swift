import AssayDocument
package import AssayMetrics
import AssayNumerics
package import AssayTable

/// The training records that lie nearer to the synthetic rows than all but a thousandth of the unseen
/// records do, each with the reason.
///
/// Row numbers are for the owner alone: they go into a file of their own, never into a document.
package struct ExposedRecords: Artifact {
  package typealias Frame = ExchangeableFrame

  /// Whether records alone are wanted, and no attack shares the search: then no more neighbours are
  /// looked for than decide, and cohorts are not counted.
  private let isAlone: Bool

  package init(alone: Bool = false) { isAlone = alone }

  /// One training record.
  package struct Record: Sendable, Hashable {
    /// Its row among the data rows of the training file, from 1.
    package var row: Int
    /// The distance to its closest synthetic row, a mean over features, and to its closest other real row.
    package var distance, isolation: Double
    /// What exposes it, in words.
    package var reasons: [String]
  }

  /// How many records of a group are exposed.
  package struct Cohort: Sendable, Hashable {
    package var title: String
    package var exposed, records: Int
    /// What chance gives: the same share of unseen records, times the records.
    package var expected: Double
  }

  /// What was found.
  package struct Found: Sendable, Hashable {
    /// The records, most exposed first.
    package var records: [Record]
    package var cohorts: [Cohort]
    /// Training rows that were looked at.
    package var looked: Int
  }

  /// The share of unseen records that may lie as near.
  private static let falsePositives = 0.001

  package func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> Found? {
    guard let rows = try await workspace.value(of: MembershipRows()) else { return nil }
    if isAlone {
      let near = try ExposureNeighbours(frame, rows, threads: workspace.threads)
      return found(near, rows).found
    }
    guard let evidence = try await workspace.value(of: AttackEvidences()) else { return nil }
    let strata = AttackStrata(frame: frame, rows: rows, evidence: evidence, k: workspace.plan.k)
      .strata()
    var (found, isAlarm) = found(
      ExposureNeighbours(
        targets: evidence.targets, rank: evidence.rank, rarity: evidence.rarity), rows)
    let members = rows.members.count
    found.cohorts = strata.map { stratum in
      let own = stratum.targets.filter { $0 < members }
      let others = stratum.targets.count - own.count
      let alarms = stratum.targets.count { $0 >= members && isAlarm[$0] }
      return Cohort(
        title: stratum.title, exposed: own.count { isAlarm[$0] }, records: own.count,
        expected: Double(alarms) / Double(max(1, others)) * Double(own.count))
    }
    return found
  }

  /// The records, and which targets of either side are as near.
  private func found(
    _ evidence: ExposureNeighbours, _ rows: MembershipRows.Chosen
  ) -> (found: Found, isAlarm: [Bool]) {
    let members = rows.members.count
    let orders: [(words: String, scores: [Double])] = [
      (
        "closer to a synthetic row than to any other real row",
        Attack.localDistance(evidence.rank, targets: evidence.targets)
      ),
      (
        "its rare levels come back together",
        Attack.localDistance(evidence.rarity, targets: evidence.targets)
      ),
    ]
    var reasons = [[String]](repeating: [], count: members)
    var isAlarm = [Bool](repeating: false, count: evidence.targets)
    for order in orders {
      let threshold = Self.threshold(Array(order.scores[members...]))
      for target in 0..<evidence.targets where order.scores[target] > threshold {
        isAlarm[target] = true
        if target < members { reasons[target].append(order.words) }
      }
    }
    let first = orders[0].scores
    let width = (evidence.rank.synthetic.width, evidence.rank.pool.width)
    let records = (0..<members).filter { isAlarm[$0] }.sorted {
      (first[$0], rows.members[$1]) > (first[$1], rows.members[$0])
    }.map { target in
      let distance = width.0 > 0 ? evidence.rank.synthetic.distances[target * width.0] : 0
      return Record(
        row: rows.members[target] + 1, distance: distance,
        isolation: width.1 > 0 ? evidence.rank.pool.distances[target * width.1] : 0,
        reasons: (distance == 0 ? ["an exact copy is in the synthetic table"] : [])
          + reasons[target])
    }
    return (Found(records: records, cohorts: [], looked: members), isAlarm)
  }

  /// The score that at most a thousandth of the unseen records exceed: the largest where there are fewer.
  private static func threshold(_ scores: [Double]) -> Double {
    let sorted = sortedCopy(scores.span)
    guard !sorted.isEmpty else { return .infinity }
    let above = Int(Self.falsePositives * Double(sorted.count))
    return sorted[sorted.count - 1 - above]
  }
}

/// The closest rows of each target in both spaces.
private struct ExposureNeighbours {
  var targets: Int
  var rank, rarity: AttackEvidence.Neighbourhood

  init(targets: Int, rank: AttackEvidence.Neighbourhood, rarity: AttackEvidence.Neighbourhood) {
    self.targets = targets
    self.rank = rank
    self.rarity = rarity
  }

  /// Looks for the closest row alone.
  init(
    _ frame: ExchangeableFrame, _ rows: MembershipRows.Chosen, threads: Int
  ) throws(MetricError) {
    func near(_ space: AttackSpace) throws(MetricError) -> AttackEvidence.Neighbourhood {
      let points = try AttackPoints(frame, rows, space: space, threads: threads)
      do throws(NumericsError) {
        return try AttackEvidences.neighbourhood(points, 1, threads)
      } catch {
        throw MetricError(error)
      }
    }
    targets = rows.targets
    rank = try near(.rank)
    rarity = try near(.rarity)
  }
}

package import AssayDocument
import AssayNumerics
package import AssayTable

/// A family of scores against one real side, with both ends of each scale.
package struct FamilyFindings: Artifact {
  package typealias Frame = ReferenceFrame

  package var family: PointFamily
  package var kind: EmbeddingKind
  package var against: TableRole

  package init(family: PointFamily, kind: EmbeddingKind, against: TableRole) {
    self.family = family
    self.kind = kind
    self.against = against
  }

  /// What was found.
  package struct Found: Sendable {
    /// The embedded rows.
    package var samples: EmbeddedSamples.Found
    /// Rows of each side.
    package var rows: Int
    package var own: PointFamily.Findings
    /// What the anchor gets.
    package var far: [Double]
    /// The scores of fresh halves of the real side, a list for each pair of halves.
    package var splits: [[Double]]
    /// Rows of each half.
    package var splitRows: Int
  }

  /// Pairs of fresh halves.
  static let splitCount = 8

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found? {
    guard let samples = try await workspace.value(of: EmbeddedSamples(kind: kind)),
      let pool = samples.real(against)
    else { return nil }
    let count = min(
      workspace.plan.embeddingRows, pool.count, samples.synthetic.count, samples.shuffled.count)
    guard count >= 4 * family.neighbours else { return nil }
    let threads = workspace.threads
    do throws(NumericsError) {
      let real = pool.prefix(count)
      let own = try family.findings(
        real, samples.synthetic.prefix(count), withFloors: true, threads: threads)
      let far = try family.findings(
        real, samples.shuffled.prefix(count), withFloors: false, threads: threads)
      let half = min(count, pool.count / 2)
      var splits: [[Double]] = []
      if half > 2 * family.neighbours {
        var stream = RandomStream(
          seed: workspace.plan.seed, name: "halves", family.rawValue, against.rawValue)
        var order = Array(0..<pool.count)
        for _ in 0..<Self.splitCount {
          stream.shuffle(&order)
          splits.append(
            try family.findings(
              pool.rows(Array(order.prefix(half))), pool.rows(Array(order.suffix(half))),
              withFloors: false, threads: threads
            ).values)
        }
      }
      return Found(
        samples: samples, rows: count, own: own, far: far.values, splits: splits,
        splitRows: half)
    } catch {
      guard error.code == .undefined || error.code == .tooFewObservations else {
        throw MetricError(error)
      }
      return nil
    }
  }
}

import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import AssayTestKit
import Testing

/// What metrics say of a fresh real sample, against fresh real samples: a light version of the part
/// `floors` of the calibration.
@Suite struct `What a fresh real sample gets` {
  private static let study = FloorStudy(rows: 300, trials: 24, plan: .brief(replicates: 24))

  /// Those that train learners or search segments are left to the calibration.
  private static let metrics = MetricCatalog.standard.metrics.filter {
    $0.descriptor.dimension == .fidelity
      && !["fidelity.classifier-two-sample", "fidelity.segments"]
        .contains($0.descriptor.id.rawValue)
  }

  @Test func `is what metrics say, on continuous, tied and zero-inflated columns`() async throws {
    let rows = try await Self.study.run(Self.metrics, threads: 2)
    for column in ["continuous", "tied", "rounded", "zero-inflated", "levels"] {
      #expect(rows.count { $0.column == column } >= 5, "\(column)")
    }
    #expect(Set(rows.map(\.metric)).count >= 25)
    for row in rows where row.adjusted <= 0.05 {
      Issue.record(
        """
        \(row.metric) \(row.column ?? "table") \(row.parameters): \(row.value), said \(row.floor), \
        excess \(row.excess) ± \(row.standardError), allowed \(row.allowance)
        """)
    }
  }

  @Test func `shrinks with the rows for information of independent columns`() async throws {
    // Simulation: the floor study's columns are independent of each other. By the root of the rows alone
    // a third more would be said.
    let study = FloorStudy(rows: 300, trials: 60, plan: .brief(replicates: 24))
    let rows = try await study.run([MutualInformation(), TheilsU()], threads: 2)
    #expect(rows.count == 2)
    for row in rows {
      #expect(
        abs(row.excess) < 4 * row.standardError && abs(row.excess) < 0.12 * row.floor,
        "\(row.metric): \(row.value), said \(row.floor) ± \(row.standardError)")
    }
  }

  /// A metric that says too little of fresh samples, by one spread.
  private struct Boastful: Metric {
    let descriptor = TotalVariation().descriptor

    func measure(
      _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
    ) async throws(MetricError) -> MetricResult {
      var result = try await TotalVariation().measure(frame, in: workspace)
      for index in result.scores.indices {
        if let floor = result.scores[index].floor {
          result.scores[index].floor = ScoreFloor(
            value: floor.value - floor.spread, spread: floor.spread, method: floor.method)
        }
      }
      return result
    }
  }

  @Test func `is told from what a metric boasts of`() async throws {
    let rows = try await Self.study.run([Boastful()], threads: 2)
    #expect(rows.count { $0.adjusted <= 0.05 } * 2 > rows.count)
  }
}

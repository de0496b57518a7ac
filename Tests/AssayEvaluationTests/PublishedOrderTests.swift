import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTestKit
import Foundation
import Testing

/// Published comparisons of generators on Adult: within each table, generators whose figures differ by
/// more than twice the floor have the published order here.
///
/// Without optimisation whole files take minutes: the first rows of each file are looked at, and two
/// generators count where they differ by more than twice what a fresh sample of these sizes gets.
/// `make calibration` does it with whole files.
@Suite(.serialized, .enabled(if: SharedData.isThere, SharedData.absence))
struct `The order of published comparisons` {
  private static func disagreeing(
    _ metrics: [String], rows: Int, synthetic: Int, realRows: Int?
  ) async throws -> (pairs: Int, disagreeing: [PublishedOrder.Pair]) {
    let prepared = try PreparedEvaluation(
      training: SharedData.read("adult/real_train.csv", rows: realRows ?? rows),
      holdout: SharedData.read("adult/real_holdout.csv", rows: realRows ?? rows),
      options: EvaluationOptions(preset: .quick, threads: 2, metrics: metrics))
    var documents: [String: EvaluationDocument] = [:]
    let measures = PublishedOrder.measures.filter { metrics.contains($0.metric.rawValue) }
    for file in Set(measures.flatMap(\.generators).map(\.file)).sorted() {
      documents[file] = try await prepared.evaluate(
        synthetic: SharedData.read("adult/\(file).csv.gz", rows: synthetic))
    }
    var count = 0
    var wrong: [PublishedOrder.Pair] = []
    for measure in measures {
      let text = try String(
        contentsOf: SharedData.folder.appending(path: "data/adult/\(measure.source)"),
        encoding: .utf8)
      let floors = documents.values.compactMap { document in
        document.scores.first {
          $0.metric == measure.metric && $0.subject.isTable && $0.against == measure.against
        }?.floor
      }
      // What is measured as a share or a distance has the published unit; points are thousandths.
      let unit = measure.metric == "fidelity.k-marginal" ? 0.001 : 1
      let floor =
        measure.against == .both
        ? floors.map { 2 * $0.spread }.max() ?? 0
        : floors.map {
          unit * (measure.metric == "fidelity.k-marginal" ? 1000 - $0.value : $0.value)
        }
        .max() ?? 0
      let pairs = PublishedOrder.pairs(
        of: measure, in: text, documents: documents, floor: floor)
      count += pairs.count
      wrong += pairs.filter { !$0.agrees }
    }
    return (count, wrong)
  }

  @Test func `is that of distances of columns, pairs and triples`() async throws {
    let found = try await Self.disagreeing(
      ["fidelity.total-variation", "fidelity.contingency", "fidelity.k-marginal"], rows: 1_500,
      synthetic: 1_500, realRows: nil)
    #expect(found.pairs >= 12)
    #expect(found.disagreeing.isEmpty, "\(found.disagreeing)")
  }

  @Test func `is that of nearness to the training rows`() async throws {
    let found = try await Self.disagreeing(
      ["privacy.distance-to-closest-record"], rows: 0, synthetic: 120, realRows: 8_000)
    #expect(found.pairs >= 4)
    #expect(found.disagreeing.isEmpty, "\(found.disagreeing)")
  }
}

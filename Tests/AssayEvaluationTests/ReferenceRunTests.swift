import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import AssayTestKit
import Foundation
import Testing

@Suite struct `A run with a reference` {
  private let simulator = Simulator(seed: 91)

  private func prepared(_ reference: RawTable?) throws -> PreparedEvaluation {
    try PreparedEvaluation(
      training: simulator.table(rows: 120), holdout: simulator.table(rows: 120, stream: "holdout"),
      reference: reference,
      options: EvaluationOptions(preset: .quick, metrics: ["privacy.exact-match"]))
  }

  @Test func `names its file in the document and its rows in the plan`() async throws {
    let reference = simulator.table(rows: 90, stream: "reference")
    let run = try prepared(reference)
    #expect(run.planRecord.sampling["referenceRows"]?.integerValue == 90)
    let document = try await run.evaluate(synthetic: simulator.table(rows: 100, stream: "s"))
    #expect(document.inputs.reference?.rows == 90)
    let plain = try prepared(nil)
    #expect(plain.planRecord.hash != run.planRecord.hash)
    let other = try await plain.evaluate(synthetic: simulator.table(rows: 100, stream: "s"))
    #expect(other.inputs.reference == nil)
    let written = String(decoding: try JSONEncoder().encode(other.inputs), as: UTF8.self)
    #expect(!written.contains("reference"))
    let back = try JSONDecoder().decode(
      InputRecords.self, from: try JSONEncoder().encode(document.inputs))
    #expect(back == document.inputs)
  }

  @Test(arguments: ["training", "holdout"])
  func `refuses one that holds rows of a side`(_ stream: String) throws {
    let own = simulator.table(rows: 120, stream: stream)
    let error = #expect(throws: EvaluationError.self) { try self.prepared(own.rows(0..<40)) }
    #expect(error?.code == .data)
    #expect(error?.problems.first?.contains("40 of its 40 rows") == true)
    #expect(error?.remedy?.contains("--reference") == true)
  }
}

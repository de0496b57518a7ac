import AssayDocument
import AssayEvaluation
import AssayTable
import Testing

/// Oracle: total variation distances that others published for these very files.
@Suite(
  .enabled(
    if: Places.hasSharedData,
    "the shared data are absent: published distances of Adult are not compared"))
struct `Parity cells` {
  private struct Published: Hashable {
    var generator: String
    var columns: Set<String>
  }

  private static func published() throws -> [Published: Double] {
    let table = try Places.table(Places.shared("adult/reference_2023_fidelity_k1_k2.csv.gz"))
    func texts(_ name: String) -> [String] {
      guard let column = table.columns.first(where: { $0.name == name }),
        case .coded(let values) = column.values
      else { return [] }
      return (0..<values.count).map { values[$0] ?? "" }
    }
    let first = texts("dim1")
    let second = texts("dim2")
    let generator = texts("synthesizer")
    guard case .numeric(let distances)? = table.columns.first(where: { $0.name == "tvd" })?.values
    else { return [:] }
    var found: [Published: Double] = [:]
    for row in 0..<table.rowCount {
      found[Published(generator: generator[row], columns: [first[row], second[row]])] =
        distances[row]
    }
    return found
  }

  @Test(arguments: [("synth_sdv_tvae", "tvae"), ("synth_synthpop", "synthpop")])
  func `meet the published distances of Adult`(file: String, generator: String) async throws {
    let published = try Self.published()
    let prepared = try PreparedEvaluation(
      training: Places.table(Places.shared("adult/real_train.csv")),
      holdout: Places.table(Places.shared("adult/real_holdout.csv")),
      options: EvaluationOptions(threads: 2, metrics: ["fidelity.parity-total-variation"]))
    let document = try await prepared.evaluate(
      synthetic: Places.table(Places.shared("adult/\(file).csv.gz")))
    var compared = 0
    for score in document.scores where !score.subject.columns.isEmpty {
      let columns = Set(score.subject.columns)
      let own = try #require(published[Published(generator: generator, columns: columns)])
      let holdout = try #require(published[Published(generator: "HOLDOUT", columns: columns)])
      #expect(abs(try #require(score.value) - own) <= 1e-12, "\(columns)")
      #expect(abs(try #require(score.reference) - holdout) <= 1e-12, "holdout, \(columns)")
      compared += 1
    }
    #expect(compared == 15 + 105)
  }
}

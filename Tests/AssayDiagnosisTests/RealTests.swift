import AssayDocument
import AssayTable
import Testing

@testable import AssayDiagnosis

/// Planted truth on a real table: what its stand-ins are known to lack.
@Suite struct `Stand-ins of a real table` {
  private func diagnoses(_ file: String) async throws -> [Diagnosis] {
    try await Evaluating.document(
      training: Evaluating.fixture("real_train"), synthetic: Evaluating.fixture(file),
      holdout: Evaluating.fixture("real_holdout")
    ).diagnoses
  }

  @Test(arguments: [
    ("real_fresh", [String]()), ("synth_shuffled", ["shuffled-columns"]),
    ("synth_leaky", ["copies"]), ("synth_cart", ["copies"]),
    (
      "synth_broken",
      [
        "wrong-unit", "clipped-tails", "missing-values", "invented-values", "broken-representation",
      ]
    ),
  ])
  func `are named by their faults`(_ file: String, _ expected: [String]) async throws {
    let found = try await diagnoses(file)
    for name in expected { #expect(found.map(\.id).contains(name), "\(found.map(\.id))") }
    if file == "real_fresh" { #expect(found.isEmpty, "\(found.map(\.id))") }
    if file == "synth_shuffled" { #expect(found.map(\.id) == ["shuffled-columns"]) }
    if file == "synth_broken" {
      func columns(_ id: String) -> [String] {
        found.first { $0.id == id }?.subject.columns ?? []
      }
      #expect(columns("wrong-unit") == ["kappa"])
      #expect(columns("clipped-tails") == ["lambda"])
      #expect(columns("missing-values") == ["creatinine"])
      #expect(columns("broken-representation") == ["age"])
      #expect(columns("invented-values").contains("sex"))
      #expect(found.contains { $0.id == "repeated-rows" || $0.id == "mode-collapse" })
    }
  }

  @Test func `generators are told by their names`() {
    let known: [(String, GeneratorFamily)] = [
      ("SDV CTGAN 0.9", .gan), ("TVAE", .vae), ("synthcity ddpm", .diffusion),
      ("synthpop CART", .autoregressive), ("GReaT (gpt2)", .llm), ("GaussianCopula", .copula),
      ("synthcity bayesian_network", .copula),
    ]
    for (name, family) in known { #expect(GeneratorFamily(named: name) == family, "\(name)") }
    #expect(GeneratorFamily(named: "our own") == nil)
  }
}

/// Tables of Adult that others made.
@Suite(
  .enabled(
    if: Evaluating.hasAdult, "the shared data are absent: generators of Adult are not diagnosed"))
struct `Generators of Adult` {
  @Test(arguments: [
    ("synth_sdv_tvae.csv.gz", ["smeared-peaks", "over-smoothing"]),
    ("synth_synthcity_ctgan.csv.gz", ["flattened-levels", "smeared-peaks"]),
    ("synth_flip30.csv.gz", ["mixed-values"]), ("ours_independent.csv.gz", ["shuffled-columns"]),
    ("ours_leaky_copy.csv.gz", ["copies"]),
    ("ours_mix_10train_90holdout.csv.gz", ["contaminated-holdout"]),
  ])
  func `are named sensibly`(_ file: String, _ expected: [String]) async throws {
    let document = try await Evaluating.document(
      training: Evaluating.adult("real_train.csv"), synthetic: Evaluating.adult(file),
      holdout: Evaluating.adult("real_holdout.csv"))
    for name in expected {
      #expect(
        document.diagnoses.contains { $0.id == name }, "\(document.diagnoses.map(\.id))")
    }
    #expect(!document.diagnoses.contains { $0.id == "no-known-pattern" })
  }
}

import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import Testing

/// Adult census with a holdout: the order of generators that published results and earlier
/// measurements of these very files agree on.
///
/// Without optimisation whole files take minutes. Fidelity therefore runs alone and on the first
/// 4,000 rows of each file, where the order is that of the whole files; the copy metrics see the
/// first 200 synthetic rows against all 48,842 real ones.
@Suite(.serialized, .enabled(if: SharedData.isThere, SharedData.absence))
struct SharedDataAdultTests {
  private func prepare(_ metrics: [String], rows: Int? = nil) throws -> PreparedEvaluation {
    try PreparedEvaluation(
      training: SharedData.read("adult/real_train.csv", rows: rows),
      holdout: SharedData.read("adult/real_holdout.csv", rows: rows),
      options: EvaluationOptions(preset: .quick, threads: 2, metrics: metrics))
  }

  @Test func `fidelity orders the generators as they are known to be`() async throws {
    let prepared = try prepare(
      ["fidelity.total-variation", "fidelity.cramers-v"], rows: 4_000)
    var marginal: [String: Double] = [:]
    var dependence: [String: Double] = [:]
    var score: [String: Double] = [:]
    for name in [
      "synth_synthpop", "synth_mostlyai", "synth_flip10", "synth_synthcity_ddpm", "synth_sdv_tvae",
      "synth_synthcity_bayesian_network", "synth_synthcity_ctgan", "synth_synthcity_nflow",
      "synth_flip90", "ours_independent",
    ] {
      let document = try await prepared.evaluate(
        synthetic: SharedData.read("adult/\(name).csv.gz", rows: 4_000))
      marginal[name] = document.fidelity("marginal", against: .holdout)
      dependence[name] = document.fidelity("dependence", against: .holdout)
      score[name] = document.fidelity(against: .holdout)
    }
    #expect(score.count == 10)
    let ranks = [
      ["synth_synthpop", "synth_mostlyai"],
      ["synth_flip10", "synth_synthcity_ddpm", "synth_sdv_tvae"],
      ["synth_synthcity_bayesian_network"], ["synth_synthcity_ctgan"], ["synth_synthcity_nflow"],
    ].map { $0.compactMap { score[$0] } }
    for (better, worse) in zip(ranks, ranks.dropFirst()) {
      let lowest = try #require(better.min())
      let highest = try #require(worse.max())
      #expect(lowest > highest)
    }
    for name in ["synth_flip90", "ours_independent"] {
      #expect(abs(try #require(dependence[name])) < 0.05)
      #expect(try #require(marginal[name]) > 0.95)
    }
  }

  @Test func `the leaky copy lies closest to training and flip10 has the most copies`() async throws
  {
    let prepared = try prepare([
      "privacy.exact-match", "privacy.distance-to-closest-record",
    ])
    var closer: [String: Double] = [:]
    var exact: [String: Double] = [:]
    for name in ["ours_leaky_copy", "synth_flip10", "synth_synthcity_ddpm"] {
      let document = try await prepared.evaluate(
        synthetic: SharedData.read("adult/\(name).csv.gz", rows: 200))
      closer[name] = document.value("privacy.distance-to-closest-record")
      exact[name] = document.value("privacy.exact-match", against: .training)
      // A generator that learned without copying is not accused.
      #expect(
        (document.answer(.leaks)?.mark == .bad) == (name != "synth_synthcity_ddpm"), "\(name)")
    }
    let leaky = try #require(closer["ours_leaky_copy"])
    #expect(leaky >= 0.95)
    #expect(closer.values.max() == leaky)
    #expect(exact.values.max() == exact["synth_flip10"])
  }
}

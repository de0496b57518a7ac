import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import AssayTestKit

/// What the verdict says of tables whose making is known.
enum KnownTables {
  /// One table.
  struct Row {
    var name: String
    var expected: String
    var answer: String
    var pValue: Double?
    var exposed: Double?
    var copies: Double?
    var closer: Double?
    var isAsKnown: Bool
  }

  private static let adult: [(file: String, leaks: Bool)] = [
    ("ours_leaky_copy", true), ("synth_flip10", true), ("synth_flip30", true),
    ("synth_synthpop", true), ("synth_synthcity_bayesian_network", true),
    ("synth_synthcity_ctgan", false), ("synth_sdv_tvae", false), ("synth_synthcity_nflow", false),
    ("synth_synthcity_ddpm", false), ("ours_independent", false),
  ]

  /// The tables of Adult against its holdout, and a tenth of leaked rows against the holdout rows that
  /// are not in it.
  static func rows(_ populations: Populations, threads: Int) async throws -> [Row] {
    guard let real = try populations.tables(["adult/real_train.csv", "adult/real_holdout.csv"])
    else { return [] }
    var found: [Row] = []
    let prepared = try PreparedEvaluation(
      training: real[0], holdout: real[1],
      options: EvaluationOptions(threads: threads, metrics: ["privacy.*"]))
    for (file, leaks) in adult {
      guard let table = try populations.tables(["adult/\(file).csv.gz"]) else { continue }
      let document = try await prepared.evaluate(synthetic: table[0])
      found.append(row(file, document, expected: leaks ? .bad : nil))
    }
    guard let mixed = try populations.tables(["adult/ours_mix_10train_90holdout.csv.gz"]) else {
      return found
    }
    let whole = try await prepared.evaluate(synthetic: mixed[0])
    found.append(row("ours_mix_10train_90holdout, whole holdout", whole, expected: .undecided))
    let rest = StudyPopulation.rows(of: real[1], notIn: mixed[0])
    let unseen = try PreparedEvaluation(
      training: real[0], holdout: rest,
      options: EvaluationOptions(threads: threads, metrics: ["privacy.*"]))
    found.append(
      row(
        "ours_mix_10train_90holdout, \(rest.rowCount) rows that are not in it",
        try await unseen.evaluate(synthetic: mixed[0]), expected: .bad))
    return found
  }

  private static func row(
    _ name: String, _ document: EvaluationDocument, expected: Answer.Mark?
  ) -> Row {
    let answer = document.verdict.answers.first { $0.question == .leaks }
    func score(_ metric: MetricID, _ against: Against) -> Score? {
      document.scores.first {
        $0.metric == metric && $0.against == against && $0.subject.isTable
      }
    }
    let verdict = score("privacy.any-leak", .both)
    let expectedWord =
      switch expected {
      case .bad?: "a leak"
      case .undecided?: "undecided"
      default: "none"
      }
    let isAsKnown: Bool =
      switch expected {
      case .bad?: answer?.mark == .bad
      case .undecided?: answer?.mark == .undecided || answer?.mark == .bad
      default: answer?.mark != .bad
      }
    return Row(
      name: name, expected: expectedWord, answer: answer?.word ?? "–",
      pValue: verdict?.test?.pValue, exposed: verdict?.value,
      copies: score("privacy.exact-match", .training)?.value,
      closer: score("privacy.distance-to-closest-record", .both)?.value, isAsKnown: isAsKnown)
  }
}

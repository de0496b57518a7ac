import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import Foundation

// judge TRAINING HOLDOUT SYNTHETIC POLICY [METRIC ...]
let words = Array(CommandLine.arguments.dropFirst())
guard words.count >= 4 else {
  print("usage: judge TRAINING HOLDOUT SYNTHETIC POLICY [METRIC ...]")
  exit(64)
}

do {
  let catalog = MetricCatalog.standard.appending(MetricCatalog([RoundNumbers()]))
  let policy = try Policy(
    yaml: String(contentsOfFile: words[3], encoding: .utf8), file: words[3], catalog: catalog)
  var options = EvaluationOptions(metrics: Array(words[4...]), catalog: catalog)
  options.policy = policy
  let reader = TableReader()
  let prepared = try PreparedEvaluation(
    training: reader.read(path: words[0]), holdout: reader.read(path: words[1]),
    options: options)
  var document = try await prepared.evaluate(synthetic: reader.read(path: words[2]))
  for score in document.scores(of: "fidelity.round-numbers") where score.value != nil {
    print(score.against, score.subject.columns, score.value ?? 0)
  }
  let judgement = try PolicyJudge(policy: policy, document: document).judgement()
  document.verdict = judgement.verdict
  for requirement in judgement.verdict.requirements {
    print("\(requirement.id): \(requirement.status), \(requirement.why)")
  }
  try document.json().write(to: URL(filePath: "report.json"))
  switch judgement.consequence {
  case .failed: exit(1)
  case .undecided: exit(2)
  case .none, .warn: exit(0)
  }
} catch {
  print(error)
  exit(65)
}

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
  let options = EvaluationOptions(metrics: Array(words[4...]), catalog: catalog)
  let reader = TableReader()
  let prepared = try PreparedEvaluation(
    training: reader.read(path: words[0]), holdout: reader.read(path: words[1]),
    options: options)
  let document = try await prepared.evaluate(synthetic: reader.read(path: words[2]))
  for score in document.scores(of: "fidelity.round-numbers") where score.value != nil {
    print(score.against, score.subject.columns, score.value ?? 0)
  }
} catch {
  print(error)
  exit(65)
}

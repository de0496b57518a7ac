import AssayReport
import AssayDocument
import AssayTestKit

/// The outcome of a self-test as a table: a damage a row, a metric a column of marks.
enum SelfTestPage {
  static func text(_ checks: [SelfTest.Check], width: Int) -> String {
    var metrics: [MetricID] = []
    for check in checks where !metrics.contains(check.metric) { metrics.append(check.metric) }
    var table = TextTable()
    table.add(["metric", "sees", "blind to", "fresh rows", "copy"])
    for metric in metrics {
      let own = checks.filter { $0.metric == metric }
      table.add(
        [metric.rawValue]
          + ["sees", "blind to", "fresh sample", "copy is best"].map { claim in
            tally(own.filter { $0.claim == claim })
          })
    }
    var text = table.text(indent: "", width: max(width, 60))
    let violated = checks.filter { $0.outcome == .violated }
    for check in violated {
      let damage = check.damage.isEmpty ? "" : " \(check.damage)"
      text += VisibleText.line(
        "✗ \(check.metric.rawValue): '\(check.claim)\(damage)' does not hold: \(check.figures)")
      text += "\n"
    }
    let count = checks.count
    text +=
      violated.isEmpty
      ? "✓ all \(count) checks hold\n" : "✗ \(violated.count) of \(count) checks do not hold\n"
    return text
  }

  private static func tally(_ checks: [SelfTest.Check]) -> String {
    guard !checks.isEmpty else { return "–" }
    let holding = checks.count { $0.outcome == .holds }
    return holding == checks.count ? "✓ \(holding)" : "✗ \(holding) of \(checks.count)"
  }
}

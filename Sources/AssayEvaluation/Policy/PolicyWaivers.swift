import AssayDocument

/// Applies the waivers of a policy.
struct PolicyWaivers {
  let policy: Policy
  let day: PolicyDay?

  /// Notes the waiver of a row that has not passed, or that one has ended.
  func apply(to row: inout PolicyRow, requirement id: String) {
    guard row.verdict.status != .passed else { return }
    for waiver in policy.waivers where waiver.requirement == id {
      guard
        waiver.columns.isEmpty || Set(waiver.columns) == Set(row.verdict.subject.columns)
      else { continue }
      if let end = waiver.expires.flatMap(PolicyDay.init), let day, end < day {
        row.verdict.why += "; the waiver of \(waiver.owner) ended on \(end)"
        continue
      }
      row.isWaived = true
      row.verdict.waiver =
        "\(waiver.owner): \(waiver.reason)"
        + (waiver.expires.map { " (until \($0))" } ?? " (without end)")
      return
    }
  }
}

/// Judges what had to be measured.
struct PolicyCoverage {
  let policy: Policy
  let document: EvaluationDocument

  func rows() -> [PolicyRow] {
    policy.coverage.metrics.map(metric) + policy.coverage.dimensions.map(dimension)
  }

  private func metric(_ pattern: String) -> PolicyRow {
    let scores = document.scores.filter { PolicyMatching.matches($0.metric, pattern) }
    return row(
      pattern, scores, dimension: PolicyResolution.dimension(of: pattern), compared: pattern)
  }

  private func dimension(_ dimension: Dimension) -> PolicyRow {
    row(
      dimension.rawValue, document.scores.filter { $0.dimension == dimension },
      dimension: dimension, compared: "the dimension \(dimension.rawValue)")
  }

  private func row(
    _ name: String, _ scores: [Score], dimension: Dimension, compared: String
  ) -> PolicyRow {
    let measured = scores.count { $0.status == .measured }
    let failed = scores.count { $0.status == .failed }
    let holds = measured > 0 && failed == 0
    let why: String
    if holds {
      why = measured == 1 ? "1 score was measured" : "\(measured) scores were measured"
    } else if failed > 0 {
      why = failed == 1 ? "1 score failed" : "\(failed) scores failed"
    } else if let reason = scores.lazy.compactMap(\.reason).first {
      why = "not measured: \(reason)"
    } else {
      why = "not measured: it was not run"
    }
    return PolicyRow(
      verdict: Verdict.Requirement(
        id: "coverage/\(name)", status: holds ? .passed : .failed,
        severity: PolicySeverity.blocking.rawValue, subject: .table,
        compared: "\(compared) must have been measured", bound: Double(measured), margin: 1,
        why: why),
      dimension: dimension)
  }
}

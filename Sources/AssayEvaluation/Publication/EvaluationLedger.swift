package import AssayDocument

/// Counts the reports that were made from the same real rows.
///
/// Every report tells a little of the real rows, and many tell more together than each by itself; and the
/// best of many tables looks better than it is. A report that repeats an earlier one, with the same
/// synthetic rows and the same plan, tells nothing new and is not counted.
package struct EvaluationLedger {
  private let earlier: [EvaluationDocument]

  /// - Parameter earlier: The reports that were kept.
  package init(_ earlier: [EvaluationDocument]) { self.earlier = earlier }

  /// The number of a report among all that were made from its training rows, from 1; `nil` where a
  /// digest of them is not known.
  package func number(of document: EvaluationDocument) -> Int? {
    guard !document.inputs.training.sha256.isEmpty else { return nil }
    var others = Set(
      earlier.filter { $0.inputs.training.sha256 == document.inputs.training.sha256 }
        .map(Self.question))
    others.remove(Self.question(document))
    return others.count + 1
  }

  /// What was asked of the real rows.
  private static func question(_ document: EvaluationDocument) -> [String] {
    [document.plan.hash]
      + (document.draws?.inputs ?? [document.inputs.synthetic]).map(\.sha256)
  }
}

extension EvaluationDocument {
  /// Writes down the number of the report, and says what it means where it is not the first.
  package mutating func note(evaluation number: Int) {
    inputs.evaluation = number
    guard number > 1 else { return }
    findings.append(
      Finding(
        id: "repeated-reports-\(PlanFreezing.sha256("repeated-reports").prefix(8))",
        severity: .notice, dimension: .privacy, subject: .table,
        sentence:
          "this is report number \(number) on these real rows: what reports tell adds up, and the "
          + "best of many tables looks better than it is",
        evidence: ["reports": .integer(number)],
        remedy: "publish no more reports than are needed, and judge the table that was chosen on a "
          + "holdout that played no part in choosing"))
  }
}

import AssayDocument
import AssayTable

/// Says of every declared difference whether the synthetic rows have it.
struct IntendedFindings {
  let intended: IntendedRows
  let schema: TableSchema
  let scores: [Score]

  /// The columns whose distribution differs on purpose.
  var columns: Set<String> {
    Set((intended.targets.map(\.column) + intended.filters.map(\.column)).map(name))
  }

  private func name(_ column: Int) -> String { schema.columns[column].name }

  /// A sentence for each declared column, then one on what the real rows are worth.
  var sentences: [FindingDraft] {
    intended.filters.map { sentence(name($0.column), isFilter: true) }
      + intended.targets.map { sentence(name($0.column), isFilter: false) } + [worth]
  }

  private func sentence(_ column: String, isFilter: Bool) -> FindingDraft {
    let own = scores.filter {
      $0.metric == "diagnostics.declared-difference" && $0.subject.columns == [column]
        && ($0.subject.segment == "outside the filter") == isFilter
    }
    let broken = own.filter { $0.details["holds"]?.booleanValue == false }
    if let reason = own.first(where: { $0.value == nil })?.reason {
      return FindingDraft(
        code: "intended-unfit", severity: .error, columns: [column],
        sentence: "was to differ on purpose and cannot be compared: \(reason)")
    }
    let shown = broken.isEmpty ? own : broken
    let parts = shown.sorted {
      ($0.value ?? 0, $1.subject.segment ?? "") > ($1.value ?? 0, $0.subject.segment ?? "")
    }.prefix(3).map(Self.words).joined(separator: "; ")
    let more = shown.count > 3 ? "; and \(shown.count - 3) more" : ""
    let isShown = own.allSatisfy { $0.details["shown"]?.booleanValue == true }
    let start =
      !broken.isEmpty
      ? "does not differ as declared: "
      : isShown
        ? "differs on purpose, as declared: "
        : "differs on purpose; these rows cannot tell whether by as much as declared: "
    return FindingDraft(
      code: isFilter ? "intended-filter" : "intended-shares",
      severity: broken.isEmpty ? .notice : .warning, columns: [column],
      sentence: start + parts + more,
      evidence: ["largest": .finite(own.compactMap(\.value).max() ?? 0)],
      remedy: broken.isEmpty ? nil : "sample to the declared shares, or change the declaration")
  }

  private static func words(_ score: Score) -> String {
    let found = FindingCollection.percent(score.details["synthetic"]?.doubleValue ?? 0)
    let declared = FindingCollection.percent(score.details["declared"]?.doubleValue ?? 0)
    return "\(score.subject.segment ?? "") in \(found) of the rows, declared \(declared)"
  }

  private var worth: FindingDraft {
    let effective = intended.effectiveRows[.training] ?? 0
    return FindingDraft(
      code: "intended-rows", severity: .notice, columns: [],
      sentence:
        "the real rows are reweighted to the declared differences; weighed so, the rows of the "
        + "real table are worth \(Int(effective.rounded()))",
      evidence: ["effectiveRows": .integer(Int(effective.rounded()))])
  }
}

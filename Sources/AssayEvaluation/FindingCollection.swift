import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Puts what was measured into sentences that a person can act on, gravest first.
struct FindingCollection {
  let comparison: Comparison
  let outcome: MetricRun.Outcome
  let dimensions: [DimensionScore]
  let plan: EvaluationPlan
  /// Statements of the owner.
  var about = About()

  /// Columns and pairs that get a sentence, at most.
  private static let places = 20

  func findings() -> [Finding] {
    let all =
      form + checks + intended + copies + attacks + distributions + joint + segments + groups
      + UtilityFindings(outcome.scores).map { finding($0, .utility) }
    return all.enumerated().sorted {
      ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset)
    }.map(\.element)
  }

  /// The pairs of columns that findings on distributions and segments name, gravest first; they follow
  /// from scores alone.
  var namedPairs: [[String]] { (distributions + segments).flatMap(\.namedPairs) }

  /// A finding; `part` tells those of one code and the same columns apart.
  func finding(
    _ code: String, _ severity: Finding.Severity, _ dimension: Dimension, _ columns: [String],
    _ sentence: String, evidence: [String: DetailValue] = [:], remedy: String? = nil,
    key part: String? = nil
  ) -> Finding {
    let key = ([code, dimension.rawValue] + columns + (part.map { [$0] } ?? []))
      .joined(separator: "\u{1F}")
    return Finding(
      id: "\(code)-\(PlanFreezing.sha256(key).prefix(8))", severity: severity,
      dimension: dimension, subject: Subject(columns: columns), sentence: sentence,
      evidence: evidence, remedy: remedy)
  }

  /// A finding of a draft.
  private func finding(_ draft: FindingDraft, _ dimension: Dimension) -> Finding {
    finding(
      draft.code, draft.severity, dimension, draft.columns, draft.sentence,
      evidence: draft.evidence, remedy: draft.remedy)
  }

  /// Differences that are on purpose.
  private var intended: [Finding] {
    (onPurpose?.sentences ?? []).map { finding($0, .diagnostics) }
  }

  private var onPurpose: IntendedFindings? {
    comparison.real.intended.map {
      IntendedFindings(intended: $0, schema: comparison.schema, scores: outcome.scores)
    }
  }

  /// Differences in form.
  private var form: [Finding] {
    comparison.disagreements.map { disagreement in
      let severity: Finding.Severity
      switch disagreement.code {
      case .missingColumn, .unfitColumn, .emptyColumn: severity = .error
      case .unreadableCells, .fractions, .openDateOrder: severity = .warning
      case .extraColumn: severity = disagreement.role == .synthetic ? .warning : .notice
      default: severity = .notice
      }
      return finding(
        disagreement.code.rawValue, severity, .diagnostics, disagreement.columns,
        "\(disagreement.sentence): \(disagreement.consequence)",
        evidence: ["role": .string(disagreement.role.rawValue)])
    }
  }

  /// Hard checks that do not hold.
  private var checks: [Finding] {
    outcome.scores.compactMap { score in
      guard score.dimension == .diagnostics, !score.subject.isTable, let value = score.value,
        score.details["holds"]?.booleanValue == false
      else { return nil }
      let name = comparison.schema.columns.first { $0.name == score.subject.columns.first }?.name
      let words: String
      switch score.metric.rawValue {
      case "diagnostics.boundary-adherence":
        words = "\(Self.percent(1 - value)) of the values lie outside the real range"
      case "diagnostics.category-adherence":
        words = "\(Self.percent(1 - value)) of the rows have a level that no real row has"
      case "diagnostics.missing-rate":
        words = missingWords(column: score.subject.columns.first, difference: value)
      case "diagnostics.key-uniqueness":
        words = "\(Self.percent(1 - value)) of the keys are missing or repeated"
      default:
        return nil
      }
      guard score.against != .holdout || name == nil else { return nil }
      return finding(
        score.metric.rawValue, .warning, .diagnostics, score.subject.columns, words,
        evidence: ["value": .finite(value)])
    }
  }

  private func missingWords(column: String?, difference: Double) -> String {
    guard let position = comparison.schema.columns.firstIndex(where: { $0.name == column }),
      let profile = outcome.profiles[position], let synthetic = profile.synthetic.last
    else {
      return "missing in \(Self.percent(difference)) more or fewer rows than in the real data"
    }
    let real = profile.holdout?.last ?? profile.training.last ?? 0
    return "missing in \(Self.percent(synthetic)) of the rows, \(Self.percent(real)) in real"
  }

  /// Copies, and scores that no fresh sample reaches.
  private var copies: [Finding] {
    var found = LeakScreening(outcome.scores).alarms.map { sentence in
      finding(
        "copies", .error, .privacy, [], sentence,
        remedy: "look for overfitting or for training rows in the output; drop rows that repeat "
          + "a training row only after the cause is found, since filtering leaks too")
    }
    for index in found.indices.dropFirst() { found[index].id += "-\(index)" }
    if let exact = outcome.scores.first(where: {
      $0.metric == "privacy.exact-match" && $0.subject.isTable && $0.against == .holdout
    }), exact.details["contaminated"]?.booleanValue == true, let value = exact.value {
      found.append(
        finding(
          "contaminated-holdout", .error, .privacy, [],
          "\(Self.percent(value)) of the synthetic rows repeat holdout rows: the holdout is "
            + "contaminated",
          evidence: ["contaminated": true],
          remedy: "judge with holdout rows that the generator cannot have seen"))
    }
    let drift = HoldoutDrift(outcome.scores)
    if let worst = drift.columns.first {
      found.append(
        finding(
          "shifted-holdout", .error, .fidelity, drift.columns.map(\.name),
          "the holdout was not drawn as the training rows were: \(drift.words) "
            + (drift.columns.count == 1 ? "differs" : "differ")
            + "; no comparison with it is fair to the synthetic rows",
          evidence: ["shifted": true, "value": .finite(worst.distance)],
          remedy: "set holdout rows aside at random ('assay split REAL'), or leave --holdout out"))
    }
    if let fidelity = dimensions.first(where: { $0.id == .fidelity }) {
      for member in fidelity.members where member.against == .training {
        guard let score = member.score, let floor = member.floor, let base = member.baseline else {
          continue
        }
        let spread = floor.spread / abs(base.value - floor.value)
        if score > 1 + 2 * spread, score > 1.005 {
          found.append(
            finding(
              "closer-than-fresh-\(member.facet)", .warning, .privacy, [],
              "\(FirstLook.facetName(member.facet)) are closer to training than a fresh real "
                + "sample would be: a sign of copying",
              evidence: ["score": .finite(score)]))
        }
      }
    }
    return found
  }

  /// Attacks that see more of training than of holdout records, and a claim that they refute.
  private var attacks: [Finding] {
    AttackFindings(outcome.scores).map { finding($0, .privacy) } + claim
  }

  /// What the attacks make of a claim of differential privacy.
  private var claim: [Finding] {
    do throws(NumericsError) {
      guard
        let claim = try ClaimFinding(
          about["dpClaim"], scores: outcome.scores, level: FirstLook.copyLevel)
      else { return [] }
      return [
        finding(
          "privacy-claim", claim.isRefuted ? .error : .notice, .privacy, [], claim.sentence,
          evidence: claim.evidence,
          remedy: claim.isRefuted
            ? "look for the fault: records counted twice, clipping left out, a budget spent elsewhere; "
              + "'assay canary' makes the proof independent of this split" : nil)
      ]
    } catch {
      return [
        finding(
          "privacy-claim", .notice, .privacy, [],
          "the claim of differential privacy could not be held against the attacks: \(error.message)"
        )
      ]
    }
  }

  /// What gives whole rows away.
  private var joint: [Finding] {
    let against: Against = comparison.real.holdout == nil ? .training : .holdout
    return JointFinding(outcome.scores, against: against).map {
      [
        finding(
          "told-apart", .warning, .fidelity, $0.columns, $0.sentence, evidence: $0.evidence,
          remedy: $0.remedy)
      ]
    } ?? []
  }

  /// Parts of the rows that differ by more than the rows around them.
  private var segments: [Finding] {
    guard HoldoutDrift(outcome.scores).columns.isEmpty else { return [] }
    return SegmentFindings(outcome.scores).sentences.map {
      var made = finding(
        "segment", .warning, .fidelity, $0.columns, $0.text, evidence: $0.evidence,
        remedy: "look at the real rows of this part: are there few, or do they follow a rule?",
        key: $0.segment)
      made.subject.segment = $0.segment
      return made
    }
  }

  /// The columns and pairs that are furthest from a fresh real sample.
  private var distributions: [Finding] {
    let against: Against = comparison.real.holdout == nil ? .training : .holdout
    var places: [(excess: Double, finding: Finding)] = []
    let declared = onPurpose?.columns ?? []
    for score in outcome.scores
    where score.metric == "fidelity.total-variation" && score.against == against {
      guard let value = score.value, let floor = score.floor, let lower = score.bounds?.lower,
        let column = score.subject.columns.first, lower > 0.02, !declared.contains(column)
      else { continue }
      places.append(
        (
          value - floor.value,
          finding(
            "distribution", .warning, .fidelity, [column], words(column: column),
            evidence: ["value": .finite(value), "freshSample": .finite(floor.value)])
        ))
    }
    let joint = Dictionary(
      outcome.scores.filter {
        $0.metric == "fidelity.contingency" && $0.against == against && !$0.subject.isTable
      }.map { ($0.subject.columns, $0) }, uniquingKeysWith: { first, _ in first })
    for score in outcome.scores
    where score.metric == "fidelity.cramers-v" && score.against == against {
      guard let value = score.value, let floor = score.floor, let lower = score.bounds?.lower,
        !score.subject.isTable, lower > 0.05
      else { continue }
      places.append(
        (
          value - floor.value,
          finding(
            "relation", .warning, .fidelity, score.subject.columns,
            words(pair: score, cells: joint[score.subject.columns]),
            evidence: [
              "value": .finite(value), "real": score.details["real"] ?? .null,
              "synthetic": score.details["synthetic"] ?? .null,
            ])
        ))
    }
    return places.enumerated().sorted {
      ($0.element.excess, $1.offset) > ($1.element.excess, $0.offset)
    }.prefix(Self.places).map(\.element.finding)
  }

  private func words(column: String) -> String {
    guard let position = comparison.schema.columns.firstIndex(where: { $0.name == column }),
      let profile = outcome.profiles[position]
    else { return "the distribution differs from the real one" }
    let real = profile.holdout ?? profile.training
    let gaps = profile.cells.indices.map { abs(profile.synthetic[$0] - real[$0]) }
    guard let cell = gaps.indices.max(by: { (gaps[$0], $1) < (gaps[$1], $0) }) else {
      return "the distribution differs from the real one"
    }
    return "\(profile.cells[cell].label) in \(Self.percent(profile.synthetic[cell])) of the rows, "
      + "real \(Self.percent(real[cell]))"
  }

  private func words(pair: Score, cells: Score?) -> String {
    let real = pair.details["real"]?.doubleValue ?? 0
    let synthetic = pair.details["synthetic"]?.doubleValue ?? 0
    var sentence =
      "association \(Self.hundredths(synthetic)), real \(Self.hundredths(real))"
    if case .array(let list)? = cells?.details["cells"], case .object(let cell)? = list.first,
      let first = cell["first"]?.stringValue, let second = cell["second"]?.stringValue,
      let a = cell["real"]?.doubleValue, let b = cell["synthetic"]?.doubleValue
    {
      sentence +=
        "; \(first) with \(second) in \(Self.percent(b)) of the rows, "
        + (a == 0 ? "never in real" : "real \(Self.percent(a))")
    }
    return sentence
  }

  static func percent(_ share: Double) -> String {
    let value = share * 100
    if value > 0, value < 0.1 { return "under 0.1 %" }
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths)) %" : "\(tenths) %"
  }

  static func hundredths(_ value: Double) -> String {
    let scaled = Int((abs(value) * 100).rounded())
    let rest = scaled % 100
    return "\(value < 0 ? "−" : "")\(scaled / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}

public import AssayDocument

/// Renders a document as SARIF 2.1.0: requirements that did not pass, then findings, at the lines of
/// the policy.
///
/// A requirement that stops the run is an `error`, one that warns a `warning`; what somebody waived is
/// there with its suppression. At most 1,000 results are listed, and a notification says how many
/// are not.
public struct SARIFRenderer: DocumentRenderer {
  /// The name of the file in a report's folder.
  public var fileName: String { "assay.sarif" }
  /// Where the policy is written down.
  public var place: PolicyPlace
  /// The most results.
  static let limit = 1_000

  /// Makes a renderer.
  public init(place: PolicyPlace = .document) { self.place = place }

  /// Renders a document as JSON.
  ///
  /// - Complexity: O(n) in the number of requirements and findings.
  public func render(_ document: EvaluationDocument) -> [UInt8] {
    PipelineJSON.bytes(log(document))
  }

  func log(_ document: EvaluationDocument) -> SARIFLog {
    let remarks = Remark.all(document, place)
    let listed = remarks.prefix(Self.limit)
    var rules: [SARIFLog.Rule] = []
    var places: [String: Int] = [:]
    for remark in listed where places[remark.rule] == nil {
      places[remark.rule] = rules.count
      rules.append(
        .init(
          id: PipelineJSON.text(remark.rule),
          shortDescription: .init(text: Self.plain(remark.ruleText)),
          defaultConfiguration: .init(level: remark.level.rawValue)))
    }
    var notifications: [SARIFLog.Notification] = []
    if remarks.count > listed.count {
      notifications.append(
        .init(
          level: "note",
          message: .init(
            text: "\(remarks.count - listed.count) more results are in the report")))
    }
    let broken = document.scores.count { $0.status == .failed }
    if broken > 0 {
      notifications.append(
        .init(level: "error", message: .init(text: "\(broken) scores failed")))
    }
    return SARIFLog(runs: [
      .init(
        tool: .init(
          driver: .init(
            name: "assay", version: PipelineJSON.text(document.tool.version), rules: rules)),
        automationDetails: .init(
          id: "assay/\(PipelineJSON.text(document.verdict.policy.name))/"),
        invocations: [
          .init(executionSuccessful: broken == 0, toolExecutionNotifications: notifications)
        ],
        results: listed.map { result($0, index: places[$0.rule] ?? 0) })
    ])
  }

  /// A message in which nothing is a link: SARIF reads `[text](target)` in plain texts too.
  static func plain(_ text: String) -> String {
    PipelineJSON.text(text).replacing("](", with: "] (")
  }

  private func result(_ remark: Remark, index: Int) -> SARIFLog.Result {
    let columns = remark.subject.columns.prefix(8).map {
      SARIFLog.LogicalLocation(name: PipelineJSON.text($0), kind: "column")
    }
    return .init(
      ruleId: PipelineJSON.text(remark.rule), ruleIndex: index, level: remark.level.rawValue,
      message: .init(text: Self.plain(remark.message)),
      locations: [
        .init(
          physicalLocation: .init(
            artifactLocation: .init(
              uri: place.isAbsolute ? "file://" + place.reference : place.reference,
              uriBaseId: place.isAbsolute ? nil : "%SRCROOT%"),
            region: .init(startLine: remark.line)),
          logicalLocations: columns.isEmpty ? nil : Array(columns))
      ],
      partialFingerprints: ["assay/v1": remark.fingerprint],
      suppressions: remark.waiver.map { [.init(justification: PipelineJSON.text($0))] })
  }
}

extension PolicyPlace {
  /// Whether the file lies outside of the folder of the run.
  var isAbsolute: Bool { file.hasPrefix("/") }
}

package import AssayDocument

/// The lines by which a pipeline's own system is told of a requirement.
package struct Annotations: Sendable {
  /// Whose commands the lines are.
  package enum System: Sendable { case github, plain }

  /// How loud a line is.
  package enum Loudness: Sendable { case warning, error }

  private let system: System
  private let place: PolicyPlace

  /// Makes a writer of lines.
  package init(_ system: System, place: PolicyPlace = .document) {
    self.system = system
    self.place = place
  }

  /// The line for a requirement; `nil` where the summary says it already.
  package func line(
    _ requirement: Verdict.Requirement, policy: String, _ loudness: Loudness
  ) -> String? {
    let state = requirement.waiver.map { "\(requirement.status.rawValue), waived by \($0)" }
    let text =
      "policy \(policy): \(requirement.id) \(state ?? requirement.status.rawValue): "
      + requirement.why
    switch (system, loudness) {
    case (.github, _):
      let word = loudness == .error ? "error" : "warning"
      // A policy without a file has no line to point at.
      let file =
        place.lines.isEmpty
        ? ""
        : "file=\(Self.property(place.file)),line=\(place.line(requirement.id)),"
      let title = Self.property(PipelineJSON.text("assay: \(requirement.id)", limit: 120))
      return "::\(word) \(file)title=\(title)::" + Self.data(text)
    case (.plain, .warning): return "assay: warning: " + VisibleText.line(text)
    case (.plain, .error): return nil
    }
  }

  /// A text in a workflow command, where a percent sign and line ends have a meaning.
  static func data(_ text: String) -> String {
    VisibleText.line(text).replacing("%", with: "%25")
      .replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  /// A property of a workflow command, where colons and commas have one too.
  static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}

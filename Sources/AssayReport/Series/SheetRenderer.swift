public import AssayDocument

/// Renders what is said of several documents together: a page, a summary, lines for a terminal.
public struct SheetRenderer: Sendable {
  private let make: @Sendable () -> Sheet

  /// Several candidates beside each other.
  public init(_ comparison: CandidateComparison) { make = { Sheet(comparison) } }

  /// What changed from one document to another.
  public init(_ change: ReleaseChange) { make = { Sheet(change) } }

  /// Scores over releases.
  public init(_ trend: ReleaseTrend) { make = { Sheet(trend) } }

  /// One self-contained HTML page.
  public func html() -> [UInt8] { SheetPage(sheet: make()).bytes() }

  /// Markdown that fits a pull-request comment.
  public func markdown() -> [UInt8] { SheetText(sheet: make()).markdown() }

  /// Lines of text, each ending in a newline.
  public func text(_ style: TerminalStyle = TerminalStyle()) -> String {
    SheetText(sheet: make()).terminal(style)
  }
}

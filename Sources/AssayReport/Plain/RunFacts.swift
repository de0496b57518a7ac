/// What a run knows and a document does not: the terminal shows it, no file holds it.
public struct RunFacts: Sendable, Hashable {
  /// Wall-clock seconds.
  public var seconds: Double?
  /// The most memory that was held, in bytes.
  public var peakBytes: Int?
  /// The folder that was written to, ending in a slash.
  public var folder: String?
  /// The files that were written, by name.
  public var written: [String]
  /// Commands that a reader may want next.
  public var next: [String]
  /// The exit status.
  public var exitStatus: Int
  /// The exit status in a word.
  public var exitWord: String

  /// Makes a set of facts.
  public init(
    seconds: Double? = nil, peakBytes: Int? = nil, folder: String? = nil, written: [String] = [],
    next: [String] = [], exitStatus: Int = 0, exitWord: String = "evaluated"
  ) {
    self.seconds = seconds
    self.peakBytes = peakBytes
    self.folder = folder
    self.written = written
    self.next = next
    self.exitStatus = exitStatus
    self.exitWord = exitWord
  }
}

/// What a terminal can show.
public struct TerminalStyle: Sendable, Hashable {
  /// The number of cells in a line; kept between 60 and 120.
  public var width: Int
  /// Whether colours are wanted.
  public var usesColour: Bool
  /// Whether characters beyond ASCII are shown.
  public var usesUnicode: Bool

  /// Makes a style.
  public init(width: Int = 100, usesColour: Bool = false, usesUnicode: Bool = true) {
    self.width = min(120, max(60, width))
    self.usesColour = usesColour
    self.usesUnicode = usesUnicode
  }
}

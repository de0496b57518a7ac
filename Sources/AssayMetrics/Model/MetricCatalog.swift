public import AssayDocument

/// The metrics that an evaluation can run, in the order of the report.
public struct MetricCatalog: Sendable {
  /// The metrics.
  public private(set) var metrics: [any Metric]

  /// Makes a catalogue.
  public init(_ metrics: [any Metric]) { self.metrics = metrics }

  /// What the metrics are.
  public var descriptors: [MetricDescriptor] { metrics.map(\.descriptor) }

  /// The metrics that match any of the patterns, in catalogue order.
  ///
  /// A pattern is an identifier, a dimension, or either with `*` for any letters.
  public func matching(_ patterns: [String]) -> MetricCatalog {
    MetricCatalog(
      metrics.filter { metric in
        patterns.contains { Self.matches(metric.descriptor.id.rawValue, pattern: $0) }
      })
  }

  /// Whether a metric's name matches a pattern.
  public static func matches(_ id: String, pattern: String) -> Bool {
    if id == pattern || id.hasPrefix(pattern + ".") { return true }
    if let dot = id.firstIndex(of: "."), id[id.index(after: dot)...] == pattern { return true }
    guard pattern.contains("*") else { return false }
    return glob(Array(id.utf8)[...], Array(pattern.utf8)[...])
  }

  private static func glob(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == UInt8(ascii: "*") {
      let rest = pattern.dropFirst()
      for cut in text.startIndex...text.endIndex where glob(text[cut...], rest) { return true }
      return false
    }
    guard let letter = text.first, letter == first else { return false }
    return glob(text.dropFirst(), pattern.dropFirst())
  }
}

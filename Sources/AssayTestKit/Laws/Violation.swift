public import AssayDocument
import Foundation

/// A law that a metric breaks, with what is needed to see it.
public struct Violation: Sendable, Hashable, CustomStringConvertible {
  /// The law.
  public var law: String
  /// The metric.
  public var metric: MetricID
  /// What happened, on which data.
  public var trace: String

  /// Makes a violation.
  public init(_ law: String, _ metric: MetricID, _ trace: String) {
    self.law = law
    self.metric = metric
    self.trace = trace
  }

  /// Metric, law and trace in one line.
  public var description: String { "\(metric) breaks '\(law)': \(trace)" }
}

extension Score.Key {
  /// The key in words.
  var words: String {
    let columns = subject.columns.isEmpty ? "table" : subject.columns.joined(separator: " × ")
    let rest = parameters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(
      separator: ", ")
    return "\(columns) against \(against.rawValue)\(rest.isEmpty ? "" : " (\(rest))")"
  }

  /// The key without an order of columns.
  var unordered: Score.Key {
    var copy = self
    copy.subject.columns.sort()
    // Conditions of a part of the rows are said in the order of their columns.
    copy.subject.segment = copy.subject.segment.map {
      $0.components(separatedBy: " and ").sorted().joined(separator: " and ")
    }
    return copy
  }
}

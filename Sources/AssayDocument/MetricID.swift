/// The stable name of a metric in the catalogue, such as `fidelity.kolmogorov-smirnov`.
public struct MetricID: Sendable, Hashable, Comparable, RawRepresentable,
  ExpressibleByStringLiteral, CustomStringConvertible
{
  /// The name as it is written in documents and policies.
  public var rawValue: String

  /// Makes an identifier from its written form.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Makes an identifier from a literal.
  public init(stringLiteral value: String) { self.rawValue = value }

  /// The written form.
  public var description: String { rawValue }

  /// Orders identifiers by their written form.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension MetricID: Codable {
  /// Reads the identifier from a single string.
  public init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(String.self)
  }

  /// Writes the identifier as a single string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// A member that is written as `null` where it has no value, rather than left out.
///
/// A document then shows every member that its version knows, whether or not a later version of
/// the program is what fills it. A member that is absent reads as `nil`, and a value with a number
/// that JSON cannot hold (infinite or not a number) is written as `null` too.
@propertyWrapper
public struct Nullable<Value: Sendable & Hashable & Codable>: Sendable, Hashable {
  /// The value, where there is one.
  public var wrappedValue: Value?

  /// Makes a member.
  public init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }
}

extension Nullable: Codable {
  /// Reads a value, or `null`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
  }

  /// Writes the value, or `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue, (wrappedValue as? any HoldsNumbers)?.isFinite ?? true {
      try container.encode(wrappedValue)
    } else {
      try container.encodeNil()
    }
  }
}

extension KeyedDecodingContainer {
  /// What synthesised conformances call: reads a member that may be absent.
  func decode<Value>(_ type: Nullable<Value>.Type, forKey key: Key) throws -> Nullable<Value> {
    Nullable(wrappedValue: try decodeIfPresent(Value.self, forKey: key))
  }
}

/// A value that JSON can hold only where its numbers are finite.
protocol HoldsNumbers {
  /// Whether every number that must be there is finite.
  var isFinite: Bool { get }
}

extension Double: HoldsNumbers {}

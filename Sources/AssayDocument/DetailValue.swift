/// A value of a score's `details`, `parameters` or a finding's `evidence`: any JSON value.
///
/// JSON has one kind of number, and so a whole `number` and the same `integer` are equal and are
/// written alike. A number that is not finite is written as `null`.
public enum DetailValue: Sendable {
  /// A finite number.
  case number(Double)
  /// A whole number.
  case integer(Int)
  /// A text.
  case string(String)
  /// A truth value.
  case boolean(Bool)
  /// A list.
  case array([DetailValue])
  /// A group of named values.
  case object([String: DetailValue])
  /// Nothing.
  case null

  /// A number, or `null` where the value is not finite (JSON has no word for it).
  public static func finite(_ value: Double) -> DetailValue {
    value.isFinite ? .number(value) : .null
  }

  /// A list of numbers, each `null` where it is not finite.
  public static func numbers(_ values: [Double]) -> DetailValue { .array(values.map(finite)) }

  /// A list of texts.
  public static func strings(_ values: [String]) -> DetailValue { .array(values.map(string)) }

  /// The number that this value holds, whole or not.
  public var doubleValue: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// The text that this value holds.
  public var stringValue: String? { if case .string(let text) = self { text } else { nil } }

  /// The list that this value holds.
  public var arrayValue: [DetailValue]? { if case .array(let list) = self { list } else { nil } }

  /// The truth value that this value holds.
  public var booleanValue: Bool? { if case .boolean(let truth) = self { truth } else { nil } }
}

extension DetailValue: Hashable {
  /// Whether two values are the same in JSON.
  public static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.number(let a), .number(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.number(let a), .integer(let b)), (.integer(let b), .number(let a)):
      Int(exactly: a) == b
    case (.string(let a), .string(let b)): a == b
    case (.boolean(let a), .boolean(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    case (.null, .null): true
    default: false
    }
  }

  /// Feeds the value to the hasher; equal numbers feed it alike.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .number(let value):
      if let whole = Int(exactly: value) { hasher.combine(whole) } else { hasher.combine(value) }
    case .integer(let value): hasher.combine(value)
    case .string(let value): hasher.combine(value)
    case .boolean(let value): hasher.combine(value)
    case .array(let value): hasher.combine(value)
    case .object(let value): hasher.combine(value)
    case .null: hasher.combine(0 as UInt8)
    }
  }
}

extension DetailValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral
{
  /// Makes a text from a literal.
  public init(stringLiteral value: String) { self = .string(value) }

  /// Makes a whole number from a literal.
  public init(integerLiteral value: Int) { self = .integer(value) }

  /// Makes a truth value from a literal.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension DetailValue: Codable {
  /// Reads any JSON value.
  ///
  /// A kind that is tried in vain costs more than one that is read: the commonest are tried first.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let number = try? container.decode(Double.self) {
      // Whole numbers are read as such: not all beyond 2⁵³ are doubles.
      if number == number.rounded(), let whole = try? container.decode(Int.self) {
        self = .integer(whole)
      } else {
        self = .number(number)
      }
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if let members = try? container.decode([String: DetailValue].self) {
      self = .object(members)
    } else if let list = try? container.decode([DetailValue].self) {
      self = .array(list)
    } else {
      self = .boolean(try container.decode(Bool.self))
    }
  }

  /// Writes the value as plain JSON.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let value):
      // Whole numbers have one spelling, whichever case holds them: `1e+18` would read back as an
      // integer and be written anew with other bytes.
      if let whole = Int(exactly: value) {
        try container.encode(whole)
      } else if value.isFinite {
        try container.encode(value)
      } else {
        try container.encodeNil()
      }
    case .integer(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .boolean(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    case .null: try container.encodeNil()
    }
  }
}

/// What the values of a column mean, which decides how they are compared.
public enum ColumnKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// Whole numbers.
  case integer
  /// Numbers.
  case real
  /// Two states.
  case boolean
  /// Names without an order.
  case category
  /// Names with a given order.
  case ordinal
  /// Points in time.
  case datetime
  /// Names of rows or of other things, each its own: no distribution to compare.
  case identifier
  /// Free text.
  case text

  /// Whether values are points on a line.
  public var isNumeric: Bool { self == .integer || self == .real || self == .datetime }

  /// Whether values are levels of a list.
  public var isNominal: Bool { self == .boolean || self == .category || self == .ordinal }

  /// Whether the column enters distances, pairs and distributions.
  public var isComparable: Bool { isNumeric || isNominal }
}

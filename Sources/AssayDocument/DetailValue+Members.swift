import Foundation

extension DetailValue {
  /// The members, where the value is an object.
  public var objectValue: [String: DetailValue]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The whole number, where the value is one.
  public var integerValue: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The member of that name; `nil` where the value is no object or lacks it.
  public subscript(name: String) -> DetailValue? { objectValue?[name] }

  /// Any value that can be written as JSON, as the tree that a reader of the JSON sees.
  ///
  /// - Throws: `EncodingError` where the value cannot be written.
  package init(encoding value: some Encodable) throws {
    self = try JSONDecoder().decode(DetailValue.self, from: JSONEncoder().encode(value))
  }
}

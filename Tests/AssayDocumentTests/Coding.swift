import AssayDocument
import Foundation

/// The value after writing and reading it.
func roundTrip<Value: Codable>(_ value: Value) throws -> Value {
  try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
}

/// The value as plain JSON text with sorted keys.
func text(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// The object that the value is written as.
func object(_ value: some Encodable) throws -> [String: DetailValue] {
  try JSONDecoder().decode([String: DetailValue].self, from: JSONEncoder().encode(value))
}

extension DetailValue {
  /// The object that this value holds.
  var members: [String: DetailValue]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The names of all members of this value and of what it holds.
  var allNames: Set<String> {
    switch self {
    case .object(let members):
      members.values.reduce(Set(members.keys)) { $0.union($1.allNames) }
    case .array(let list): list.reduce([]) { $0.union($1.allNames) }
    default: []
    }
  }
}

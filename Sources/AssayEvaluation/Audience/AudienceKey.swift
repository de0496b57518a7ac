import AssayFiles
package import Foundation

/// What must stay in the house when a document leaves it: the key of its digests and which column has
/// which name outside.
///
/// Documents that are made with one key call a column alike, so that releases can be compared.
package struct AudienceKey: Sendable, Hashable {
  /// A column and its name outside.
  package struct Entry: Sendable, Hashable, Codable {
    package var name: String
    package var outside: String
  }

  private struct Stored: Codable {
    var version: Int
    var key: String
    var columns: [Entry]
  }

  /// A file that holds no key.
  package struct Unreadable: Error, Sendable {
    package var sentence: String
  }

  private static let version = 1
  private static let length = 32

  private let key: [UInt8]
  /// The columns, in the order of their names outside.
  package private(set) var entries: [Entry] = []

  /// A key that nobody has seen.
  package init() {
    // The system's generator is made for keys; the seed of a plan is not, and is published.
    var system = SystemRandomNumberGenerator()
    self.init(bytes: (0..<Self.length).map { _ in UInt8.random(in: 0...255, using: &system) })
  }

  /// A key of given bytes.
  init(bytes: [UInt8]) { key = bytes }

  /// Reads a key that ``json()`` wrote.
  package init(json: Data) throws(Unreadable) {
    guard let stored = try? JSONDecoder().decode(Stored.self, from: json) else {
      throw Unreadable(
        sentence: "is no key of an external report; name a file that is not there yet")
    }
    guard stored.version == Self.version else {
      throw Unreadable(
        sentence: "was written by another version of assay (form \(stored.version))")
    }
    let digits = Array(stored.key.utf8)
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
    }
    guard digits.count == 2 * Self.length, bytes.count == Self.length,
      Set(stored.columns.map(\.name)).count == stored.columns.count,
      Set(stored.columns.map(\.outside)).count == stored.columns.count
    else {
      throw Unreadable(sentence: "is damaged; take it from a copy, or start with a new file")
    }
    key = bytes
    entries = stored.columns
  }

  /// The key as a file holds it.
  package func json() throws -> Data {
    let hex = key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let stored = Stored(version: Self.version, key: hex, columns: entries)
    return try encoder.encode(stored) + Data("\n".utf8)
  }

  /// The digest of a text that stands for it outside.
  func digest(_ text: String) -> String { HMACDigest.hex(of: Array(text.utf8), key: key) }

  /// Gives every name that has none yet a name outside, numbered in an order that only the key tells.
  ///
  /// What is itself the name of a column is passed over.
  mutating func name(_ names: Set<String>) {
    let known = Set(entries.map(\.name))
    let taken = Set((names.union(known)).map { $0.lowercased() }).union(entries.map(\.outside))
    let new = names.subtracting(known).map { (digest("column:" + $0), $0) }.sorted { $0 < $1 }
    var number = 0
    for (_, name) in new {
      repeat { number += 1 } while taken.contains(Self.outside(number))
      entries.append(Entry(name: name, outside: Self.outside(number)))
    }
  }

  private static func outside(_ number: Int) -> String { "column \(number)" }
}

import Foundation

/// Finds the column of another table that a column of the training table stands for.
///
/// Names are compared byte by byte; those without a partner then by their letters and digits,
/// where that leaves no choice.
struct HeaderMatch {
  /// The position in the other table for each training column.
  private(set) var positions: [Int?]
  /// Columns of the other table that stand for none.
  private(set) var extra: [Int]
  /// Training columns that were matched under another spelling, with that spelling.
  private(set) var renamed: [(training: String, other: String)] = []
  /// Other spellings of training columns that were not matched because spelling counts.
  private(set) var unmatched: [Int: String] = [:]

  init(training: [String], other: [String], matchesSpelling: Bool) {
    var places: [[UInt8]: Int] = [:]
    for (place, name) in other.enumerated() where places[Array(name.utf8)] == nil {
      places[Array(name.utf8)] = place
    }
    positions = training.map { places[Array($0.utf8)] }
    var taken = Set(positions.compactMap(\.self))
    var free: [String: [Int]] = [:]
    for place in other.indices where !taken.contains(place) {
      free[Self.normalForm(other[place]), default: []].append(place)
    }
    var formCounts: [String: Int] = [:]
    if !free.isEmpty {
      for name in training { formCounts[Self.normalForm(name), default: 0] += 1 }
    }
    for (column, name) in training.enumerated() where positions[column] == nil {
      let form = Self.normalForm(name)
      guard !form.isEmpty, let found = free[form], found.count == 1, formCounts[form] == 1 else {
        continue
      }
      guard matchesSpelling else {
        unmatched[column] = other[found[0]]
        continue
      }
      positions[column] = found[0]
      taken.insert(found[0])
      renamed.append((name, other[found[0]]))
    }
    extra = other.indices.filter { !taken.contains($0) }
  }

  static func normalForm(_ name: String) -> String {
    String(
      name.precomposedStringWithCanonicalMapping.lowercased().unicodeScalars.filter {
        CharacterSet.alphanumerics.contains($0)
      }.map(Character.init))
  }
}

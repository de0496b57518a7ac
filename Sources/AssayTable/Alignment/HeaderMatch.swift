import Foundation

/// Finds the column of another table that a column of the training table stands for.
struct HeaderMatch {
  /// The position in the other table for each training column.
  private(set) var positions: [Int?]
  /// Columns of the other table that stand for none.
  private(set) var extra: [Int]
  /// Training columns that were matched under another spelling, with that spelling.
  private(set) var renamed: [(training: String, other: String)] = []

  init(training: [String], other: [String], matchesSpelling: Bool) {
    var taken: Set<Int> = []
    positions = training.map { name in
      guard let found = other.firstIndex(of: name) else { return nil }
      taken.insert(found)
      return found
    }
    if matchesSpelling {
      let forms = other.map(Self.normalForm)
      let trainingForms = training.map(Self.normalForm)
      for (column, name) in training.enumerated() where positions[column] == nil {
        let form = trainingForms[column]
        let candidates = forms.indices.filter { forms[$0] == form && !taken.contains($0) }
        guard candidates.count == 1, trainingForms.filter({ $0 == form }).count == 1 else {
          continue
        }
        positions[column] = candidates[0]
        taken.insert(candidates[0])
        renamed.append((name, other[candidates[0]]))
      }
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

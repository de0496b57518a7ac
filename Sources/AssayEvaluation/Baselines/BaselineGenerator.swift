import AssayNumerics
import AssayTable

/// A generator whose faults are known, for the user to compare their own with.
protocol BaselineGenerator: Sendable {
  /// The word that documents use.
  var id: String { get }
  /// The words that people read.
  var title: String { get }
  /// Whether rows of the synthetic table under test are among those made.
  var usesSynthetic: Bool { get }

  /// Makes as many rows as there are synthetic ones.
  ///
  /// - Parameters:
  ///   - comparison: The real side, and the synthetic rows under test.
  ///   - random: The stream of this generator.
  /// - Returns: Rows in the form of the real side.
  func rows(_ comparison: Comparison, _ random: inout RandomStream) -> AlignedTable
}

extension BaselineGenerator {
  var usesSynthetic: Bool { false }
}

/// The generators that a user can ask for, in the order of the report.
enum Baselines {
  static let all: [any BaselineGenerator] = [
    CopyBaseline(), BootstrapBaseline(), JitteredCopyBaseline(), ShuffledColumnsBaseline(),
    UniformBaseline(), LeakBaseline(), HalfAndHalfBaseline(),
  ]

  /// `count` positions of `rows`, each once while they last, in random order.
  static func dealt(
    _ count: Int, of rows: Int, _ random: inout RandomStream
  ) -> [Int] {
    var positions: [Int] = []
    while positions.count < count {
      var round = Array(0..<rows)
      random.shuffle(&round)
      positions += round.prefix(count - positions.count)
    }
    return positions
  }
}

import AssayDocument
import AssayTable

/// How often each level of a column occurs in each role, over the levels of all roles.
struct LevelCounts {
  private let frame: ReferenceFrame
  private let column: Int
  /// The levels: those of training first, then of the holdout, then of the synthetic rows alone.
  let names: [String]

  init(_ frame: ReferenceFrame, _ column: Int) {
    self.frame = frame
    self.column = column
    names = frame.levels[column]?.names ?? []
  }

  /// The counts of a role; zeros where it is absent.
  func counts(_ role: TableRole) -> [Int] {
    var counts = [Int](repeating: 0, count: names.count)
    for code in frame.table(role)?.columns[column].nominal ?? []
    where code >= 0 && Int(code) < counts.count {
      counts[Int(code)] += 1
    }
    return counts
  }

  /// The counts of training and holdout together.
  var real: [Int] { zip(counts(.training), counts(.holdout)).map { $0 + $1 } }
}

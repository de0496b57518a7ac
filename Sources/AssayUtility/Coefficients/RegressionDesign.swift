import AssayMetrics
import AssayNumerics
import AssayTable

/// The terms of a regression of a target on all other columns, frozen on the training rows.
///
/// A number is a term in training deviations, a level a term of its own beside the commonest one;
/// levels of too few rows share one. Terms that others determine are left out, as are columns of
/// which more than a fifth is missing. Rows with a missing number are left out, as statistical
/// programs do.
struct RegressionDesign: Sendable {
  /// One term.
  struct Term: Sendable {
    /// The place of its column among those of the rows.
    var column: Int
    /// The code of its level; `nil` for a number, −1 for missing.
    var level: Int?
    /// Its name as it may be published.
    var name: String
  }

  var terms: [Term]
  /// Columns of numbers in which a missing value leaves the row out.
  var required: [Int]
  /// Columns that have no term, and terms that others determine.
  var leftOut: [String]

  /// Terms that a regression has, at most.
  static let termLimit = 60
  /// Training deviations from the training mean that a number counts as, at most.
  static let reach = 100.0
  /// The share of training rows that a level needs for a term of its own.
  static let levelShare = 0.01
  /// The share of missing numbers above which a column is left out.
  static let missingShare = 0.2
  /// What is left of a term's variance, given those before it, where it is left out as determined.
  static let determined = 1e-6

  init(
    _ rows: LabelledRows, names: (RowEncoding.Column, Int) -> String, k: Int, seed: UInt64,
    target: String
  ) {
    let count = rows.count
    let least = max(Double(k), Self.levelShare * Double(count))
    var byColumn: [[Term]] = []
    var required: Set<Int> = []
    leftOut = []
    for (place, column) in rows.columns.enumerated() {
      var own: [Term] = []
      switch column.rule {
      case .number:
        var missing = 0
        var first: Float?
        var varies = false
        for row in 0..<count {
          let value = rows.values[row * rows.width + place]
          if value.isNaN {
            missing += 1
          } else if let first {
            varies = varies || value != first
          } else {
            first = value
          }
        }
        if varies, Double(missing) <= Self.missingShare * Double(count) {
          own = [Term(column: place, level: nil, name: column.name)]
        }
      case .level(_, let levels):
        var counts = [Int](repeating: 0, count: levels + 1)
        for row in 0..<count {
          let value = rows.values[row * rows.width + place]
          counts[value.isNaN ? levels : Int(value)] += 1
        }
        // The commonest level, code 0, is what the others are compared with.
        for level in 1..<max(1, levels) where Double(counts[level]) >= least {
          own.append(
            Term(
              column: place, level: level, name: "\(column.name) = \(names(column, level))"))
        }
        if Double(counts[levels]) >= least {
          own.append(Term(column: place, level: -1, name: "\(column.name) missing"))
        }
      }
      if own.isEmpty { leftOut.append(column.name) } else { byColumn.append(own) }
    }
    var stream = RandomStream(seed: seed, name: "regression-terms", target)
    let total = byColumn.reduce(0) { $0 + $1.count }
    if total > Self.termLimit { stream.shuffle(&byColumn) }
    var kept: [Term] = []
    for own in byColumn {
      if kept.count + own.count <= Self.termLimit {
        kept += own
      } else {
        leftOut.append(rows.columns[own[0].column].name)
      }
    }
    kept.sort { ($0.column, $0.level ?? 0) < ($1.column, $1.level ?? 0) }
    for term in kept where term.level == nil { required.insert(term.column) }
    terms = kept
    self.required = required.sorted()
    let free = independent(rows)
    leftOut += terms.indices.filter { !free.contains($0) }.map { terms[$0].name }
    terms = free.map { terms[$0] }
    self.required = Set(terms.filter { $0.level == nil }.map(\.column)).sorted()
  }

  /// Rows that have a number wherever one is needed.
  func complete(_ rows: LabelledRows) -> [Int] {
    (0..<rows.count).filter { row in
      required.allSatisfy { !rows.values[row * rows.width + $0].isNaN }
    }
  }

  /// The terms of some rows, row-major.
  func matrix(_ rows: LabelledRows, _ places: [Int]) -> [Double] {
    var out: [Double] = []
    out.reserveCapacity(places.count * terms.count)
    for row in places {
      let start = row * rows.width
      for term in terms {
        let value = rows.values[start + term.column]
        switch term.level {
        // What is hundreds of deviations away would decide the whole fit.
        case .none: out.append(min(max(Double(value), -Self.reach), Self.reach))
        case .some(-1): out.append(value.isNaN ? 1 : 0)
        case .some(let level): out.append(!value.isNaN && Int(value) == level ? 1 : 0)
        }
      }
    }
    return out
  }

  /// The terms that are not determined by those before them in these rows.
  func independent(_ rows: LabelledRows) -> [Int] {
    let places = complete(rows)
    let width = terms.count
    guard width > 0, places.count > 1 else { return [] }
    var values = matrix(rows, places)
    let count = places.count
    for column in 0..<width {
      var sum = 0.0
      for row in 0..<count { sum += values[row * width + column] }
      let mean = sum / Double(count)
      var squares = 0.0
      for row in 0..<count {
        values[row * width + column] -= mean
        squares += values[row * width + column] * values[row * width + column]
      }
      let scale = squares > 0 ? 1 / squares.squareRoot() : 0
      for row in 0..<count { values[row * width + column] *= scale }
    }
    var transposed = [Double](repeating: 0, count: values.count)
    for row in 0..<count {
      for column in 0..<width { transposed[column * count + row] = values[row * width + column] }
    }
    let gram = LinearAlgebra.doublePrecisionProduct(
      transposed.span, byTransposed: transposed.span, rows: width, inner: count, columns: width)
    // Cholesky, passing over what has no variance left.
    var factor = [Double](repeating: 0, count: width * width)
    var kept: [Int] = []
    for row in 0..<width {
      var left = gram[row * width + row]
      for column in kept {
        var sum = gram[row * width + column]
        for inner in kept where inner < column {
          sum -= factor[row * width + inner] * factor[column * width + inner]
        }
        factor[row * width + column] = sum / factor[column * width + column]
        left -= factor[row * width + column] * factor[row * width + column]
      }
      guard left > Self.determined else { continue }
      factor[row * width + row] = left.squareRoot()
      kept.append(row)
    }
    return kept
  }
}

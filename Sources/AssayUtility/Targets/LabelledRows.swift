package import AssayMetrics
package import AssayTable

/// Rows with the numbers that a learner reads and the label that it predicts.
package struct LabelledRows: Sendable {
  /// The columns that are read, in their order.
  package var columns: [RowEncoding.Column]
  /// The numbers, row-major; NaN is missing.
  package var values: [Float]
  /// The labels.
  package var labels: [Float]
  /// Where each row is in its table.
  package var places: [Int]
  /// Equal for rows that are alike in every column, the target included.
  package var keys: [UInt64]

  /// The number of rows.
  package var count: Int { labels.count }
  /// The number of columns.
  package var width: Int { columns.count }

  /// Rows that have a label, without the column that is predicted.
  package init(_ rows: EncodedTable, _ table: AlignedTable, problem: TargetProblem) {
    let all = rows.encoding.columns
    let kept = all.indices.filter { all[$0].place != problem.column }
    columns = kept.map { all[$0] }
    values = []
    labels = []
    places = []
    keys = []
    let found = problem.labels(table.columns[problem.column], rows: rows.places)
    for (row, label) in found.enumerated() where !label.isNaN {
      labels.append(label)
      places.append(rows.places[row])
      keys.append(rows.keys[row])
      for column in kept { values.append(rows.values[row * all.count + column]) }
    }
  }

  /// Rows with given labels, NaN for a row that is left out, without the columns at some places of
  /// the schema.
  init(_ rows: EncodedTable, without places: Set<Int>, labels found: [Float]) {
    let all = rows.encoding.columns
    let kept = all.indices.filter { !places.contains(all[$0].place) }
    columns = kept.map { all[$0] }
    values = []
    labels = []
    self.places = []
    keys = []
    for (row, label) in found.enumerated() where !label.isNaN {
      labels.append(label)
      self.places.append(rows.places[row])
      keys.append(rows.keys[row])
      for column in kept { values.append(rows.values[row * all.count + column]) }
    }
  }

  private init(_ other: LabelledRows, rows: some Collection<Int>) {
    columns = other.columns
    values = []
    values.reserveCapacity(rows.count * other.width)
    for row in rows { values += other.values[row * other.width..<(row + 1) * other.width] }
    labels = rows.map { other.labels[$0] }
    places = rows.map { other.places[$0] }
    keys = rows.map { other.keys[$0] }
  }

  /// Some of the rows, in the order given.
  package func rows(_ rows: some Collection<Int>) -> LabelledRows { LabelledRows(self, rows: rows) }

  /// As many of the first rows.
  package func prefix(_ count: Int) -> LabelledRows {
    count >= self.count ? self : rows(0..<count)
  }

  /// These rows and others behind them.
  package func appending(_ other: LabelledRows) -> LabelledRows {
    var result = self
    result.values += other.values
    result.labels += other.labels
    result.places += other.places
    result.keys += other.keys
    return result
  }

  /// The rows with one column in another order.
  package func permuting(_ column: Int, by order: [Int]) -> LabelledRows {
    var result = self
    for (row, source) in order.enumerated() {
      result.values[row * width + column] = values[source * width + column]
    }
    return result
  }

  /// The labels as classes.
  package var classes: [Int] { labels.map { Int($0) } }
  /// The labels as numbers.
  package var numbers: [Double] { labels.map { Double($0) } }
  /// Which rows are of class 1.
  package var isPositive: [Bool] { labels.map { $0 == 1 } }

  /// A part for each row, alike rows in one part, parts of about equal size.
  ///
  /// Rows come in random order, so that the first row of each kind decides at random.
  package func parts(_ count: Int) -> [Int] {
    var known: [UInt64: Int] = [:]
    var sizes = [Int](repeating: 0, count: count)
    return keys.map { key in
      let part = known[key] ?? (sizes.indices.min { (sizes[$0], $0) < (sizes[$1], $1) } ?? 0)
      known[key] = part
      sizes[part] += 1
      return part
    }
  }
}

/// What the real rows say of one column, training and holdout together and blind to which is which.
struct ColumnEvidence: Sendable {
  /// How the values were read on every real side.
  enum Physical: Sendable, Hashable { case numeric, temporal, coded, text }

  var physical: Set<Physical>
  var rows = 0
  var present = 0
  /// Distinct present values; for columns of bytes an upper bound.
  var distinct = 0
  /// The share of present cells that read as numbers.
  var numericShare = 0.0
  /// Tokens that kept a column of numbers from being read as numbers.
  var exceptions: [(token: String, count: Int)] = []
  /// Whether every number is whole.
  var isWhole = true
  /// The most decimals.
  var decimals = 0
  /// Whether numbers are 0, 1, 2, … or 1, 2, 3, … in row order.
  var isCounter = false
  /// The levels in lower case, at most 64 of them.
  var levels: [String] = []
  /// The mean number of blanks inside a value.
  var meanBlanks = 0.0
  /// Whether some numbers are written with a leading zero.
  var hasLeadingZeros = false

  init(_ sides: [RawColumn]) {
    physical = []
    var distinctNumbers: Set<UInt64> = []
    var levelSet: Set<String> = []
    var numericCells = 0.0
    var blanks = 0
    var strings = 0
    var exceptionCounts: [String: Int] = [:]
    var exceptionOrder: [String] = []
    for side in sides {
      rows += side.values.count
      decimals = max(decimals, side.spelling.maxDecimals)
      hasLeadingZeros = hasLeadingZeros || side.spelling.leadingZeroCount > 0
      switch side.values {
      case .numeric(let values):
        physical.insert(.numeric)
        present += values.presentCount
        numericCells += Double(values.presentCount)
        isWhole = isWhole && Self.areWhole(values)
        Self.collect(values, into: &distinctNumbers)
        isCounter = isCounter || Self.counts(values)
      case .temporal(let values):
        physical.insert(.temporal)
        present += values.count - values.missingCount
      case .coded(let values):
        physical.insert(.coded)
        let here = values.codes.reduce(into: 0) { if $1 >= 0 { $0 += 1 } }
        present += here
        numericCells += Double(here) * (side.spelling.parsedShare(rowCount: values.count) ?? 0)
        for level in 0..<values.levels.count {
          let text = values.levels[level]
          blanks += text.utf8.reduce(into: 0) { if $1 == 0x20 { $0 += 1 } }
          strings += 1
          levelSet.insert(text)
          if levels.count < 64 {
            let lower = text.lowercased()
            if !levels.contains(lower) { levels.append(lower) }
          }
        }
      case .text(let values):
        physical.insert(.text)
        present += values.presentCount
        distinct += side.spelling.distinctCount ?? values.presentCount
        numericCells +=
          Double(values.presentCount) * (side.spelling.parsedShare(rowCount: values.count) ?? 0)
        for row in 0..<min(values.count, 2_000) {
          guard let text = values[row] else { continue }
          blanks += text.utf8.reduce(into: 0) { if $1 == 0x20 { $0 += 1 } }
          strings += 1
        }
      }
      for exception in side.spelling.exceptions {
        if exceptionCounts[exception.token] == nil { exceptionOrder.append(exception.token) }
        exceptionCounts[exception.token, default: 0] += exception.count
      }
    }
    exceptions = exceptionOrder.map { ($0, exceptionCounts[$0] ?? 0) }
    distinct += max(distinctNumbers.count, levelSet.count)
    numericShare = present > 0 ? numericCells / Double(present) : 0
    meanBlanks = strings > 0 ? Double(blanks) / Double(strings) : 0
  }

  /// Counting distinct numbers stops here: beyond it only 'many' matters.
  private static let distinctCap = 1 << 20

  private static func areWhole(_ column: NumericValues) -> Bool {
    for value in column.values where value != value.rounded() { return false }
    return true
  }

  private static func collect(_ column: NumericValues, into distinct: inout Set<UInt64>) {
    for row in column.values.indices {
      guard distinct.count <= distinctCap else { return }
      if let value = column[row] { distinct.insert(value == 0 ? 0 : value.bitPattern) }
    }
  }

  private static func counts(_ column: NumericValues) -> Bool {
    guard column.count >= 10, column.presentCount == column.count else { return false }
    let first = column.values[0]
    guard first == 0 || first == 1 else { return false }
    for row in column.values.indices where column.values[row] != first + Double(row) {
      return false
    }
    return true
  }
}

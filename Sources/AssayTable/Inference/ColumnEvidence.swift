import AssayNumerics

/// What the real rows say of one column, training and holdout together and blind to which is which.
struct ColumnEvidence: Sendable {
  /// How the values were read on a real side.
  enum Physical: Sendable, Hashable { case numeric, temporal, coded, text }

  /// The forms of the sides that hold a value; a side of blanks and words for missing has no say.
  private(set) var physical: Set<Physical> = []
  private(set) var rows = 0
  private(set) var present = 0
  /// Distinct present values; for columns of bytes an estimate.
  private(set) var distinct = 0
  /// The share of present cells that read as numbers.
  private(set) var numericShare = 0.0
  /// Tokens that kept a column of numbers from being read as numbers.
  private(set) var exceptions: [(token: String, count: Int)] = []
  /// Words for a missing value among levels, as they are written.
  private(set) var missingTokens: [String] = []
  /// Whether every number is whole.
  private(set) var isWhole = true
  /// Whether every number is 0 or 1.
  private(set) var isZeroOne = true
  /// The most decimals.
  private(set) var decimals = 0
  /// Whether numbers are 0, 1, 2, … or 1, 2, 3, … in row order.
  private(set) var isCounter = false
  /// Whether every side has many values and each of them equally often, as things that are followed
  /// over time have.
  private(set) var isBalanced = true
  /// The levels without the blanks around them and in lower case, at most 64 of them.
  private(set) var levels: [String] = []
  /// The mean number of blanks inside a value.
  private(set) var meanBlanks = 0.0
  /// Whether some numbers are written with a leading zero.
  private(set) var hasLeadingZeros = false
  /// Whether some whole numbers are too long to be told apart as numbers.
  private(set) var hasLongIntegers = false
  /// Whether day and month can be read both ways.
  private(set) var hasOpenDates = false

  private var numbers: [Double] = []
  private var distinctLevels: Set<String> = []
  private var numericCells = 0.0
  private var blanks = 0
  private var strings = 0

  /// Looks at the column of each real side.
  ///
  /// - Complexity: O(rows).
  init(_ sides: [RawColumn]) {
    for side in sides {
      rows += side.values.count
      decimals = max(decimals, side.spelling.maxDecimals)
      hasLeadingZeros = hasLeadingZeros || side.spelling.leadingZeroCount > 0
      hasLongIntegers = hasLongIntegers || side.spelling.longIntegerCount > 0
      hasOpenDates = hasOpenDates || side.spelling.hasAmbiguousDates
      switch side.values {
      case .numeric(let values): take(values)
      case .temporal(let values):
        guard values.count > values.missingCount else { break }
        physical.insert(.temporal)
        present += values.count - values.missingCount
      case .coded(let values): take(values, side.spelling)
      case .text(let values): take(values, side.spelling)
      }
      for exception in side.spelling.exceptions {
        if let known = exceptions.firstIndex(where: { $0.token == exception.token }) {
          exceptions[known].count += exception.count
        } else {
          exceptions.append((exception.token, exception.count))
        }
      }
    }
    distinct += max(Self.distinctCount(numbers), distinctLevels.count)
    numericShare = present > 0 ? numericCells / Double(present) : 0
    meanBlanks = strings > 0 ? Double(blanks) / Double(strings) : 0
    numbers = []
    distinctLevels = []
  }

  private mutating func take(_ values: NumericValues) {
    guard values.presentCount > 0 else { return }
    physical.insert(.numeric)
    present += values.presentCount
    numericCells += Double(values.presentCount)
    isWhole = isWhole && Self.areWhole(values)
    isZeroOne = isZeroOne && values.values.allSatisfy { $0 == 0 || $0 == 1 }
    numbers += values.presentValues
    isCounter = isCounter || Self.counts(values)
    isBalanced = isBalanced && Balance.holds(values.values, present: values.presentCount)
  }

  private mutating func take(_ values: CodedValues, _ spelling: Spelling) {
    let counts = values.levelCounts()
    let words = Set(spelling.missingTokens.map(\.token))
    var here = 0
    for level in 0..<values.levels.count {
      let text = values.levels[level]
      let trimmed = text.trimmed
      if trimmed.isEmpty { continue }
      if words.contains(trimmed) {
        if !missingTokens.contains(text) { missingTokens.append(text) }
        continue
      }
      here += counts[level]
      blanks += trimmed.utf8.reduce(into: 0) { if $1 == 0x20 { $0 += 1 } }
      strings += 1
      distinctLevels.insert(text)
      let lower = trimmed.lowercased()
      if levels.count < 64, !levels.contains(lower) { levels.append(lower) }
    }
    guard here > 0 else { return }
    isBalanced = isBalanced && Balance.holds(values.codes, present: here)
    physical.insert(.coded)
    present += here
    numericCells += Double(here) * (spelling.parsedShare(rowCount: values.count) ?? 0)
  }

  private mutating func take(_ values: TextValues, _ spelling: Spelling) {
    guard values.presentCount > 0 else { return }
    physical.insert(.text)
    isBalanced = false
    present += values.presentCount
    distinct += spelling.distinctCount ?? values.presentCount
    numericCells +=
      Double(values.presentCount) * (spelling.parsedShare(rowCount: values.count) ?? 0)
    for row in 0..<min(values.count, 2_000) {
      guard let text = values[row] else { continue }
      blanks += text.trimmed.utf8.reduce(into: 0) { if $1 == 0x20 { $0 += 1 } }
      strings += 1
    }
  }

  private static func areWhole(_ column: NumericValues) -> Bool {
    for value in column.values where value != value.rounded() { return false }
    return true
  }

  private static func distinctCount(_ numbers: [Double]) -> Int {
    guard !numbers.isEmpty else { return 0 }
    let sorted = sortedCopy(numbers.span)
    var count = 1
    for index in 1..<sorted.count where sorted[index] != sorted[index - 1] { count += 1 }
    return count
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

extension String {
  /// The text without the blanks and tabs around it.
  var trimmed: String {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    guard utf8.first.map(isBlank) == true || utf8.last.map(isBlank) == true else { return self }
    var bytes = Array(utf8)[...]
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

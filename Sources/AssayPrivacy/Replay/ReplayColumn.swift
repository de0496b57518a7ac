import AssayDocument
import AssayMetrics
import AssayTable

/// The values of one column that could name somebody, in a form in which they are compared.
struct ReplayColumn: Sendable {
  /// What the values are.
  enum Kind: String, Sendable, Hashable {
    case mail = "e-mail address"
    case phone = "phone number"
    case identifier
    case text = "text of 20 characters or more"

    /// Whether a single value names one person or thing.
    var isDirect: Bool { self != .text }
  }

  var name: String
  var kind: Kind
  var training: [UInt64]
  var synthetic: [UInt64]
  var holdout: [UInt64]?

  /// Texts below this many characters are phrases that anybody may write.
  private static let shortest = 20

  /// - Returns: `nil` for a column whose values name nobody: numbers, levels, counters.
  init?(_ frame: ExchangeableFrame, column: Int) {
    let schema = frame.schema.columns[column]
    guard !schema.isExcluded, frame.unfit[column] == nil,
      let training = frame.table(.training)?.columns[column]
    else { return nil }
    let names = frame.levelNames(column)
    let own = Self.words(training, names)
    let isNamed = schema.roles.contains { $0 == .identifier || $0 == .primaryKey || $0 == .group }
    let kind: Kind
    if let found = Self.pattern(own) {
      kind = found
    } else if schema.kind == .text {
      kind = .text
    } else if schema.kind == .identifier || isNamed {
      kind = .identifier
    } else {
      return nil
    }
    if kind == .identifier, Self.isCounter(own) { return nil }
    self.kind = kind
    name = schema.name
    func keys(_ words: [String?]) -> [UInt64] {
      words.compactMap { $0.flatMap { Self.key($0, kind) } }
    }
    self.training = keys(own)
    synthetic = keys(Self.words(frame.synthetic.columns[column], names))
    holdout = frame.table(.holdout).map { keys(Self.words($0.columns[column], names)) }
  }

  private static func words(_ data: ColumnData, _ names: [String]?) -> [String?] {
    switch data {
    case .numeric(let values):
      return (0..<values.count).map { row in
        values[row].map { $0 == $0.rounded() && abs($0) < 1e15 ? String(Int($0)) : String($0) }
      }
    case .nominal(let codes):
      return codes.map { code in
        guard code >= 0, let names, Int(code) < names.count else { return nil }
        return names[Int(code)]
      }
    case .bytes(let values): return (0..<values.count).map { values[$0] }
    }
  }

  /// What most of the values look like, by a look at some of them.
  private static func pattern(_ words: [String?]) -> Kind? {
    let seen = words.lazy.compactMap(\.self).filter { !$0.isEmpty }.prefix(200)
    let count = seen.count
    guard count > 0 else { return nil }
    if seen.count(where: isMail) * 2 > count { return .mail }
    if seen.count(where: isPhone) * 2 > count { return .phone }
    return nil
  }

  private static func isMail(_ word: String) -> Bool {
    let parts = word.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !word.contains(" ") else { return false }
    let place = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return place.count >= 2 && place.allSatisfy { !$0.isEmpty }
  }

  /// Seven digits or more with the signs of a phone number; bare digits may be anything.
  private static func isPhone(_ word: String) -> Bool {
    let digits = word.utf8.count { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    let signs = word.utf8.allSatisfy { byte in
      (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || "+-() ./".utf8.contains(byte)
    }
    let isDressed =
      word.hasPrefix("+") || word.contains("(") || word.contains("-") || word.contains(" ")
    return digits >= 7 && digits <= 15 && signs && isDressed && !word.contains("/")
      && word.split(separator: ".").count <= 5
  }

  /// Whole numbers that fill most of their range are given out in turn and name nobody.
  private static func isCounter(_ words: [String?]) -> Bool {
    var numbers: Set<Int> = []
    for word in words.compactMap(\.self) {
      guard let number = Int(word) else { return false }
      numbers.insert(number)
    }
    guard let least = numbers.min(), let most = numbers.max(), numbers.count > 1 else {
      return false
    }
    let (width, isTooWide) = most.subtractingReportingOverflow(least)
    return !isTooWide && Double(numbers.count) > 0.1 * (Double(width) + 1)
  }

  /// A number of a value's form: without case, blanks at the ends and double blanks; digits alone of a
  /// phone number.
  private static func key(_ word: String, _ kind: Kind) -> UInt64? {
    let form: String
    if kind == .phone {
      form = word.filter(\.isNumber)
    } else {
      form = word.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    guard !form.isEmpty, kind != .text || form.count >= shortest else { return nil }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var other: UInt64 = 0x9E37_79B9_7F4A_7C15
    for byte in form.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      other = (other &+ UInt64(byte)) &* 0xBF58_476D_1CE4_E5B9
      other ^= other >> 29
    }
    return hash ^ (other &* 0x94D0_49BB_1331_11EB)
  }
}

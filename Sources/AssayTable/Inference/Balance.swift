/// Tells whether many values occur equally often, at least twice each.
enum Balance {
  /// Fewer different values are levels of a design, such as the hours of a day.
  private static let fewest = 50

  /// Whether no row is missing and every value occurs equally often.
  ///
  /// - Complexity: O(n); most columns are told by counting two values.
  static func holds<Value: Hashable>(_ values: [Value], present: Int) -> Bool {
    guard let first = values.first, let last = values.last, present == values.count else {
      return false
    }
    let times = values.count { $0 == first }
    guard times > 1, values.count % times == 0, values.count / times > fewest,
      values.count(where: { $0 == last }) == times
    else { return false }
    var counts: [Value: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    return counts.values.allSatisfy { $0 == times }
  }
}

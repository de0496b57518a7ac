/// Which rows hold each combination of cells, as far as it is told: none, one, two or more.
///
/// A table of open addressing: keys of combinations are spread over twice as many places as there are
/// rows, so that a look-up takes a step or two.
struct CellOwners: Sendable {
  private var keys: [Int]
  private var first: [Int32]
  /// The second row; −1 where there is one only, −2 where there are more than two.
  private var second: [Int32]
  private let mask: Int

  /// - Parameter rowKeys: The combination that each row holds; below 0 for none.
  /// - Complexity: O(rows).
  init(_ rowKeys: [Int]) {
    var size = 16
    while size < 2 * rowKeys.count { size *= 2 }
    mask = size - 1
    keys = [Int](repeating: -1, count: size)
    first = [Int32](repeating: -1, count: size)
    second = first
    for (row, key) in rowKeys.enumerated() where key >= 0 {
      let place = self.place(key)
      if keys[place] < 0 {
        keys[place] = key
        first[place] = Int32(row)
      } else {
        second[place] = second[place] == -1 ? Int32(row) : -2
      }
    }
  }

  /// The one row that holds a combination; −1 where none or several do.
  func onlyOwner(_ key: Int) -> Int32 {
    guard key >= 0 else { return -1 }
    let place = self.place(key)
    return keys[place] >= 0 && second[place] == -1 ? first[place] : -1
  }

  /// The one other row that holds a combination which a row holds; −1 where none or several do.
  func onlyOther(_ key: Int, than row: Int32) -> Int32 {
    guard key >= 0 else { return -1 }
    let place = self.place(key)
    guard keys[place] >= 0, second[place] >= 0 else { return -1 }
    return first[place] == row ? second[place] : first[place]
  }

  private func place(_ key: Int) -> Int {
    let mixed = UInt64(bitPattern: Int64(key)) &* 0x9E37_79B9_7F4A_7C15
    var place = Int(truncatingIfNeeded: (mixed ^ (mixed >> 32)) & UInt64(mask))
    while keys[place] >= 0, keys[place] != key { place = (place + 1) & mask }
    return place
  }
}

/// A set of places of a sorted column that says how many of its places are below any other.
///
/// It takes a quarter of a byte a place, so that it stays close to the processor where a table of
/// ranks would not.
package struct PlaceSet {
  /// For 32 places each: which of them are in the set, and above that how many are before them.
  private var words: [UInt64]

  /// The places of a set of rows.
  package init(_ rows: RowSet, places: [Int32]) {
    var words = [UInt64](repeating: 0, count: places.count / 32 + 1)
    rows.forEach { row in
      let place = Int(places[row])
      words[place >> 5] |= 1 << UInt64(place & 31)
    }
    var total: UInt64 = 0
    for index in words.indices {
      let held = words[index]
      words[index] = held | total << 32
      total += UInt64(held.nonzeroBitCount)
    }
    self.words = words
  }

  /// How many places of the set are below `place`.
  @inline(__always)
  package func count(below place: Int) -> Int {
    let word = words[place >> 5]
    let lower = UInt32(truncatingIfNeeded: word) & (1 << UInt32(place & 31) - 1)
    return Int(word >> 32) &+ lower.nonzeroBitCount
  }
}

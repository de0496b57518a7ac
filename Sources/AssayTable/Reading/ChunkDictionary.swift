/// The different cells of one column in one chunk, as ranges of the file.
///
/// Cells are told apart by their bytes as written between the quotes; doubled quotes are made single when the chunks'
/// dictionaries are merged.
///
// SAFETY: `slots` holds `mask + 1` and `entries` `capacity` initialised elements; both grow before they are full. The
// owner calls `destroy` exactly once, and one thread at a time uses the value.
@safe
struct ChunkDictionary {
  /// One different cell.
  struct Entry {
    var hash: UInt64
    /// The first eight bytes, which decide for short cells.
    var first: UInt64
    var start: Int
    /// Twice the length, plus one if the cell holds doubled quotes.
    var lengthAndEscape: Int

    var length: Int { lengthAndEscape >> 1 }
    var isEscaped: Bool { lengthAndEscape & 1 != 0 }
  }

  private var slots: UnsafeMutablePointer<UInt32>
  private var entries: UnsafeMutablePointer<Entry>
  private var mask: Int
  private var capacity: Int
  private(set) var count = 0

  init() {
    mask = 15
    capacity = 8
    unsafe slots = .allocate(capacity: 16)
    unsafe slots.initialize(repeating: 0, count: 16)
    unsafe entries = .allocate(capacity: 8)
  }

  /// Forgets all cells and keeps the memory.
  mutating func clear() {
    unsafe slots.update(repeating: 0, count: mask + 1)
    count = 0
  }

  func destroy() {
    unsafe slots.deallocate()
    unsafe entries.deallocate()
  }

  /// A different cell by its code.
  @inline(__always)
  func entry(_ code: Int) -> Entry {
    assert(code >= 0 && code < count)
    return unsafe entries[code]
  }

  /// The code of a cell, new or known.
  @inline(__always)
  mutating func insert(
    _ bytes: Bytes, hash: UInt64, start: Int, length: Int, isEscaped: Bool
  ) -> Int32 {
    let key = length << 1 | (isEscaped ? 1 : 0)
    let first = bytes.word(at: start, length: length)
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = unsafe slots[place]
      if slot == 0 { break }
      let index = Int(slot) - 1
      let entry = unsafe entries[index]
      if entry.first == first, entry.lengthAndEscape == key {
        if length <= 8 { return Int32(truncatingIfNeeded: index) }
        if entry.hash == hash, bytes.equal(entry.start + 8, start + 8, length: length - 8) {
          return Int32(truncatingIfNeeded: index)
        }
      }
      place = (place + 1) & mask
    }
    return add(
      Entry(hash: hash, first: first, start: start, lengthAndEscape: key), at: place)
  }

  @inline(never)
  private mutating func add(_ entry: Entry, at place: Int) -> Int32 {
    unsafe (entries + count).initialize(to: entry)
    count += 1
    unsafe slots[place] = UInt32(truncatingIfNeeded: count)
    if count == capacity { grow() }
    return Int32(truncatingIfNeeded: count - 1)
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
    unsafe larger.moveInitialize(from: entries, count: count)
    unsafe entries.deallocate()
    unsafe entries = larger
    capacity *= 2
    let size = (mask + 1) * 2
    unsafe slots.deallocate()
    unsafe slots = .allocate(capacity: size)
    unsafe slots.initialize(repeating: 0, count: size)
    mask = size - 1
    for index in 0..<count {
      var place = unsafe Int(truncatingIfNeeded: entries[index].hash) & mask
      while unsafe slots[place] != 0 { place = (place + 1) & mask }
      unsafe slots[place] = UInt32(truncatingIfNeeded: index + 1)
    }
  }
}

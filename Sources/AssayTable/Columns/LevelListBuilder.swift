/// Collects different byte strings in order of first appearance.
public struct LevelListBuilder: Sendable {
  private var bytes: [UInt8] = []
  private var offsets: [Int] = [0]
  private var hashes: [UInt64] = []
  /// Index + 1 of the level in each place of an open-addressing table, 0 for a free place.
  private var slots: [Int32]

  /// Starts with no strings.
  ///
  /// - Parameter expectedCount: how many different strings will probably come.
  public init(expectedCount: Int = 0) {
    var size = 64
    while size < expectedCount * 2 { size *= 2 }
    slots = [Int32](repeating: 0, count: size)
  }

  /// Starts with the strings of a list, which keep their indices.
  public init(_ list: LevelList) {
    self.init(expectedCount: list.count)
    for index in 0..<list.count { _ = insert(list.bytes(at: index).span) }
  }

  /// The number of different strings so far.
  public var count: Int { offsets.count - 1 }

  /// Adds a string unless it is there.
  ///
  /// - Returns: its index.
  /// - Complexity: O(length), amortised.
  public mutating func insert(_ text: String) -> Int32 {
    let utf8 = Array(text.utf8)
    return insert(utf8.span)
  }

  /// Adds bytes unless they are there.
  ///
  /// - Returns: their index.
  /// - Complexity: O(length), amortised.
  public mutating func insert(_ key: Span<UInt8>) -> Int32 {
    insert(key, hash: ByteHash.hash(key))
  }

  /// Adds bytes whose hash is known.
  mutating func insert(_ key: Span<UInt8>, hash: UInt64) -> Int32 {
    let place = find(key, hash)
    if slots[place] != 0 { return slots[place] - 1 }
    precondition(count < Int(Int32.max), "more than \(Int32.max) different strings")
    for index in key.indices { bytes.append(key[index]) }
    offsets.append(bytes.count)
    hashes.append(hash)
    slots[place] = Int32(count)
    if count * 2 > slots.count { grow() }
    return Int32(count - 1)
  }

  /// The index of bytes that are there.
  ///
  /// - Complexity: O(length).
  public func index(of key: Span<UInt8>) -> Int32? {
    let place = find(key, ByteHash.hash(key))
    return slots[place] == 0 ? nil : slots[place] - 1
  }

  /// The index of a string that is there.
  public func index(of text: String) -> Int32? {
    let utf8 = Array(text.utf8)
    return index(of: utf8.span)
  }

  /// The list so far.
  public func finish() -> LevelList { LevelList(bytes: bytes, offsets: offsets) }

  /// A sketch of the strings so far.
  func sketch() -> DistinctSketch {
    var sketch = DistinctSketch()
    for hash in hashes { sketch.add(hash) }
    return sketch
  }

  private func find(_ key: Span<UInt8>, _ hash: UInt64) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 {
      let level = Int(slots[place]) - 1
      if hashes[level] == hash, equals(level, key) { return place }
      place = (place + 1) & mask
    }
    return place
  }

  private func equals(_ level: Int, _ key: Span<UInt8>) -> Bool {
    let start = offsets[level]
    guard offsets[level + 1] - start == key.count else { return false }
    for index in key.indices where bytes[start + index] != key[index] { return false }
    return true
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for level in hashes.indices {
      var place = Int(truncatingIfNeeded: hashes[level]) & mask
      while slots[place] != 0 { place = (place + 1) & mask }
      slots[place] = Int32(level + 1)
    }
  }
}

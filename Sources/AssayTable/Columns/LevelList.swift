/// Different strings in a fixed order, as UTF-8 in one buffer.
///
/// Strings are equal if their bytes are: no Unicode normalisation, no case folding, no locale.
public struct LevelList: Sendable, Hashable {
  /// All strings, one behind the other.
  public let bytes: [UInt8]
  /// Where each string starts, with the end of the last one behind: `count + 1` numbers.
  public let offsets: [Int]

  /// Creates a list from finished buffers.
  package init(bytes: [UInt8], offsets: [Int]) {
    precondition(offsets.first == 0 && offsets.last == bytes.count, "offsets do not fit the bytes")
    self.bytes = bytes
    self.offsets = offsets
  }

  /// Creates a list of different strings; a repeated string keeps its first place.
  public init(_ strings: some Sequence<String>) {
    var builder = LevelListBuilder()
    for string in strings { _ = builder.insert(string) }
    self = builder.finish()
  }

  /// An empty list.
  public init() {
    bytes = []
    offsets = [0]
  }

  /// The number of strings.
  public var count: Int { offsets.count - 1 }

  /// The bytes of a string.
  public func bytes(at index: Int) -> ArraySlice<UInt8> {
    bytes[offsets[index]..<offsets[index + 1]]
  }

  /// A string, made on demand.
  public subscript(index: Int) -> String { String(decoding: bytes(at: index), as: UTF8.self) }

  /// All strings in order.
  ///
  /// - Complexity: O(bytes); meant for small lists and tests.
  public var strings: [String] { (0..<count).map { self[$0] } }
}

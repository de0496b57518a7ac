import Foundation

/// Breaks compact JSON into lines that a person, `grep` and `diff` can work with.
///
/// Members of the document and what they hold get a line each, and all below stays on it: half the
/// bytes of indenting everything, and a changed score is one changed line.
enum JSONLayout {
  private static let deepestBreak = 2

  /// The same JSON with line breaks down to the second level and one at the end.
  ///
  /// - Complexity: O(*n*) in bytes.
  static func lines(_ compact: Data) -> Data {
    var result: [UInt8] = []
    result.reserveCapacity(compact.count + compact.count / 64)
    var depth = 0
    var isInText = false
    var isEscaped = false
    var previous: UInt8 = 0
    func newLine() {
      result.append(UInt8(ascii: "\n"))
      result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }
    for byte in compact {
      if isInText {
        result.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInText = false
        }
        previous = byte
        continue
      }
      let isClosing = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
      let isOpen = previous == UInt8(ascii: "{") || previous == UInt8(ascii: "[")
      if isClosing {
        depth -= 1
        if !isOpen, depth < deepestBreak { newLine() }
      } else if isOpen, depth <= deepestBreak {
        newLine()
      }
      result.append(byte)
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "\""): isInText = true
      case UInt8(ascii: ","): if depth <= deepestBreak { newLine() }
      case UInt8(ascii: ":"): if depth <= deepestBreak { result.append(UInt8(ascii: " ")) }
      default: break
      }
      previous = byte
    }
    result.append(UInt8(ascii: "\n"))
    return Data(result)
  }
}

/// A day of the calendar as policies write it: `2027-01-31`.
public struct PolicyDay: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The day as it is written.
  public let description: String

  /// Reads a day.
  ///
  /// - Returns: `nil` for anything that is not a day of the Gregorian calendar in this form.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      bytes[range].reduce(Optional(0)) { sum, byte in
        guard let sum, (0x30...0x39).contains(byte) else { return nil }
        return sum * 10 + Int(byte - 0x30)
      }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      year > 0, (1...12).contains(month)
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day >= 1, day <= lengths[month - 1] else { return nil }
    description = text
  }

  /// Orders days by the calendar.
  public static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}

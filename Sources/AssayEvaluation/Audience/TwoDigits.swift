import Foundation

/// Numbers to two significant digits.
enum TwoDigits {
  /// Where a number goes that lies between two.
  enum Way: Sendable {
    case nearest, down, up
  }

  /// A number to two significant digits; the order of numbers is kept.
  static func round(_ value: Double, _ way: Way = .nearest) -> Double {
    guard value != 0, value.isFinite else { return value }
    let size = abs(value)
    let text = String(format: "%.1e", locale: nil, size)
    guard let cut = text.firstIndex(of: "e"), let nearest = Double(text),
      let exponent = Int(text[text.index(after: cut)...])
    else { return value }
    // Towards or away from zero: what is down for a positive number is up for a negative one.
    let isOutward: Bool
    switch way {
    case .nearest: return value < 0 ? -nearest : nearest
    case .down: isOutward = value < 0
    case .up: isOutward = value > 0
    }
    let digits = Int((Double(text[..<cut]) ?? 0) * 10 + 0.5)
    var found = nearest
    if isOutward, nearest < size { found = Self.number(digits + 1, exponent - 1) }
    if !isOutward, nearest > size {
      found = digits == 10 ? Self.number(99, exponent - 2) : Self.number(digits - 1, exponent - 1)
    }
    return value < 0 ? -found : found
  }

  /// A count to two significant digits.
  static func round(_ count: Int) -> Int { Int(exactly: round(Double(count))) ?? count }

  private static func number(_ digits: Int, _ exponent: Int) -> Double {
    Double("\(digits)e\(exponent)") ?? 0
  }
}

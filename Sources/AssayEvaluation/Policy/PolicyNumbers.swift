import Foundation

/// Numbers as the sentences of a verdict show them, and the few functions that they need.
enum PolicyNumbers {
  /// `10^exponent`.
  static func powerOfTen(_ exponent: Double) -> Double { pow(10, exponent) }

  /// A number in up to four decimals, such as `0.0312`; smaller ones in two digits.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    if value == value.rounded(), abs(value) < 1e15 { return grouped(Int(value)) }
    if abs(value) >= 100 { return grouped(Int(value.rounded())) }
    var decimals = 4
    var scale = abs(value)
    while scale < 0.01, decimals < 12 {
      scale *= 10
      decimals += 1
    }
    let factor = pow(10, Double(decimals))
    let rounded = (value * factor).rounded() / factor
    return decimal(rounded, decimals: decimals).replacing("-", with: "−")
  }

  /// A whole number with its thousands apart.
  static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var out = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { out += "," }
      out.append(digit)
    }
    return number < 0 ? "−" + out : out
  }

  /// A number of rows, rounded up to two digits.
  static func rows(_ number: Double) -> String? {
    guard number.isFinite, number < 1e12 else { return nil }
    let whole = max(1, number.rounded(.up))
    let scale = pow(10, max(0, floor(log10(whole)) - 1))
    return grouped(Int((whole / scale).rounded(.up) * scale))
  }

  /// Without an exponent, a locale or zeros at the end.
  private static func decimal(_ value: Double, decimals: Int) -> String {
    let scaled = (abs(value) * pow(10, Double(decimals))).rounded()
    var digits = String(UInt64(min(scaled, 9e18)))
    while digits.count <= decimals { digits = "0" + digits }
    var text = String(digits.dropLast(decimals)) + "." + String(digits.suffix(decimals))
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return value < 0 ? "-" + text : text
  }
}

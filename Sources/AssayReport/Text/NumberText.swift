import Foundation

/// How numbers are written, in one place.
struct NumberText: Sendable, Hashable {
  /// Between groups of three digits.
  var separator: String
  /// Before a negative number.
  var minus: String
  /// Between a number and its per cent sign.
  var unitSpace: String

  /// For a page: commas between thousands, as in sentences, and a real minus sign.
  static let page = NumberText(separator: ",", minus: "\u{2212}", unitSpace: "\u{202F}")
  /// For a terminal and for Markdown: commas between thousands.
  static let plain = NumberText(separator: ",", minus: "\u{2212}", unitSpace: " ")
  /// For a terminal that knows ASCII only.
  static let ascii = NumberText(separator: ",", minus: "-", unitSpace: " ")

  /// A whole number with its thousands set apart.
  func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    return (value < 0 ? minus : "") + grouped(digits)
  }

  /// A number to three significant digits; a whole number below 10⁹ in full, a number just below 1
  /// with as many digits as tell it from 1, and a positive one below 10⁻⁹ as that.
  func number(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    if value == 0 { return "0" }
    let size = abs(value)
    if size == size.rounded(), size < 1e9 { return count(Int(value)) }
    if value > 0, value < 1e-9 { return self == .ascii ? "<1e-9" : "<10⁻⁹" }
    // Nothing that fits tells it from 1.
    if size < 1, size > 1 - 1e-9 { return (value < 0 ? minus : "") + "1" }
    if size >= 1e6 || size < 1e-4 { return scientific(value) }
    var decimals = max(0, 2 - Int(log10(size).rounded(.down)))
    if size < 1, size > 0.999 { decimals = min(9, -Int(log10(1 - size).rounded(.down))) }
    return fixed(value, decimals: decimals)
  }

  /// A number on an axis: four digits stand together, since they may be a year.
  func edge(_ value: Double) -> String {
    let size = abs(value)
    guard size == size.rounded(), (1_000..<10_000).contains(size) else { return number(value) }
    return (value < 0 ? minus : "") + String(Int(size))
  }

  /// A number with so many decimals.
  func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "–" }
    let text = Self.quick(abs(value), decimals) ?? String(format: "%.\(decimals)f", abs(value))
    let parts = text.split(separator: ".", maxSplits: 1)
    let whole = grouped(String(parts.first ?? "0"))
    let isZero = !text.contains { $0 != "0" && $0 != "." }
    let sign = value < 0 && !isZero ? minus : ""
    return sign + (parts.count > 1 ? whole + "." + parts[1] : whole)
  }

  /// The digits of a number that lies clearly on one side of a half.
  ///
  /// Of others, for which it is `nil`, all binary digits decide. A page holds tens of thousands of
  /// numbers, and formats cost more than digits.
  private static func quick(_ value: Double, _ decimals: Int) -> String? {
    guard (0...6).contains(decimals) else { return nil }
    var power = 1
    for _ in 0..<decimals { power *= 10 }
    let scaled = value * Double(power)
    guard scaled < 1e9, abs(scaled - scaled.rounded(.down) - 0.5) > 1e-6 else { return nil }
    let (whole, part) = Int(scaled.rounded()).quotientAndRemainder(dividingBy: power)
    if decimals == 0 { return String(whole) }
    let digits = String(part)
    return "\(whole)." + String(repeating: "0", count: decimals - digits.utf8.count) + digits
  }

  /// A position on a scale from 0 to 1: two decimals.
  func position(_ value: Double) -> String { fixed(value, decimals: 2) }

  /// A share of a whole as per cent, to about three digits.
  func percent(_ share: Double) -> String {
    guard share.isFinite else { return "–" }
    let value = share * 100
    let size = abs(value)
    if size == 0 { return "0" + unitSpace + "%" }
    if size < 0.01 { return "<0.01" + unitSpace + "%" }
    if size < 100, size >= 99.95 { return ">99.9" + unitSpace + "%" }
    let decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 1 : 2
    return trimmed(fixed(value, decimals: decimals)) + unitSpace + "%"
  }

  /// Two ends, such as `0.44–0.49`.
  func range(_ lower: Double, _ upper: Double, unit: String = "") -> String {
    value(lower, unit: unit == "share" || unit == "%" ? unit : "") + (lower < 0 ? " to " : "–")
      + value(upper, unit: unit)
  }

  /// A value with its unit; the unit `share` reads as per cent.
  func value(_ value: Double, unit: String) -> String {
    switch unit {
    case "": number(value)
    case "share", "%": percent(value)
    default: number(value) + " " + VisibleText.clipped(unit)
    }
  }

  /// A number of bytes in a unit that suits it.
  func bytes(_ value: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var size = Double(value)
    var step = 0
    while size >= 1000, step < units.count - 1 {
      size /= 1000
      step += 1
    }
    return (step == 0 ? count(value) : number(size)) + " " + units[step]
  }

  private func scientific(_ value: Double) -> String {
    let parts = String(format: "%.2e", abs(value)).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return "–" }
    let power = self == .ascii ? "e\(exponent)" : "×10" + superscript(exponent)
    return (value < 0 ? minus : "") + trimmed(String(parts[0])) + power
  }

  private func superscript(_ exponent: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let body = String(exponent.magnitude).compactMap(\.wholeNumberValue).map { digits[$0] }
    return (exponent < 0 ? "⁻" : "") + String(body)
  }

  private func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  private func grouped(_ digits: String) -> String {
    if digits.count <= 3 { return digits }
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += separator }
      result.append(digit)
    }
    return result
  }
}

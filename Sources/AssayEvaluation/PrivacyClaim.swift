import Foundation

/// A claim of differential privacy in the owner's words, read for its ε and δ.
///
/// `ε = 1, δ = 1e-5`, `epsilon 3`, `(2.5, 10^-6)-DP`, `eps<=0.5 delta: 0` are understood; everything else
/// in the words is passed over.
struct PrivacyClaim: Sendable, Hashable {
  /// ε, at least 0.
  var epsilon: Double
  /// δ, in 0..<1; 0 where none is stated.
  var delta: Double

  /// Reads a statement; `nil` where it states no ε.
  init?(_ statement: String) {
    // Superscripts become plain digits below, so that the power must be marked before.
    let text = statement.lowercased().replacingOccurrences(of: "10⁻", with: "10^-")
      .precomposedStringWithCompatibilityMapping.replacingOccurrences(of: "−", with: "-")
      .replacingOccurrences(of: "×", with: "*").replacingOccurrences(of: "·", with: "*")
    let number =
      #"([0-9]*[.,]?[0-9]+(?:\s*\*\s*10\s*\^?\s*-?[0-9]+|e[-+]?[0-9]+|\s*\^\s*-?[0-9]+)?)"#
    let between = #"[^0-9a-zδε]{0,4}(?:(?:of|is|at most|below|up to)[^0-9a-z]{0,3}){0,3}"#
    let named = #"(?:ε|ϵ|\bepsilon\b|\beps\b)"# + between + number
    let pair = #"\(\s*"# + number + #"\s*[,;]\s*"# + number + #"\s*\)"#
    if let found = Self.first(named, in: text), let value = Self.value(found[0]) {
      epsilon = value
      let small = #"(?:δ|\bdelta\b)"# + between + number
      delta = Self.first(small, in: text).flatMap { Self.value($0[0]) } ?? 0
    } else if let found = Self.first(pair, in: text), found.count == 2,
      let value = Self.value(found[0]), let other = Self.value(found[1])
    {
      epsilon = value
      delta = other
    } else {
      return nil
    }
    guard epsilon.isFinite, epsilon >= 0, delta >= 0, delta < 1 else { return nil }
  }

  /// What the groups of the first match hold.
  private static func first(_ pattern: String, in text: String) -> [String]? {
    guard let expression = try? NSRegularExpression(pattern: pattern),
      let match = expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text))
    else { return nil }
    return (1..<match.numberOfRanges).compactMap {
      Range(match.range(at: $0), in: text).map { String(text[$0]) }
    }
  }

  /// `1e-5`, `10^-5`, `2*10^-5` and `0,5` alike.
  private static func value(_ text: String) -> Double? {
    let plain = text.filter { !$0.isWhitespace }.replacingOccurrences(of: ",", with: ".")
    if let value = Double(plain) { return value }
    guard let place = plain.firstIndex(of: "^") ?? plain.range(of: "*10")?.upperBound else {
      return nil
    }
    let exponent = plain[place...].drop { $0 == "^" }
    let base = plain[..<place]
    let factor: Double? =
      base == "10" ? 1 : base.hasSuffix("*10") ? Double(base.dropLast(3)) : nil
    guard let factor, let power = Double(exponent) else { return nil }
    return factor * Foundation.pow(10, power)
  }
}

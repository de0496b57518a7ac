import AssayDocument
import AssayMetrics

/// Reads off how many real rows would do as well as the synthetic rows do.
///
/// What a fresh real sample of m rows gets against n real rows is c √(1/n + 1/m) for the distances
/// that facets are made of, with c known from the sizes at hand. A value x belongs to
///
/// ```
/// m = 1 / ((x/c)² − 1/n)
/// ```
///
/// rows, at most as many as there are synthetic rows. The ends of the interval come from those of
/// x. The law is one of large samples: below about a hundred rows the number is an order of
/// magnitude.
///
/// Source: the expectations of distances between two samples of one law, in which size enters as
/// 1/n + 1/m; for single statistics this is the effective sample size of survey sampling, Kish
/// (1965), Survey Sampling.
struct EffectiveSize {
  static let method = "inverted fresh-sample law"

  private let facet: FacetResult
  private let real: Double
  private let synthetic: Int

  init(_ facet: FacetResult, real: Int, synthetic: Int) {
    self.facet = facet
    self.real = Double(real)
    self.synthetic = synthetic
  }

  /// - Returns: `nil` where a fresh real sample would get nothing at all.
  func rows(level: Double, z: Double) -> EffectiveRows? {
    guard facet.floor.value > 0, real > 0, synthetic > 0 else { return nil }
    let reach = z * facet.deviation
    return EffectiveRows(
      value: number(facet.value), lower: number(facet.value + reach),
      upper: number(max(0, facet.value - reach)), level: level, rows: synthetic,
      method: Self.method)
  }

  private func number(_ value: Double) -> Double {
    let m = Double(synthetic)
    let ratio = value / facet.floor.value
    let inverse = ratio * ratio * (1 / real + 1 / m) - 1 / real
    return inverse > 1 / m ? max(1, 1 / inverse) : m
  }

  /// `1,100 real rows`, to two digits, or all of them.
  static func words(_ found: EffectiveRows) -> String {
    guard found.value < Double(found.rows) else {
      return "\(grouped(found.rows)) real rows"
    }
    var unit = 1.0
    while found.value / unit >= 100 { unit *= 10 }
    let rounded = min(Double(found.rows), (found.value / unit).rounded() * unit)
    return "\(grouped(Int(rounded))) real rows"
  }

  private static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }
}

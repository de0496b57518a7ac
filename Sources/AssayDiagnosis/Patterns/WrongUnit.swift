import AssayDocument
import Foundation

/// Numbers of the right shape in another unit.
struct WrongUnit: Pattern {
  let id = "wrong-unit"
  let name = "Numbers are in another unit"
  let remedy = "multiply the column back, and look for a step of scaling that was not undone"
  let remedies: [GeneratorFamily: String] = [
    .llm: "write units into the prompt or the header, and normalise numbers before training"
  ]

  /// Ratios that units stand in, beside powers of ten.
  private static let known = [60.0, 3_600, 24, 86_400, 7, 12, 2.54, 0.453_592, 1.609_34]

  func sign(in reading: Reading) -> Sign? {
    var found: [(column: String, ratio: Double)] = []
    for column in reading.numbers where column.kind != "datetime" {
      let name = column.name
      guard
        let spread = reading.score(
          "fidelity.moments", of: name, ("moment", "standardDeviation")),
        let real = spread.details["real"]?.doubleValue,
        let synthetic = spread.details["synthetic"]?.doubleValue
      else { continue }
      let ratio = exp(synthetic - real)
      // The spread of a heavy tail is not known to a few per cent.
      let error = max(
        0.1,
        2
          * hypot(
            spread.details["realError"]?.doubleValue ?? 0,
            spread.details["syntheticError"]?.doubleValue ?? 0))
      guard ratio > 5 || ratio < 0.2, error < 0.7, let unit = Self.unit(ratio, within: error),
        let total = reading.score("fidelity.kolmogorov-smirnov", of: name)?.value, total > 0.5
      else { continue }
      found.append((name, unit))
    }
    guard let first = found.first else { return nil }
    let columns = found.map(\.column)
    let words =
      first.ratio >= 1
      ? "about \(Self.text(first.ratio)) times the real ones"
      : "about a \(Self.text(1 / first.ratio))th of the real ones"
    return Sign(
      sentence: "Values of '\(first.column)' are \(words), with the shape of the real column"
        + (found.count > 1 ? "; so it is with \(Reading.list(Array(columns.dropFirst())))." : "."),
      columns: columns,
      evidence: Dictionary(
        found.map { ($0.column, DetailValue.finite($0.ratio)) }, uniquingKeysWith: { $1 }),
      explains: (Sign.distributions + ["diagnostics."]).map { ($0, Set(columns)) })
  }

  /// The unit's ratio that is nearest on the scale of logarithms, if one is near enough.
  private static func unit(_ ratio: Double, within error: Double) -> Double? {
    let powers = (1...9).map { pow(10, Double($0)) }
    let all = (powers + known).flatMap { [$0, 1 / $0] }
    guard let nearest = all.min(by: { abs(log(ratio / $0)) < abs(log(ratio / $1)) }),
      abs(log(ratio / nearest)) <= error
    else { return nil }
    return nearest
  }

  private static func text(_ ratio: Double) -> String {
    ratio == ratio.rounded() ? String(Int(ratio)) : Reading.hundredths(ratio)
  }
}

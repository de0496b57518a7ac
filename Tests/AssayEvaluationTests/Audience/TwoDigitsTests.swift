import AssayNumerics
import Testing

@testable import AssayEvaluation

@Suite struct `Numbers to two digits` {
  /// Significant digits of the shortest spelling.
  private static func digits(_ value: Double) -> Int {
    let digits = "\(value)".prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }
    return digits.reversed().drop { $0 == "0" }.count
  }

  @Test func `worked by hand`() {
    let cases: [(Double, Double, Double, Double)] = [
      (0.12345, 0.12, 0.12, 0.13), (-0.12345, -0.12, -0.13, -0.12), (0.9996, 1, 0.99, 1),
      (24_421, 24_000, 24_000, 25_000), (0, 0, 0, 0), (10, 10, 10, 10), (0.995, 0.99, 0.99, 1),
      (9.99e-41, 1.0e-40, 9.9e-41, 1.0e-40), (1_001, 1_000, 1_000, 1_100), (7, 7, 7, 7),
    ]
    for (value, nearest, down, up) in cases {
      #expect(TwoDigits.round(value) == nearest, "\(value)")
      #expect(TwoDigits.round(value, .down) == down, "\(value) down")
      #expect(TwoDigits.round(value, .up) == up, "\(value) up")
    }
    #expect(TwoDigits.round(123_456) == 120_000)
  }

  /// Law: at most two digits, bounds outward, at most half a step away, order kept, rounding twice is
  /// rounding once.
  @Test func `the laws of rounding hold`() {
    var random = RandomStream(seed: 1, name: "two digits")
    var values: [Double] = []
    for _ in 0..<3_000 {
      let size = (random.uniform() - 0.5) * 2
      let power = (random.uniform() * 40 - 20).rounded()
      let scale = (0..<Int(abs(power))).reduce(1.0) { scale, _ in
        power < 0 ? scale / 10 : scale * 10
      }
      values.append(size * scale)
    }
    values.sort()
    var last = -Double.infinity
    for value in values {
      let (near, down, up) = (
        TwoDigits.round(value), TwoDigits.round(value, .down), TwoDigits.round(value, .up)
      )
      #expect(down <= value && value <= up && down <= near && near <= up, "\(value)")
      for made in [near, down, up] {
        #expect(Self.digits(made) <= 2, "\(made)")
        #expect(TwoDigits.round(made) == made)
      }
      #expect(abs(near - value) <= 0.0501 * abs(value), "\(value)")
      #expect(last <= near)
      last = near
    }
  }

  private static let text = NumbersInText(k: 10, labels: ["1990", "52"])

  @Test(arguments: [
    ("AUC 0.411, real gets 0.830", "AUC 0.41, real gets 0.83"),
    ("24,421 rows and 1234567 others", "24,000 rows and 1200000 others"),
    ("20.3 % of the rows, real 0.04 %", "20 % of the rows, real 0.04 %"),
    (
      "3 real values of training rows are there",
      "fewer than 10 real values of training rows are there"
    ),
    ("2 columns differ, 5 % of the rows", "2 columns differ, 5 % of the rows"),
    ("until 2026-05-31, release 1.2.3", "until 2026-05-31, release 1.2.3"),
    ("2.81 and more in 4.12 % of the rows", "2.81 and more in 4.1 % of the rows"),
    ("1990 in 12.3 % of the rows", "1990 in 12 % of the rows"),
    ("197 to 204 with under 3.25", "197 to 204 with under 3.25"),
    ("grade-123 and V1234 and rare #123", "grade-123 and V1234 and rare #123"),
    ("gap −0.0567 (-0.0567)", "gap −0.057 (-0.057)"),
    ("draw 2 of 12 rows", "draw 2 of 12 rows"),
  ])
  func `numbers of sentences are rounded and small counts withheld`(_ text: String, _ shown: String)
  {
    #expect(Self.text.rounded(text) == shown)
  }
}

/// The powers of five that turn decimal into binary floating point, as 128-bit numbers with the top bit set.
///
/// Source: Lemire (2021), Number parsing at a gigabyte per second, doi:10.1002/spe.2984, section 5. The table is
/// computed once by long multiplication and division instead of being typed in.
struct PowersOfFive: Sendable {
  static let lowest = -342
  static let highest = 308
  static let shared = PowersOfFive()

  /// High and low word by turns, from `lowest` to `highest`.
  let words: [UInt64]

  private init() {
    let count = Self.highest - Self.lowest + 1
    var words = [UInt64](repeating: 0, count: 2 * count)
    func store(_ power: Int, _ value: (high: UInt64, low: UInt64)) {
      words[2 * (power - Self.lowest)] = value.high
      words[2 * (power - Self.lowest) + 1] = value.low
    }
    // 5^308 has 716 bits: twelve limbs, lowest first.
    var number = [UInt64](repeating: 0, count: 12)
    number[0] = 1
    for power in 0...Self.highest {
      store(power, Self.top(number))
      var carry: UInt64 = 0
      for limb in number.indices {
        let product = number[limb].multipliedFullWidth(by: 5)
        let (low, overflow) = product.low.addingReportingOverflow(carry)
        number[limb] = low
        carry = product.high + (overflow ? 1 : 0)
      }
    }
    // Reciprocals: floor(2^b / 5^n) by repeated division of a power of two that is long enough.
    var quotient = [UInt64](repeating: 0, count: 29)
    quotient[28] = 1
    for power in 1...(-Self.lowest) {
      var remainder: UInt64 = 0
      for limb in quotient.indices.reversed() {
        let (value, rest) = UInt64(5).dividingFullWidth((remainder, quotient[limb]))
        quotient[limb] = value
        remainder = rest
      }
      var value = Self.top(quotient)
      if power <= 27 {
        // The short reciprocals are rounded up, the long ones down.
        let (low, overflow) = value.low.addingReportingOverflow(1)
        value = (value.high + (overflow ? 1 : 0), low)
      }
      store(-power, value)
    }
    self.words = words
  }

  /// The highest 128 bits of a number, moved so that the top bit is set.
  private static func top(_ number: [UInt64]) -> (high: UInt64, low: UInt64) {
    guard let last = number.lastIndex(where: { $0 != 0 }) else { return (0, 0) }
    let limbs = (0..<3).map { last - $0 >= 0 ? number[last - $0] : 0 }
    let shift = UInt64(limbs[0].leadingZeroBitCount)
    if shift == 0 { return (limbs[0], limbs[1]) }
    return (
      limbs[0] << shift | limbs[1] >> (64 - shift), limbs[1] << shift | limbs[2] >> (64 - shift)
    )
  }
}

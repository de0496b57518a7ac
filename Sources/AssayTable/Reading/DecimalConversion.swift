/// Turning a decimal mantissa and exponent into the nearest double.
// SAFETY: the tables are allocated once, never freed and never written again.
@safe
struct DecimalConversion: @unchecked Sendable {
  private let powers: UnsafePointer<UInt64>
  private let exact: UnsafePointer<Double>
  private let small: UnsafePointer<UInt64>

  static let shared = DecimalConversion()

  private init() {
    let words = PowersOfFive.shared.words
    let powers = UnsafeMutablePointer<UInt64>.allocate(capacity: words.count)
    for index in words.indices { unsafe powers[index] = words[index] }
    unsafe self.powers = UnsafePointer(powers)
    let exact = UnsafeMutablePointer<Double>.allocate(capacity: 23)
    var power = 1.0
    for index in 0...22 {
      unsafe exact[index] = power
      power *= 10
    }
    unsafe self.exact = UnsafePointer(exact)
    let small = UnsafeMutablePointer<UInt64>.allocate(capacity: 9)
    var step: UInt64 = 1
    for index in 0...8 {
      unsafe small[index] = step
      step *= 10
    }
    unsafe self.small = UnsafePointer(small)
  }

  /// 10^exponent for 0 to 8.
  @inline(__always)
  func smallPower(_ exponent: Int) -> UInt64 {
    assert(exponent >= 0 && exponent <= 8)
    return unsafe small[exponent]
  }

  /// The double nearest to mantissa · 10^exponent, ties to even.
  ///
  /// - Returns: nil in the rare cases that need more digits than 64 bits hold; infinity if too large.
  ///
  /// Source: Clinger (1990), How to read floating point numbers accurately, doi:10.1145/93542.93557, for short
  /// numbers; Lemire (2021), doi:10.1002/spe.2984, for the others.
  @inline(__always)
  func double(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
      let value = Double(Int64(truncatingIfNeeded: mantissa))
      return unsafe exponent < 0 ? value / exact[-exponent] : value * exact[exponent]
    }
    return eiselLemire(mantissa, exponent)
  }

  @inline(never)
  private func eiselLemire(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    if mantissa == 0 || exponent < PowersOfFive.lowest { return 0 }
    if exponent > PowersOfFive.highest { return .infinity }
    let zeros = mantissa.leadingZeroBitCount
    let scaled = mantissa << UInt64(zeros)
    let index = 2 * (exponent - PowersOfFive.lowest)
    var (upper, lower) = unsafe scaled.multipliedFullWidth(by: powers[index])
    if upper & 0x1FF == 0x1FF {
      let second = unsafe scaled.multipliedFullWidth(by: powers[index + 1])
      let (sum, overflow) = lower.addingReportingOverflow(second.high)
      lower = sum
      if overflow { upper &+= 1 }
    }
    if lower == .max, exponent < -27 || exponent > 55 { return nil }
    let upperBit = Int(upper >> 63)
    let shift = UInt64(upperBit + 9)
    var result = upper >> shift
    var power = (((152_170 + 65_536) * exponent) >> 16) + 63 + upperBit - zeros + 1_023
    if power <= 0 {
      if -power + 1 >= 64 { return 0 }
      result >>= UInt64(-power + 1)
      result += result & 1
      result >>= 1
      return Double(bitPattern: result)
    }
    if lower <= 1, exponent >= -4, exponent <= 23, result & 3 == 1, result << shift == upper {
      result &= ~1
    }
    result += result & 1
    result >>= 1
    if result >= 2 << 52 {
      result = 1 << 52
      power += 1
    }
    if power >= 0x7FF { return .infinity }
    return Double(bitPattern: UInt64(power) << 52 | result & ~(1 << 52))
  }
}

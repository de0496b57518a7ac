import CLanes
import Testing

@testable import AssayNumerics

/// Slow twins: the plain form of each loop, and Swift for the sum of squares.
@Suite struct `Loops over keys` {
  /// Numbers that ask for something: equal to a limit, beyond all numbers, not a number.
  private func keys(_ count: Int, _ stream: inout RandomStream) -> [Float] {
    (0..<count).map { _ in
      switch stream.below(12) {
      case 0: .nan
      case 1: .infinity
      case 2: -.infinity
      default: Float(stream.below(9)) - 4
      }
    }
  }

  #if arch(x86_64)
    @Test(.enabled(if: KeyLoops.isWide, "this processor has no 256-bit lanes"), arguments: 0..<75)
    func `wide lanes give what the plain loops give`(_ count: Int) {
      var stream = RandomStream(seed: 91, name: "keys", String(count))
      for limit: Float in [-5, -1, 0, 3, .infinity, -.infinity, .nan] {
        let line = keys(count, &stream)
        let reach = keys(count, &stream)
        let more = keys(count, &stream)
        for from in 0...count {
          #expect(
            unsafe assay_wide_next_below(line, from, count, limit)
              == assay_plain_next_below(line, from, count, limit))
          #expect(
            unsafe assay_wide_next_either(line, reach, more, from, count, 0.5, limit)
              == assay_plain_next_either(line, reach, more, from, count, 0.5, limit))
        }
        for outside in [limit, limit + 2] {
          var held = ([Int32](repeating: 3, count: count), [Int32](repeating: 3, count: count))
          var open = ([Int32](repeating: 0, count: count), [Int32](repeating: 0, count: count))
          var opened = (0, 0)
          let sure = unsafe (
            assay_wide_count_inside(line, count, limit, outside, &held.0, &open.0, &opened.0),
            assay_plain_count_inside(line, count, limit, outside, &held.1, &open.1, &opened.1)
          )
          #expect(sure.0 == sure.1)
          #expect(held.0 == held.1)
          #expect(open.0.prefix(opened.0) == open.1.prefix(opened.1))
          opened = (0, 0)
          let reached = unsafe (
            assay_wide_is_reached(line, reach, count, limit, outside, &open.0, &opened.0),
            assay_plain_is_reached(line, reach, count, limit, outside, &open.1, &opened.1)
          )
          #expect(reached.0 == reached.1)
          if reached.1 == 0 { #expect(open.0.prefix(opened.0) == open.1.prefix(opened.1)) }
        }
      }
    }

    @Test(.enabled(if: KeyLoops.isWide, "this processor has no 256-bit lanes"))
    func `wide lanes add squares in the same order`() {
      var stream = RandomStream(seed: 92, name: "squares")
      for count in 0..<40 {
        let a = (0..<count).map { _ in stream.normal() }
        let b = (0..<count).map { _ in stream.normal() }
        var sums = [0.0, 0, 0, 0]
        for place in 0..<count {
          let gap = a[place] - b[place]
          sums[place < count / 4 * 4 ? place % 4 : 0] += gap * gap
        }
        // The same to the last bit.
        #expect(
          KeyLoops.squaredDistance(a.span, b.span) == (sums[0] + sums[1]) + (sums[2] + sums[3]))
      }
    }
  #endif
}

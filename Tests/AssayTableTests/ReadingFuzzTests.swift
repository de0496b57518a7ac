import Testing

@testable import assay_fuzz

@Suite struct ReadingFuzzTests {
  // Slow twin: `SlowReader`. The long runs are those of the assay-fuzz command.
  @Test(arguments: 0..<8)
  func `damaged tables are read like the slow reader reads them`(part: UInt64) {
    for number in 0..<500 {
      let fuzzed = FuzzCase(seed: part * 1_000_000 + UInt64(number))
      if let words = fuzzed.disagreement() {
        Issue.record("part \(part), case \(number): \(words)")
        return
      }
    }
  }
}

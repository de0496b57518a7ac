#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs many cases and stops at the first disagreement.
enum FuzzRun {
  static func run(seed: UInt64, iterations: UInt64) {
    for number in 0..<iterations {
      let fuzzed = FuzzCase(seed: seed &* 1_000_000_007 &+ number)
      // The case is named before it runs, so that a crash can be traced to it.
      if number % 10_000 == 0 { print("case \(number) of \(iterations), seed \(seed)") }
      if let words = fuzzed.disagreement() {
        print("case \(number), seed \(seed): \(words)")
        print(String(decoding: fuzzed.bytes, as: UTF8.self).debugDescription)
        exit(1)
      }
    }
    print("\(iterations) cases, seed \(seed): both readers agree")
  }
}

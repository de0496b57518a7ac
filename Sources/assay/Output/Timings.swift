import AssayFiles
import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How long each phase took and how much memory was held: never part of a document.
struct Timings: Encodable {
  /// A phase and its wall-clock seconds.
  struct Phase: Encodable {
    var phase: String
    var seconds: Double
  }

  private(set) var phases: [Phase] = []
  private(set) var totalSeconds = 0.0
  private(set) var peakBytes = 0
  let threads: Int
  private let start = ContinuousClock().now
  private var last = ContinuousClock().now

  private enum CodingKeys: String, CodingKey { case phases, totalSeconds, peakBytes, threads }

  /// Starts to measure.
  init(threads: Int) { self.threads = threads }

  /// Ends a phase.
  mutating func end(_ phase: String) {
    let now = ContinuousClock().now
    phases.append(Phase(phase: phase, seconds: Self.seconds(now - last)))
    last = now
    totalSeconds = Self.seconds(now - start)
    peakBytes = Self.peak()
  }

  /// Writes the timings as JSON.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    var bytes = Array(try encoder.encode(self))
    bytes.append(0x0A)
    try AtomicFile.write(bytes, to: path)
  }

  private static func seconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) + (Double(parts.attoseconds) / 1e15).rounded() / 1e3
  }

  private static func peak() -> Int {
    var usage = rusage()
    #if canImport(Glibc)
      guard unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
      return usage.ru_maxrss * 1_024
    #else
      guard unsafe getrusage(RUSAGE_SELF, &usage) == 0 else { return 0 }
      return usage.ru_maxrss
    #endif
  }
}

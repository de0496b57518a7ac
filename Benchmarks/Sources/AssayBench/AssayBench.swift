import Foundation

/// Times one case of Assay in a process of its own, so that its peak memory is its own too.
///
/// `AssayBench CASE REAL SYNTHETIC REPEATS THREADS` prints one line of JSON: the median of the
/// repeats in seconds, and numbers by which a peer can be seen to have computed the same thing.
@main
struct AssayBench {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 6, let repeats = Int(arguments[4]), let threads = Int(arguments[5])
    else {
      throw Problem("usage: AssayBench CASE REAL SYNTHETIC REPEATS THREADS")
    }
    let run = Run(
      real: arguments[2], synthetic: arguments[3], repeats: max(1, repeats), threads: threads)
    let outcome: Outcome
    switch arguments[1] {
    case "read": outcome = try run.reading(hasDigest: false)
    case "read-digest": outcome = try run.reading(hasDigest: true)
    case "sort": outcome = try run.sorting()
    case "ks": outcome = try run.kolmogorovSmirnov()
    case "w1": outcome = try run.wasserstein()
    case "midranks": outcome = try run.midrank()
    case "spearman": outcome = try run.spearman()
    case "pairs": outcome = try await run.pairs(replicates: 2)
    case "pairs-replicates": outcome = try await run.pairs(replicates: nil)
    case "spearman-pairs": outcome = try await run.spearmanPairs()
    case "neighbours": outcome = try run.neighbours(limited: false)
    case "neighbours-sample": outcome = try run.neighbours(limited: true)
    case "measure": outcome = try await run.measuring()
    case "measure-bare": outcome = try await run.measuringBare()
    case "points-prdc": outcome = try run.manifold()
    case "points-neighbours": outcome = try run.pointNeighbours()
    case "classifier": outcome = try run.classifier()
    default: throw Problem("there is no case '\(arguments[1])'")
    }
    print(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
  }
}

/// What one process of the benchmark is asked for.
struct Run {
  var real: String
  var synthetic: String
  var repeats: Int
  var threads: Int

  /// Does the work `repeats` times and keeps the median time and the last check.
  func timed(_ work: () throws -> [Double]) rethrows -> Outcome {
    var seconds: [Double] = []
    var check: [Double] = []
    for _ in 0..<repeats {
      let start = ContinuousClock().now
      check = try work()
      seconds.append(Self.seconds(ContinuousClock().now - start))
    }
    return Outcome(seconds: Self.median(seconds), check: check)
  }

  /// The same in seconds of the processor, of all threads: what a library that brings threads of its
  /// own is compared by.
  func timedByProcessor(_ work: () throws -> [Double]) rethrows -> Outcome {
    var seconds: [Double] = []
    var check: [Double] = []
    for _ in 0..<repeats {
      let start = Self.processor()
      check = try work()
      seconds.append(Self.processor() - start)
    }
    return Outcome(seconds: Self.median(seconds), check: check)
  }

  /// The same for work that waits for other tasks.
  func timed(_ work: () async throws -> [Double]) async rethrows -> Outcome {
    var seconds: [Double] = []
    var check: [Double] = []
    for _ in 0..<repeats {
      let start = ContinuousClock().now
      check = try await work()
      seconds.append(Self.seconds(ContinuousClock().now - start))
    }
    return Outcome(seconds: Self.median(seconds), check: check)
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  /// Seconds that all threads have worked so far.
  private static func processor() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}

/// A time, and numbers by which two programs can be seen to have done the same.
struct Outcome: Encodable {
  var seconds: Double
  var check: [Double]
  /// What else there is to say.
  var note: String?
}

/// Something that keeps a case from being timed.
struct Problem: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

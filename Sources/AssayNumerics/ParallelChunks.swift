import Dispatch
import Synchronization

/// Applies `body` to consecutive ranges of at most `chunk` indices, several at a time.
///
/// The ranges depend on `count` and `chunk` alone and the results come back in the order of the
/// ranges, so whatever is made of them is the same for any number of threads. The calling thread
/// takes part in the work, so the call cannot deadlock, whether it is made from a task, from
/// inside another such call or from neither. Cancellation of the calling task is looked at before
/// each range.
///
/// - Parameters:
///   - count: The number of indices; at least 0.
///   - chunk: The largest length of a range; at least 1. A range should be worth a millisecond.
///   - threads: The most ranges in work at one time; at least 1.
///   - body: The work on one range.
/// - Returns: What `body` returned, in the order of the ranges.
/// - Throws: The error of the earliest range that failed, or ``NumericsError`` with the code
///   ``NumericsError/Code-swift.struct/cancelled``.
public func parallelChunks<Result: Sendable>(
  count: Int, chunk: Int, threads: Int,
  _ body: @Sendable (Range<Int>) throws(NumericsError) -> Result
) throws(NumericsError) -> [Result] {
  precondition(count >= 0, "a count of at least 0 is expected, not \(count)")
  precondition(chunk >= 1, "a chunk of at least 1 is expected, not \(chunk)")
  precondition(threads >= 1, "at least 1 thread is expected, not \(threads)")
  let chunks = (count + chunk - 1) / chunk
  let range = { @Sendable (index: Int) in index * chunk..<min(count, (index + 1) * chunk) }
  if threads == 1 || chunks <= 1 {
    var results: [Result] = []
    results.reserveCapacity(chunks)
    for index in 0..<chunks {
      if Task.isCancelled { throw cancellation }
      results.append(try body(range(index)))
    }
    return results
  }

  let slots = Mutex(Slots<Result>(results: Array(repeating: nil, count: chunks)))
  let claimed = Atomic(0)
  unsafe withUnsafeCurrentTask { task in
    // SAFETY: the task outlives this closure, and asking a task whether it is cancelled is
    // allowed from any thread.
    nonisolated(unsafe) let task = unsafe task
    DispatchQueue.concurrentPerform(iterations: min(threads, chunks)) { _ in
      while true {
        let index = claimed.add(1, ordering: .relaxed).oldValue
        guard index < chunks, slots.withLock({ $0.failure == nil }) else { return }
        guard unsafe task?.isCancelled != true else {
          slots.withLock { $0.fail(index, cancellation) }
          return
        }
        do throws(NumericsError) {
          let result = try body(range(index))
          slots.withLock { $0.results[index] = result }
        } catch {
          slots.withLock { $0.fail(index, error) }
        }
      }
    }
  }
  let done = slots.withLock { $0 }
  if let failure = done.failure { throw failure.error }
  return done.results.compactMap { $0 }
}

private let cancellation = NumericsError(.cancelled, "the work was cancelled")

/// What the ranges have come to so far.
private struct Slots<Result: Sendable>: Sendable {
  var results: [Result?]
  var failure: (index: Int, error: NumericsError)?

  /// Keeps the error of the earliest range.
  ///
  /// Ranges are claimed in order, so a range before the
  /// earliest failing one has always been begun, and which error is reported does not depend on
  /// the threads.
  mutating func fail(_ index: Int, _ error: NumericsError) {
    if let failure, failure.index < index { return }
    failure = (index, error)
  }
}

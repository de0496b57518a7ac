internal import Dispatch
internal import Synchronization

/// Work on numbered pieces, shared among threads.
enum Workers {
  /// Calls `body` once for each piece; which thread takes which piece must not matter.
  ///
  /// - Returns: false if the task was cancelled, in which case some pieces were not done.
  static func run(
    pieces: Int, threads: Int, _ body: @Sendable (Int) -> Void
  ) -> Bool {
    let next = Atomic<Int>(0)
    let isCancelled = Atomic<Bool>(false)
    @Sendable func work() {
      while !isCancelled.load(ordering: .relaxed) {
        let piece = next.add(1, ordering: .relaxed).oldValue
        if piece >= pieces { return }
        body(piece)
        // Only the calling thread belongs to a task; it takes part in the work and tells the others.
        if Task.isCancelled { isCancelled.store(true, ordering: .relaxed) }
      }
    }
    let count = min(threads, pieces)
    if count <= 1 {
      work()
    } else {
      DispatchQueue.concurrentPerform(iterations: count) { _ in work() }
    }
    return !isCancelled.load(ordering: .relaxed)
  }

  /// Calls `body` once for each piece and gathers the results in the order of the pieces.
  ///
  /// - Returns: nil if the task was cancelled.
  static func map<Result: Sendable>(
    pieces: Int, threads: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result]? {
    let results = Mutex([Result?](repeating: nil, count: pieces))
    let isDone = run(pieces: pieces, threads: threads) { piece in
      let result = body(piece)
      results.withLock { $0[piece] = result }
    }
    return isDone ? results.withLock { $0.compactMap(\.self) } : nil
  }
}

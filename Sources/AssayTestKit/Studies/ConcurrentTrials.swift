/// Runs trials several at a time; the results come in the order of the trials.
///
/// What a trial finds must depend on its number alone, so that the results are the same for any
/// number of threads.
///
/// - Parameters:
///   - count: The number of trials.
///   - threads: How many are in work at one time.
///   - body: A trial; `nil` leaves it out.
/// - Returns: What the trials found.
/// - Throws: The first error that comes up.
package func concurrentTrials<Found: Sendable>(
  _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) async throws -> Found?
) async throws -> [Found] {
  try await withThrowingTaskGroup(of: (Int, Found?).self) { group in
    var next = 0
    func add() {
      guard next < count else { return }
      let trial = next
      next += 1
      group.addTask { @concurrent in (trial, try await body(trial)) }
    }
    for _ in 0..<max(1, threads) { add() }
    var found = [Found?](repeating: nil, count: count)
    while let (trial, result) = try await group.next() {
      found[trial] = result
      add()
    }
    return found.compactMap(\.self)
  }
}

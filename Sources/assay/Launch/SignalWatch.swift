import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Turns the first interrupt into cancellation and the second into an end at once.
final class SignalWatch: Sendable {
  private let sources: Mutex<[any DispatchSourceSignal]>

  /// Starts to watch for SIGINT and SIGTERM.
  init(onCancel: @escaping @Sendable () -> Void) {
    let seen = Counter()
    let queue = DispatchQueue(label: "assay.signals")
    var made: [any DispatchSourceSignal] = []
    for number in [SIGINT, SIGTERM] {
      _ = signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        if seen.next() == 1 {
          onCancel()
        } else {
          _exit(ExitStatus.cancelled.rawValue)
        }
      }
      source.resume()
      made.append(source)
    }
    sources = Mutex(made)
  }

  /// Stops watching.
  func stop() { sources.withLock { for source in $0 { source.cancel() } } }
}

/// Counts up from 1.
private final class Counter: Sendable {
  private let value = Atomic(0)

  func next() -> Int { value.add(1, ordering: .relaxed).newValue }
}

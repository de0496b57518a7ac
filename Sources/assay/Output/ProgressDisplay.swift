import AssayReport
import Foundation
import Synchronization

/// Shows on standard error what is being done: a bar on a terminal, plain lines elsewhere.
final class ProgressDisplay: Sendable {
  /// How progress is shown.
  enum Mode: Sendable { case bar, lines, silent }

  private struct State {
    var step = ""
    var shownAt: ContinuousClock.Instant?
    var lineAt: ContinuousClock.Instant?
    var measuringSince: ContinuousClock.Instant?
    var firstShare = 0.0
    var hasBar = false
  }

  private let mode: Mode
  private let clock = ContinuousClock()
  private let state = Mutex(State())

  init(_ mode: Mode) { self.mode = mode }

  /// The display that fits a terminal.
  static func fitting(_ terminal: Terminal, isQuiet: Bool) -> ProgressDisplay {
    ProgressDisplay(isQuiet ? .silent : terminal.errorIsTerminal ? .bar : .lines)
  }

  /// Says that a new phase starts; always shown.
  func phase(_ words: String) {
    state.withLock { state in
      state.step = words
      state.shownAt = clock.now
      state.lineAt = clock.now
      switch mode {
      case .silent: break
      case .lines: Stream.error("assay: " + VisibleText.line(words))
      case .bar: draw(&state, share: nil, left: nil)
      }
    }
  }

  /// Tells how far the work is; shown at most ten times a second, as lines every two seconds.
  func update(_ step: String, share: Double) {
    guard mode != .silent else { return }
    state.withLock { state in
      let now = clock.now
      let share = min(1, max(0, share))
      if state.measuringSince == nil {
        state.measuringSince = now
        state.firstShare = share
      }
      state.step = step
      let left = remaining(state, share: share, now: now)
      if mode == .bar {
        if let last = state.shownAt, now - last < .milliseconds(100), share < 1 { return }
        state.shownAt = now
        draw(&state, share: share, left: left)
      } else {
        if let last = state.lineAt, now - last < .seconds(2) { return }
        state.lineAt = now
        let percent = "\(Int(share * 100)) %"
        Stream.error(
          "assay: \(percent) \(VisibleText.line(step))" + (left.map { ", \($0)" } ?? ""))
      }
    }
  }

  /// Removes the bar, so that results start on a clean line.
  func finish() {
    state.withLock { state in
      if state.hasBar { Stream.rawError("\r\u{1B}[K") }
      state.hasBar = false
    }
  }

  private func remaining(
    _ state: State, share: Double, now: ContinuousClock.Instant
  ) -> String? {
    guard let start = state.measuringSince, share - state.firstShare > 0.02 else { return nil }
    let spent =
      Double((now - start).components.seconds) + Double(
        (now - start).components.attoseconds) / 1e18
    let left = spent / (share - state.firstShare) * (1 - share)
    guard spent > 0.5, left >= 1 else { return nil }
    return left < 90
      ? "about \(Int(left.rounded())) s left" : "about \(Int(left / 60) + 1) min left"
  }

  private func draw(_ state: inout State, share: Double?, left: String?) {
    state.hasBar = true
    var line = "\r\u{1B}[K"
    if let share {
      let filled = Int(share * 24)
      line += "[" + String(repeating: "#", count: filled)
      line += String(repeating: ".", count: 24 - filled) + "] \(Int(share * 100)) %  "
    }
    line += VisibleText.cut(state.step, to: 40)
    if let left { line += "  " + left }
    Stream.rawError(line)
  }
}

import AssayDocument

/// Puts what a policy makes of several draws into one verdict: of each requirement the worst draw.
struct PolicyDraws {
  private let names: [String]
  private let lacksPairs: Bool

  init(_ document: EvaluationDocument) {
    names = document.draws?.inputs.map(\.name) ?? []
    lacksPairs = document.draws?.evidence.contains(where: \.lacksPairs) ?? false
  }

  /// The worst row of each requirement and place, in the order of the first draw that has it.
  ///
  /// Worst is what failed, then what is undecided; of several alike the one whose bound lies furthest
  /// on the wrong side of its margin, or nearest to it.
  func worst(_ draws: [[PolicyRow]]) -> [PolicyRow] {
    guard draws.count > 1 else { return draws.first ?? [] }
    var order: [String] = []
    var found: [String: [(draw: Int, row: PolicyRow)]] = [:]
    for (draw, rows) in draws.enumerated() {
      for row in rows {
        if found[row.verdict.id] == nil { order.append(row.verdict.id) }
        found[row.verdict.id, default: []].append((draw, row))
      }
    }
    return order.compactMap { id in
      let rows = found[id] ?? []
      guard var worst = rows.min(by: { Self.rank($0) < Self.rank($1) }) else { return nil }
      if rows.count < draws.count, worst.row.verdict.status == .passed {
        worst.row.verdict.status = .undecided
        let pairs = lacksPairs ? ": the document does not carry the pairs of further draws" : ""
        worst.row.verdict.why =
          "\(rows.count) of \(draws.count) draws have it, and pass\(pairs)"
        return worst.row
      }
      let place = "draw \(worst.draw + 1) of \(draws.count) (\(name(worst.draw)))"
      switch worst.row.verdict.status {
      case .passed, .evaluated:
        worst.row.verdict.why =
          "all \(draws.count) draws pass, the nearest to the margin is \(place): "
          + worst.row.verdict.why
      case .failed, .undecided:
        worst.row.verdict.why = "\(place): \(worst.row.verdict.why)"
      }
      return worst.row
    }
  }

  private func name(_ draw: Int) -> String {
    draw < names.count ? names[draw] : "unnamed"
  }

  private static func rank(_ entry: (draw: Int, row: PolicyRow)) -> (Int, Double, Int) {
    let group =
      switch entry.row.verdict.status {
      case .failed: 0
      case .undecided: 1
      case .passed, .evaluated: 2
      }
    // What has no bound was not measured, which is worse than a bound on the wrong side.
    return (group, entry.row.room ?? -.infinity, entry.draw)
  }
}

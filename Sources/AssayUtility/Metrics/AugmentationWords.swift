import AssayNumerics

/// What a curve of mixtures says, in words.
struct AugmentationWords {
  /// What the interval of a gain says.
  enum Verdict: String, CaseIterable {
    case gain, harm
    /// The interval holds 0.
    case untold = "cannot be told"
  }

  let curve: MixtureCurve
  let level: Double

  init(_ curve: MixtureCurve, level: Double) {
    self.curve = curve
    self.level = level
  }

  /// The verdict of one mixture, by its own interval.
  static func verdict(_ point: MixtureCurve.Point, level: Double) -> Verdict {
    // Degrees of freedom are at least one: there are six repetitions.
    guard let quantile = try? studentQuantile((1 + level) / 2, degreesOfFreedom: point.freedom)
    else { return .untold }
    let reach = quantile * point.deviation
    return point.gain - reach > 0 ? .gain : point.gain + reach < 0 ? .harm : .untold
  }

  /// One part a regime, the scarce one first: it is what synthetic rows are added for.
  var sentence: String {
    let parts = [MixtureCurve.Regime.scarce, .added, .mix].compactMap { regime -> String? in
      let own = curve.points.filter { $0.regime == regime }
      guard !own.isEmpty else { return nil }
      return Self.title(regime) + ": " + words(own)
    }
    return parts.joined(separator: "; ")
  }

  private func words(_ points: [MixtureCurve.Point]) -> String {
    let verdicts = points.map { Self.verdict($0, level: level) }
    if verdicts.allSatisfy({ $0 == .untold }) {
      return "neither gain nor harm can be told at this size"
    }
    return Verdict.allCases.compactMap { verdict -> String? in
      let shares = points.indices.filter { verdicts[$0] == verdict }.map {
        "\(Int((points[$0].share * 100).rounded()))"
      }
      guard !shares.isEmpty else { return nil }
      return "\(verdict.rawValue) at \(Self.listed(shares)) %"
    }.joined(separator: ", ")
  }

  private static func title(_ regime: MixtureCurve.Regime) -> String {
    switch regime {
    case .scarce: "synthetic rows on top of a few of the real ones"
    case .added: "on top of all real ones"
    case .mix: "in the place of real ones"
    }
  }

  private static func listed(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension PlanRecord {
  /// The options that name files with vectors, by words in capitals: a document knows that there were
  /// some and not what they are called.
  ///
  /// - Parameters:
  ///   - draws: How many synthetic tables there are.
  ///   - hasHoldout: Whether there is a holdout.
  /// - Returns: words for a command; none where no vectors were given.
  package func embeddingOptions(draws: Int, hasHoldout: Bool) -> [String] {
    guard case .object? = sampling["embedding"] else { return [] }
    var words = ["--embedding-real", "REAL-VECTORS"]
    for place in 0..<draws {
      let number = draws > 1 ? "-\(place + 1)" : ""
      words += ["--embedding-synthetic", "SYNTHETIC-VECTORS" + number]
    }
    if hasHoldout { words += ["--embedding-holdout", "HOLDOUT-VECTORS"] }
    return words
  }
}

/// Default parameters of embedding metrics, with their reasons.
enum EmbeddingDefaults {
  static func entries(neighbours: Int? = nil) -> [String: String] {
    var entries = [
      "embedding":
        "vectors that are given, else mid-ranks and one-hot/√2 on the principal components that "
        + "hold 95 % of the training rows’ variance: bounded, and fitted on real rows alone",
      "rows": "as many of both sides, 2,500 at most (5,000 in full): all pairs are compared",
    ]
    if let neighbours {
      entries["neighbours"] = "\(neighbours), as in the source; balls are the same for all rows"
    }
    return entries
  }
}

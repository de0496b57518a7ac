import AssayDocument
import AssayNumerics
import AssayTable

/// Equally many real and synthetic points, and as many of the anchor.
struct EmbeddedPair {
  var real: EuclideanPoints
  var synthetic: EuclideanPoints
  var shuffled: EuclideanPoints
  /// All real points that there are, up to twice as many.
  var pool: EuclideanPoints

  /// The rows of each side.
  var rows: Int { real.count }

  /// `nil` where there are too few rows for a covariance.
  init?(_ samples: EmbeddedSamples.Found, _ role: TableRole, limit: Int) {
    guard let pool = samples.real(role) else { return nil }
    let count = min(limit, pool.count, samples.synthetic.count, samples.shuffled.count)
    guard count >= 8 else { return nil }
    self.pool = pool
    real = pool.prefix(count)
    synthetic = samples.synthetic.prefix(count)
    shuffled = samples.shuffled.prefix(count)
  }
}

extension EmbeddedSamples.Found {
  /// What a score says of the embedding.
  var details: [String: DetailValue] {
    var details: [String: DetailValue] = [
      "embedding": .string(name), "embeddingDigest": .string(digest),
      "dimensions": .integer(training.dimensions),
    ]
    if !files.isEmpty { details["given"] = .object(files.mapValues { .string($0) }) }
    return details
  }
}

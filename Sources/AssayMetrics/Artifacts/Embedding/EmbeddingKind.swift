/// How rows become points for embedding metrics.
package enum EmbeddingKind: String, Sendable, Hashable, CaseIterable {
  /// Vectors that were given, as they are.
  case given
  /// Mid-ranks and one-hot levels, on the principal components that hold 95 % of the variance of the
  /// training rows.
  case tabular
  /// Random Fourier features of the tabular embedding: moments of them are a kernel's.
  case fourier
  /// The leaves where rows end in boosted trees that tell training rows from rows whose columns
  /// were drawn each on its own: how columns go together.
  case leaves

  /// The name of the construction.
  package var name: String {
    switch self {
    case .given: "given"
    case .tabular: RowEmbedding.name + "+pca-95"
    case .fourier: RowEmbedding.name + "+pca-95+random-fourier/1"
    case .leaves: "boosted-leaves/1+pca-95"
    }
  }
}

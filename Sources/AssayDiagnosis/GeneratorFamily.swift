/// Kinds of generators that fail in ways of their own.
public enum GeneratorFamily: String, Sendable, Hashable, CaseIterable {
  /// Columns one after another, by trees or by networks.
  case autoregressive
  /// Marginal laws joined by a copula, and Bayesian networks.
  case copula
  /// Noise that is taken away step by step.
  case diffusion
  /// A generator against a discriminator.
  case gan
  /// A language model that writes rows.
  case llm
  /// An encoder and a decoder with a latent space.
  case vae

  /// Words in the name of a generator that tell its kind, the more telling ones first.
  private static let words: [(String, GeneratorFamily)] = [
    ("tvae", .vae), ("vae", .vae), ("variational", .vae), ("autoencoder", .vae),
    ("autodiff", .diffusion), ("ddpm", .diffusion), ("diffus", .diffusion), ("tabsyn", .diffusion),
    ("great", .llm), ("llm", .llm), ("gpt", .llm), ("llama", .llm), ("language model", .llm),
    ("gan", .gan), ("copula", .copula), ("bayesian network", .copula),
    ("bayesian_network", .copula),
    ("privbayes", .copula), ("mwem", .copula), ("synthpop", .autoregressive),
    ("cart", .autoregressive), ("forest", .autoregressive), ("tree", .autoregressive),
    ("autoregressive", .autoregressive), ("mostly", .autoregressive), ("argn", .autoregressive),
    ("arf", .autoregressive), ("nflow", .copula), ("flow", .copula),
  ]

  /// The kind that a generator's name tells, if it tells one.
  public init?(named name: String) {
    let lower = name.lowercased()
    guard let found = Self.words.first(where: { lower.contains($0.0) }) else { return nil }
    self = found.1
  }
}

/// The five questions that scores are grouped under.
public enum Dimension: String, Sendable, Hashable, Codable, CaseIterable {
  /// Are structure, keys, ranges and spelling intact?
  case diagnostics
  /// Do distributions and relations look like the real ones?
  case fidelity
  /// Does work done on the synthetic data carry over?
  case utility
  /// Are groups represented and treated alike?
  case fairness
  /// Does the synthetic data give away who was in the training data?
  case privacy
}

/// The real rows that a score compares the synthetic rows with.
public enum Against: String, Sendable, Hashable, Codable {
  /// The rows that the generator saw.
  case training
  /// The rows that the generator never saw.
  case holdout
  /// Both, with their roles exchanged or pooled.
  case both
  /// Nothing: a property of the synthetic rows alone.
  case none
}

/// Which way a score improves.
public enum Direction: String, Sendable, Hashable, Codable {
  /// A larger value is better.
  case higherIsBetter
  /// A smaller value is better.
  case lowerIsBetter
  /// The best value is the one that a fresh real sample gets.
  case closerToFreshSample
}

/// What became of a score.
public enum ScoreStatus: String, Sendable, Hashable, Codable {
  /// It has a value.
  case measured
  /// It is not defined here; the reason says why.
  case notApplicable
  /// It should have a value, and has none; the failure says why.
  case failed
}

/// The part that a table plays in an evaluation.
public enum TableRole: String, Sendable, Hashable, Codable, CaseIterable {
  /// Real rows that the generator saw.
  case training
  /// The rows under test.
  case synthetic
  /// Real rows that the generator never saw.
  case holdout
}

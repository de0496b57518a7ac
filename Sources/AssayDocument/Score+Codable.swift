extension Score: Codable {
  private enum CodingKeys: String, CodingKey {
    case metric, dimension, against, subject, parameters, status, reason, failure, value, unit
    case interval, bounds, floor, baseline, normalised, reference, test, n, details
  }

  /// Reads a score; members that are absent count as `null`.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    let outcome: Outcome
    switch try c.decode(ScoreStatus.self, forKey: .status) {
    case .measured:
      outcome = .measured(try c.decode(Double.self, forKey: .value))
    case .notApplicable:
      outcome = .notApplicable(reason: try c.decodeIfPresent(String.self, forKey: .reason) ?? "")
    case .failed:
      outcome = .failed(
        try c.decodeIfPresent(ScoreFailure.self, forKey: .failure)
          ?? ScoreFailure(code: "unknown", message: "no message was recorded"))
    }
    self.init(
      metric: try c.decode(MetricID.self, forKey: .metric),
      dimension: try c.decode(Dimension.self, forKey: .dimension),
      against: try c.decode(Against.self, forKey: .against),
      subject: try c.decodeIfPresent(Subject.self, forKey: .subject) ?? .table,
      parameters: try c.decodeIfPresent([String: DetailValue].self, forKey: .parameters) ?? [:],
      outcome: outcome,
      unit: try c.decodeIfPresent(String.self, forKey: .unit) ?? "",
      interval: try c.decodeIfPresent(ScoreInterval.self, forKey: .interval),
      bounds: try c.decodeIfPresent(ScoreBounds.self, forKey: .bounds),
      floor: try c.decodeIfPresent(ScoreFloor.self, forKey: .floor),
      baseline: try c.decodeIfPresent(ScoreBaseline.self, forKey: .baseline),
      reference: try c.decodeIfPresent(Double.self, forKey: .reference),
      test: try c.decodeIfPresent(TestResult.self, forKey: .test),
      n: try c.decodeIfPresent(RowCounts.self, forKey: .n) ?? RowCounts(),
      details: try c.decodeIfPresent([String: DetailValue].self, forKey: .details) ?? [:])
  }

  /// Writes a score with every member; what it does not have is `null`.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    try c.encode(metric, forKey: .metric)
    try c.encode(dimension, forKey: .dimension)
    try c.encode(against, forKey: .against)
    try c.encode(subject, forKey: .subject)
    try c.encode(parameters, forKey: .parameters)
    try c.encode(status, forKey: .status)
    try c.encode(reason, forKey: .reason)
    try c.encode(failure, forKey: .failure)
    try c.encode(value, forKey: .value)
    try c.encode(unit, forKey: .unit)
    try c.encode(Nullable(wrappedValue: interval), forKey: .interval)
    try c.encode(Nullable(wrappedValue: bounds), forKey: .bounds)
    try c.encode(Nullable(wrappedValue: floor), forKey: .floor)
    try c.encode(Nullable(wrappedValue: baseline), forKey: .baseline)
    try c.encode(normalised, forKey: .normalised)
    try c.encode(Nullable(wrappedValue: reference), forKey: .reference)
    try c.encode(Nullable(wrappedValue: test), forKey: .test)
    try c.encode(n, forKey: .n)
    try c.encode(details, forKey: .details)
  }
}

import Foundation

extension Policy {
  /// The policy as one line of JSON: what its digest is taken of.
  ///
  /// Titles, purposes and reasons are part of it: a policy whose reasons change is another policy.
  /// The order of requirements and of waivers is part of it, spelling in YAML is not.
  public var canonical: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts, finite numbers and lists of them always encode.
    let data = (try? encoder.encode(canonicalValue)) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  private var canonicalValue: DetailValue {
    var undecided: [String: DetailValue] = [:]
    for severity in PolicySeverity.allCases {
      let action = onUndecided[severity] ?? severity.standardOnUndecided
      undecided[severity.rawValue] = .string(action.rawValue)
    }
    return .object([
      "assay-policy": .integer(1), "name": .string(name), "version": .string(version),
      "title": .string(title), "purpose": .string(purpose), "advisory": .boolean(isAdvisory),
      "alpha": .number(alpha), "on-undecided": .object(undecided),
      "requirements": .array(requirements.map(\.canonicalValue)),
      "coverage": .object([
        "metrics": .strings(coverage.metrics),
        "dimensions": .strings(coverage.dimensions.map(\.rawValue)),
      ]),
      "waivers": .array(waivers.map(\.canonicalValue)),
    ])
  }
}

extension PolicyRequirement {
  fileprivate var canonicalValue: DetailValue {
    var members: [String: DetailValue] = [
      "id": .string(id), "compare": .string(compare.rawValue),
      "severity": .string(severity.rawValue), "reason": .string(reason),
    ]
    switch what {
    case .metric(let name): members["metric"] = .string(name)
    case .dimension(let dimension, let facet):
      members["dimension"] = .string(dimension.rawValue)
      if let facet { members["facet"] = .string(facet) }
    }
    switch margin {
    case .atMost(let value): members["at-most"] = .number(value)
    case .atLeast(let value): members["at-least"] = .number(value)
    }
    switch place {
    case .table: break
    case .eachColumn: members["subject"] = "each-column"
    case .eachPair: members["subject"] = "each-pair"
    case .columns(let names): members["columns"] = .strings(names)
    }
    if let against { members["against"] = .string(against.rawValue) }
    if let segment { members["segment"] = .string(segment) }
    if let onUndecided { members["on-undecided"] = .string(onUndecided.rawValue) }
    return .object(members)
  }
}

extension Policy.Waiver {
  fileprivate var canonicalValue: DetailValue {
    var members: [String: DetailValue] = [
      "requirement": .string(requirement), "owner": .string(owner), "reason": .string(reason),
    ]
    if !columns.isEmpty { members["columns"] = .strings(columns) }
    if let expires { members["expires"] = .string(expires) }
    return .object(members)
  }
}

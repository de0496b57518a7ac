public import AssayDocument

/// One difference between synthetic and real rows that is on purpose.
///
/// ```yaml
/// intended:
///   - column: income
///     shares: balanced                     # every level alike
///   - column: sex
///     shares: {Female: 0.5, Male: 0.5}
///     margin: 0.02
///   - filter: {column: age, from: 18, to: 65}
///   - enrich: {column: fraud, level: yes, factor: 10}
/// ```
public struct IntendedDifference: Sendable, Hashable {
  /// What is to differ.
  public enum Form: Sendable, Hashable {
    /// Every level of the column has the same share of the rows that have a value.
    case balanced
    /// Each level has this share of the rows that have a value; levels without one have none.
    case shares([String: Double])
    /// Rows are kept whose value lies in `from...to`, with or without an end.
    case range(from: Double?, to: Double?)
    /// Rows are kept that have one of these levels.
    case levels([String])
    /// The level has this many times its real share; the other levels share the rest as before.
    case enriched(level: String, factor: Double)
  }

  /// The default margin of a declared share: two in a hundred rows.
  public static let shareMargin = 0.02

  /// The column.
  public var column: String
  /// What is to differ.
  public var form: Form
  /// By how much the synthetic share may miss the declared one; for a filter, the share of rows
  /// that may lie outside it.
  public var margin: Double
  /// Where it was declared, such as `assay.yml:7`; no part of a plan.
  public var place: String?

  /// Makes a declaration; without a margin it is 0.02 for shares and 0 for filters.
  public init(column: String, form: Form, margin: Double? = nil, place: String? = nil) {
    self.column = column
    self.form = form
    self.place = place
    switch form {
    case .range, .levels: self.margin = margin ?? 0
    case .balanced, .shares, .enriched: self.margin = margin ?? Self.shareMargin
    }
  }

  /// Whether rows are dropped and not only weighed.
  public var isFilter: Bool {
    switch form {
    case .range, .levels: true
    case .balanced, .shares, .enriched: false
    }
  }
}

extension IntendedDifference {
  /// The declaration as a plan holds it.
  public var value: DetailValue {
    var members: [String: DetailValue] = [
      "column": .string(column), "margin": .finite(margin),
    ]
    switch form {
    case .balanced: members["shares"] = "balanced"
    case .shares(let shares): members["shares"] = .object(shares.mapValues(DetailValue.finite))
    case .range(let from, let to):
      members["from"] = from.map(DetailValue.finite) ?? .null
      members["to"] = to.map(DetailValue.finite) ?? .null
    case .levels(let levels): members["levels"] = .strings(levels)
    case .enriched(let level, let factor):
      members["level"] = .string(level)
      members["factor"] = .finite(factor)
    }
    return .object(members)
  }

  /// Reads a declaration that a plan holds; `nil` where it is none.
  public init?(_ value: DetailValue) {
    guard let column = value["column"]?.stringValue else { return nil }
    let form: Form
    if let shares = value["shares"]?.objectValue {
      form = .shares(shares.compactMapValues(\.doubleValue))
    } else if value["shares"]?.stringValue == "balanced" {
      form = .balanced
    } else if let levels = value["levels"]?.arrayValue {
      form = .levels(levels.compactMap(\.stringValue))
    } else if let level = value["level"]?.stringValue, let factor = value["factor"]?.doubleValue {
      form = .enriched(level: level, factor: factor)
    } else if value["from"] != nil || value["to"] != nil {
      form = .range(from: value["from"]?.doubleValue, to: value["to"]?.doubleValue)
    } else {
      return nil
    }
    self.init(column: column, form: form, margin: value["margin"]?.doubleValue)
  }
}

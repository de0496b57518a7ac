import AssayTable

/// A role that a column may have, and why one may think so.
struct RoleSuggestion: Sendable, Encodable, Equatable {
  var column: String
  var role: String
  var reason: String
}

/// Proposes roles from names and from what columns hold; a person decides.
enum RoleSuggestions {
  private static let sensitive: Set<String> = [
    "sex", "gender", "race", "ethnicity", "ethnic", "religion", "disability", "nationality",
    "citizenship", "orientation", "pregnant", "caste", "rac1p", "hisp",
  ]
  private static let quasi: Set<String> = [
    "age", "birth", "birthdate", "birthday", "dob", "born", "zip", "zipcode", "postcode", "postal",
    "plz", "city", "county", "state", "region", "country", "district", "address", "marital",
    "education", "occupation", "job", "profession", "employer", "household", "language", "puma",
    "agep", "msp",
  ]
  private static let entities: Set<String> = [
    "id", "uuid", "guid", "key", "patient", "person", "customer", "user", "client", "subject",
    "household", "account", "member", "respondent", "participant",
  ]

  /// The proposals, in the order of the columns.
  static func make(_ profiles: [ColumnProfile], rows: Int) -> [RoleSuggestion] {
    var out: [RoleSuggestion] = []
    for profile in profiles where profile.roles.isEmpty {
      let words = Self.words(of: profile.name)
      func add(_ role: ColumnRole, _ reason: String) {
        out.append(RoleSuggestion(column: profile.name, role: role.rawValue, reason: reason))
      }
      if let key = key(profile, words, rows: rows) {
        add(key.role, key.reason)
        continue
      }
      guard let kind = ColumnKind(rawValue: profile.kind), kind.isComparable else { continue }
      if let word = target(profile, words, kind) {
        add(.target, "its name says '\(word)' and it has \(profile.distinct) values to tell apart")
      }
      if kind.isNumeric, words.contains(where: { $0.contains("wgt") }) {
        add(.weight, "its name says how many units a row stands for")
        continue
      }
      if let word = words.first(where: sensitive.contains) {
        add(.sensitive, "its name says '\(word)'")
        add(.quasiIdentifier, "'\(word)' is often known from elsewhere")
      } else if let word = words.first(where: quasi.contains) {
        add(.quasiIdentifier, "'\(word)' is often known from elsewhere")
        if word == "age" { add(.sensitive, "people are protected by age in many places") }
      }
    }
    if rows >= 50, !out.contains(where: { $0.role == ColumnRole.target.rawValue }) {
      out += lastColumn(profiles.filter { one in !out.contains { $0.column == one.name } })
    }
    return out
  }

  /// A key that names rows, or entities that own several.
  private static func key(
    _ profile: ColumnProfile, _ words: [String], rows: Int
  ) -> (role: ColumnRole, reason: String)? {
    let named = words.last.map(entities.contains) ?? false
    guard profile.missing == 0, profile.distinct > 1,
      profile.kind == ColumnKind.identifier.rawValue
        || profile.kind == ColumnKind.integer.rawValue && named
        || profile.kind == ColumnKind.category.rawValue && words.last == "id"
    else { return nil }
    if profile.distinct == rows { return (.primaryKey, "no two rows share a value") }
    guard named || profile.kind == ColumnKind.identifier.rawValue, profile.distinct * 2 > 20
    else { return nil }
    let mean = Double(rows) / Double(profile.distinct)
    let tenths = (mean * 10).rounded() / 10
    return (.group, "\(profile.distinct) values own \(tenths) rows each on average")
  }

  /// The word of a name that says target, where the values allow it.
  private static func target(
    _ profile: ColumnProfile, _ words: [String], _ kind: ColumnKind
  ) -> String? {
    guard !words.contains(where: { quasi.contains($0) || sensitive.contains($0) }) else {
      return nil
    }
    return TargetNames.word(
      TargetNames.Column(name: profile.name, kind: kind, distinct: profile.distinct))
  }

  /// Where no name says target: tables often end with it.
  private static func lastColumn(_ profiles: [ColumnProfile]) -> [RoleSuggestion] {
    guard let last = profiles.last, last.roles.isEmpty, (2...20).contains(last.distinct),
      ColumnKind(rawValue: last.kind)?.isComparable == true
    else { return [] }
    return [
      RoleSuggestion(
        column: last.name, role: ColumnRole.target.rawValue,
        reason: "it is the last column and has \(last.distinct) values to tell apart")
    ]
  }

  static func words(of name: String) -> [String] { TargetNames.words(of: name) }
}

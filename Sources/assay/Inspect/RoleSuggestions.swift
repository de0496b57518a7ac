import AssayTable

/// A role that a column may have, and why one may think so.
struct RoleSuggestion: Sendable, Encodable, Equatable {
  var column: String
  var role: String
  var reason: String
}

/// Proposes roles from names and from what columns hold; a person decides.
enum RoleSuggestions {
  private static let targets: Set<String> = [
    "target", "label", "class", "outcome", "y", "income", "churn", "churned", "default",
    "defaulted", "death", "dead", "died", "survived", "survival", "diagnosis", "readmitted",
    "mortality", "response", "fraud", "approved", "status", "relapse", "stroke", "diabetes",
  ]
  private static let sensitive: Set<String> = [
    "sex", "gender", "race", "ethnicity", "ethnic", "religion", "disability", "nationality",
    "citizenship", "orientation", "pregnant", "caste", "skin",
  ]
  private static let quasi: Set<String> = [
    "age", "birth", "birthdate", "birthday", "dob", "born", "zip", "zipcode", "postcode", "postal",
    "plz", "city", "county", "state", "region", "country", "district", "address", "marital",
    "education", "occupation", "job", "profession", "employer", "household", "height", "language",
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
      if let word = words.first(where: targets.contains), isPredictable(profile, kind) {
        add(.target, "its name says '\(word)' and it has \(profile.distinct) values to tell apart")
      }
      if let word = words.first(where: sensitive.contains) {
        add(.sensitive, "its name says '\(word)'")
        add(.quasiIdentifier, "'\(word)' is often known from elsewhere")
      } else if let word = words.first(where: quasi.contains) {
        add(.quasiIdentifier, "'\(word)' is often known from elsewhere")
        if word == "age" { add(.sensitive, "people are protected by age in many places") }
      }
    }
    if !out.contains(where: { $0.role == ColumnRole.target.rawValue }) {
      out += lastColumn(profiles)
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
    else { return nil }
    if profile.distinct == rows { return (.primaryKey, "no two rows share a value") }
    guard named || profile.kind == ColumnKind.identifier.rawValue, profile.distinct * 2 > 20
    else { return nil }
    let mean = Double(rows) / Double(profile.distinct)
    let tenths = (mean * 10).rounded() / 10
    return (.group, "\(profile.distinct) values own \(tenths) rows each on average")
  }

  private static func isPredictable(_ profile: ColumnProfile, _ kind: ColumnKind) -> Bool {
    kind.isNominal ? (2...20).contains(profile.distinct) : kind != .datetime
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

  /// `maritalStatus` as marital, status; `sample.yr` as sample, yr.
  static func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for character in name {
      if character.isUppercase && wasLower || !(character.isLetter || character.isNumber) {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if character.isLetter || character.isNumber { word += character.lowercased() }
      wasLower = character.isLowercase
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}

import AssayDocument

/// What a finding is made of, before it has a dimension and an identity.
struct FindingDraft {
  var code: String
  var severity: Finding.Severity
  var columns: [String]
  var sentence: String
  var evidence: [String: DetailValue] = [:]
  var remedy: String?
}

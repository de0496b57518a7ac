import AssayDocument

/// Puts into words by what synthetic rows are told from real ones.
struct JointFinding {
  /// The columns that gave rows away, the most telling first.
  let columns: [String]
  /// One sentence.
  let sentence: String
  /// The numbers behind it.
  let evidence: [String: DetailValue]
  /// What to do.
  let remedy: String

  /// The area above which a sentence is worth its place, with its lower bound.
  private static let margin = 0.55

  /// - Returns: `nil` where rows are hardly told apart.
  init?(_ scores: [Score], against: Against) {
    guard
      let score = scores.first(where: {
        $0.metric == "fidelity.classifier-two-sample" && $0.against == against
      }), let value = score.value, let lower = score.bounds?.lower, lower > Self.margin,
      let test = score.test, test.pValue <= 0.001
    else { return nil }
    let gone = (score.details["peeling"]?["columns"]?.arrayValue ?? []).compactMap(\.stringValue)
    let isDone = score.details["peeling"]?["isDone"]?.booleanValue ?? false
    let areas = (score.details["peeling"]?["areas"]?.arrayValue ?? []).compactMap(\.doubleValue)
    let telling = (score.details["gaveAway"]?.arrayValue ?? []).compactMap {
      $0["column"]?.stringValue
    }
    var words =
      "whole rows are told from real ones in \(FindingCollection.hundredths(value)) of pairs, where "
      + "a fresh real sample gets 0.50"
    if isDone, !gone.isEmpty {
      words += "; without \(Self.list(gone)) they no longer are"
    } else if let last = areas.last {
      words +=
        "; even without \(Self.list(gone)) they are in \(FindingCollection.hundredths(last))"
    }
    sentence = words
    columns = Array(telling.prefix(3))
    evidence = [
      "value": .finite(value), "pValue": .finite(test.pValue),
      "columnsThatHaveToGo": .integer(gone.count), "isDone": .boolean(isDone),
    ]
    remedy =
      isDone && gone.count == 1
      ? "look at how this column is written, rounded and bounded: the rest of the rows is right"
      : "look at the relations of these columns with the others; one cause can show in several"
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(3).map { "'\($0)'" }
    let rest = names.count - shown.count
    if rest > 0 { return shown.joined(separator: ", ") + " and \(rest) more columns" }
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
    return shown.dropLast().joined(separator: ", ") + " and " + last
  }
}

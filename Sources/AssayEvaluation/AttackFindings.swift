import AssayDocument

/// What the attacks and the tests of copies say that a person should know, a sentence for each.
///
/// An attack is named where its p-value, adjusted over all of its forms, is at most 1 in 1,000: a clean
/// table is not to be accused by one of so many attacks. Nothing is said where the holdout cannot stand
/// for unseen rows: attacks then tell the real sides apart, not what the generator saw.
struct AttackFindings: Sequence {
  private let found: [FindingDraft]

  init(_ scores: [Score]) {
    let screening = LeakScreening(scores)
    guard screening.problems.isEmpty, HoldoutDrift(scores).columns.isEmpty,
      !scores.contains(where: { $0.details["contaminated"]?.booleanValue == true })
    else {
      found = []
      return
    }
    let tables = scores.filter {
      $0.dimension == .privacy && $0.subject.isTable && $0.parameters.isEmpty
    }
    found = tables.compactMap { score in
      guard let value = score.value, let test = score.test,
        (test.adjusted ?? test.pValue) <= FirstLook.copyLevel, value > score.floor?.value ?? 0
      else { return nil }
      // What the verdict says already is not said again.
      if let own = screening.verdictTest, score.metric.rawValue == "privacy.\(own)" { return nil }
      if score.metric == "privacy.rare-combinations",
        score.bounds?.lower ?? 0 > FirstLook.copyMargin
      {
        return nil
      }
      return Self.finding(score, value)
    }
  }

  func makeIterator() -> IndexingIterator<[FindingDraft]> { found.makeIterator() }

  private static func finding(_ score: Score, _ value: Double) -> FindingDraft? {
    let share = FindingCollection.percent(value)
    let fresh = FindingCollection.percent(score.floor?.value ?? 0)
    func made(
      _ code: String, of columns: [String] = [], _ sentence: String, remedy: String
    ) -> FindingDraft {
      var evidence: [String: DetailValue] = ["value": .finite(value)]
      evidence["freshSample"] = score.floor.map { .finite($0.value) }
      evidence["pValue"] = (score.test?.adjusted ?? score.test?.pValue).map { .finite($0) }
      return FindingDraft(
        code: code, severity: .error, columns: columns, sentence: sentence, evidence: evidence,
        remedy: remedy)
    }
    let rates = Rates(score)
    let columns = score.details["worst"]?["columns"]?.arrayValue?.compactMap(\.stringValue) ?? []
    let secret = columns.first.map { "'\($0)'" } ?? "a secret"
    switch score.metric.rawValue {
    case "privacy.near-match" where score.against == .training:
      return made(
        "near-copies",
        "\(share) of the rows are near copies of training rows, a fresh real sample has \(fresh)",
        remedy: "look for overfitting; noise on copied rows does not protect the people in them")
    case "privacy.rare-combinations":
      return made(
        "partial-copies",
        CopyScreening.partialCopies(value),
        remedy:
          "look for rows that are put together from parts of training rows; give the generator "
          + "fewer rare levels or more rows for each")
    case "privacy.membership-inference":
      let title = score.details["attackTitle"]?.stringValue ?? "membership"
      let group = score.details["stratum"]?.stringValue ?? "all records"
      return made(
        "membership",
        "training records are told from holdout records: the attack '\(title)' sees most (\(group))",
        remedy: "train for less time or on more rows, or train with privacy")
    case "privacy.record-tails":
      return made(
        "close-records",
        "more training records than holdout records lie as close to a synthetic row as hardly any should",
        remedy: "'--exposure FILE' lists the rows, for the owner of the real rows only")
    case "privacy.singling-out":
      return made(
        "singling-out",
        "descriptions taken from synthetic rows fit one training record alone in \(rates.training) of "
          + "the attempts, one holdout record in \(rates.holdout)",
        remedy: "coarsen the columns whose extremes and unique values are repeated")
    case "privacy.linkability":
      return made(
        "linkability",
        "synthetic rows link what is known of one person in two places for \(rates.training) of the "
          + "training records, for \(rates.holdout) of the holdout records",
        remedy: "look for copied rows; train for less time or on more rows")
    case "privacy.inference":
      return made(
        "inference", of: columns,
        "\(secret) is guessed from the nearest synthetic rows for \(rates.training) of the training "
          + "records, for \(rates.holdout) of the holdout records",
        remedy: "look for copied rows; coarsen the column or leave it out")
    case "privacy.attribute-disclosure":
      return made(
        "attribute-disclosure", of: columns,
        "\(secret) is disclosed by its keys for \(rates.training) of the training records, for "
          + "\(rates.holdout) of the holdout records",
        remedy: "coarsen the keys, or the column, before the next training")
    case "privacy.model-inference":
      return made(
        "model-inference", of: columns,
        "trees on synthetic rows predict \(secret) of \(rates.training) of the training records, of "
          + "\(rates.holdout) of the holdout records",
        remedy: "train for less time or on more rows; coarsen the column")
    default: return nil
    }
  }

  /// How often the worst attack succeeds, in words.
  private struct Rates {
    var training: String
    var holdout: String

    init(_ score: Score) {
      let rate = score.details["successRate"]
      training = FindingCollection.percent(rate?["training"]?.doubleValue ?? 0)
      holdout = FindingCollection.percent(rate?["holdout"]?.doubleValue ?? 0)
    }
  }
}

/// Disclosure of a secret by keys: what synthetic records say of original ones.
///
/// Records are counted by the combination of their keys, and by combination and secret. The
/// quantities are those of synthpop 1.9, as shares; the attacks of SDMetrics that count records
/// without a match as failures or take the nearest keys are here too.
///
/// Source: Raab, Nowok & Dibben (2024), Practical privacy metrics for synthetic data, as in the package
/// synthpop 1.9; Elliot (2014) and Taub, Elliot, Pampaka & Smith (2018) for correct
/// attribution probabilities.
public struct DisclosureCounts: Sendable, Hashable {
  /// Original records whose keys are unique among them (UiO).
  public let uniqueInOriginal: Double
  /// Synthetic records whose keys are unique among them (UiS).
  public let uniqueInSynthetic: Double
  /// Original records with unique keys that occur in the synthetic records (UiOiS).
  public let uniqueOriginalInSynthetic: Double
  /// Original records whose keys are unique on both sides (repU).
  public let replicatedUniques: Double
  /// Original records whose keys settle the secret among the original records (Dorig).
  public let disclosiveInOriginal: Double
  /// Synthetic records whose keys settle the secret among the synthetic records (Dsyn).
  public let disclosiveInSynthetic: Double
  /// Original records whose keys occur in the synthetic records (iS).
  public let keysInSynthetic: Double
  /// … and settle the secret there (DiS).
  public let disclosive: Double
  /// … to the value that is right (DiSCO).
  public let disclosiveCorrect: Double
  /// … and settle it among the original records too (DiSDiO).
  public let disclosiveInBoth: Double
  /// Right where the secret is drawn from its own distribution (baseCAPd).
  public let baselineAttribution: Double
  /// Right where the secret is drawn given the keys, among the original records (CAPd).
  public let originalAttribution: Double
  /// The same among the synthetic records (CAPs).
  public let syntheticAttribution: Double
  /// Right where the secret is drawn from the synthetic records with the same keys, never right where
  /// there are none (DCAP; the zero CAP).
  public let attribution: Double
  /// DiSCO among the original records whose keys occur (TCAP); 0 where none do.
  public let targetedAttribution: Double
  /// ``attribution`` among the original records whose keys occur (CAP); `nil` where none do.
  public let matchedAttribution: Double?
  /// ``attribution`` where the nearest keys stand in for keys that do not occur (generalised CAP);
  /// `nil` unless asked for.
  public let generalisedAttribution: Double?
  /// Right where the secret is always taken to be the commonest of the original records.
  public let constantGuess: Double
  /// Whether each original record is disclosed, and rightly so.
  public let isDisclosed: [Bool]
  /// The chance that the secret of each original record is drawn right.
  public let chances: [Double]
  /// Whether each original record is alone with its keys on both sides.
  public let isReplicatedUnique: [Bool]

  /// Counts.
  ///
  /// - Parameters:
  ///   - original: The keys of the original records, column by column, and their secrets.
  ///   - synthetic: Those of the synthetic records; the same codes mean the same.
  ///   - includesNearest: Whether the nearest keys are looked for too; costs time.
  /// - Throws: ``NumericsError`` `.tooFewObservations` where a side has no records.
  /// - Complexity: O(records), and O(records without a match · combinations) for the nearest keys.
  public init(
    original: (keys: [[Int32]], secrets: [Int32]), synthetic: (keys: [[Int32]], secrets: [Int32]),
    includesNearest: Bool = false
  ) throws(NumericsError) {
    guard !original.secrets.isEmpty, !synthetic.secrets.isEmpty, !original.keys.isEmpty else {
      throw NumericsError(.tooFewObservations, "keys and at least one record a side are expected")
    }
    let keys = combinedCodes([original.keys, synthetic.keys])
    let own = KeyedSecrets(keys: keys[0], secrets: original.secrets)
    let other = KeyedSecrets(keys: keys[1], secrets: synthetic.secrets)
    let count = Double(own.records)
    let records = Array(zip(keys[0], original.secrets))
    func share(_ condition: (Int32, Int32) -> Bool) -> Double {
      Double(records.count { condition($0.0, $0.1) }) / count
    }
    uniqueInOriginal = own.share { $0.total == 1 }
    uniqueInSynthetic = other.share { $0.total == 1 }
    uniqueOriginalInSynthetic = share { key, _ in
      own.groups[key]?.total == 1 && other.groups[key] != nil
    }
    isReplicatedUnique = records.map { key, _ in
      own.groups[key]?.total == 1 && other.groups[key]?.total == 1
    }
    replicatedUniques = Double(isReplicatedUnique.count(where: \.self)) / count
    disclosiveInOriginal = own.share(where: \.isSettled)
    disclosiveInSynthetic = other.share(where: \.isSettled)
    keysInSynthetic = share { key, _ in other.groups[key] != nil }
    disclosive = share { key, _ in other.groups[key]?.isSettled == true }
    isDisclosed = records.map { key, secret in
      guard let group = other.groups[key], group.isSettled else { return false }
      return group.counts[secret] != nil
    }
    disclosiveCorrect = Double(isDisclosed.count(where: \.self)) / count
    disclosiveInBoth =
      Double(
        zip(records, isDisclosed).count { $1 && own.groups[$0.0]?.isSettled == true }) / count
    baselineAttribution = own.baseline
    constantGuess = own.constantGuess
    originalAttribution = own.attribution
    syntheticAttribution = other.attribution
    let chances = records.map { key, secret -> Double in
      guard let group = other.groups[key] else { return 0 }
      return Double(group.counts[secret] ?? 0) / Double(group.total)
    }
    self.chances = chances
    let right = pairwiseSum(chances.span)
    attribution = right / count
    targetedAttribution = keysInSynthetic > 0 ? disclosiveCorrect / keysInSynthetic : 0
    matchedAttribution = keysInSynthetic > 0 ? right / count / keysInSynthetic : nil
    guard includesNearest else {
      generalisedAttribution = nil
      return
    }
    let nearest = NearestKeys(synthetic.keys, combinations: keys[1], groups: other)
    let generalised = records.indices.map { row -> Double in
      if other.groups[records[row].0] != nil { return chances[row] }
      return nearest.chance(of: records[row].1, keys: original.keys.map { $0[row] })
    }
    generalisedAttribution = pairwiseSum(generalised.span) / count
  }
}

/// The combinations of keys that occur, to find those that differ in the fewest columns.
private struct NearestKeys {
  private var combinations: [(keys: [Int32], group: KeyedSecrets.Group)] = []

  init(_ columns: [[Int32]], combinations: [Int32], groups: KeyedSecrets) {
    var seen: Set<Int32> = []
    for (row, number) in combinations.enumerated() where seen.insert(number).inserted {
      guard let group = groups.groups[number] else { continue }
      self.combinations.append((columns.map { $0[row] }, group))
    }
  }

  /// The share of a secret among all records whose keys differ in the fewest columns.
  func chance(of secret: Int32, keys: [Int32]) -> Double {
    var least = Int.max
    var (hits, total) = (0, 0)
    for (other, group) in combinations {
      var differing = 0
      for (mine, theirs) in zip(keys, other) where mine != theirs { differing += 1 }
      if differing < least { (least, hits, total) = (differing, 0, 0) }
      if differing == least {
        hits += group.counts[secret] ?? 0
        total += group.total
      }
    }
    return total > 0 ? Double(hits) / Double(total) : 0
  }
}

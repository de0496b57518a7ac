import Foundation

/// Records in classes of equal quasi-identifiers.
///
/// Properties of form: they say what a table reveals by itself if every record in it were a person's,
/// and nothing of what a generator learnt.
public struct EquivalenceClasses: Sendable, Hashable {
  /// The class of each record.
  public let classOfRecord: [Int32]
  /// The number of records in each class, by its number; 0 for numbers without one.
  public let sizes: [Int]

  /// Classes from their numbers, from 0.
  public init(_ classOfRecord: [Int32]) {
    self.classOfRecord = classOfRecord
    var sizes = [Int](repeating: 0, count: Int((classOfRecord.max() ?? -1) + 1))
    for number in classOfRecord { sizes[Int(number)] += 1 }
    self.sizes = sizes
  }

  /// The number of classes.
  public var count: Int { sizes.count { $0 > 0 } }

  /// The smallest class: k of k-anonymity; 0 without records.
  ///
  /// Source: Sweeney (2002), k-anonymity, doi:10.1142/S0218488502001648.
  public var smallest: Int { sizes.filter { $0 > 0 }.min() ?? 0 }

  /// Records in classes of fewer than `k`.
  public func records(below k: Int) -> Int { sizes.reduce(0) { $0 + ($1 < k ? $1 : 0) } }

  /// The smallest class among other records that a class that occurs here has: k of k-map, 0 where a
  /// class has no record there.
  ///
  /// Source: Sweeney (2002), doi:10.1142/S0218488502001648.
  public func smallestElsewhere(_ population: EquivalenceClasses) -> Int {
    var least = Int.max
    for number in sizes.indices where sizes[number] > 0 {
      least = min(least, number < population.sizes.count ? population.sizes[number] : 0)
    }
    return least == .max ? 0 : least
  }

  /// The least and the greatest share of a class of `population` that belongs to this table: δ of
  /// δ-presence, if this table is a part of the population.
  ///
  /// Source: Nergiz, Atzori & Clifton (2007), Hiding the presence of individuals from shared
  /// databases, doi:10.1145/1247480.1247554.
  public func presence(in population: EquivalenceClasses) -> (least: Double, greatest: Double) {
    var (least, greatest) = (1.0, 0.0)
    for number in population.sizes.indices where population.sizes[number] > 0 {
      let own = number < sizes.count ? sizes[number] : 0
      let share = Double(own) / Double(population.sizes[number])
      least = min(least, share)
      greatest = max(greatest, share)
    }
    return (min(least, greatest), greatest)
  }
}

/// How diverse a secret is within classes of equal quasi-identifiers.
///
/// Source: Machanavajjhala, Kifer, Gehrke & Venkitasubramaniam (2007), l-diversity,
/// doi:10.1145/1217299.1217302; Li, Li & Venkatasubramanian (2007), t-closeness,
/// doi:10.1109/ICDE.2007.367856.
public struct ClassDiversity: Sendable, Hashable {
  /// The fewest different values in a class.
  public let distinct: Int
  /// The least exponential of the entropy of a class: entropy ℓ-diversity holds up to it.
  public let entropy: Double
  /// For ℓ = 2, the greatest (commonest) / (all others) of a class: recursive (c, 2)-diversity holds
  /// for every greater c; infinite where a class has one value.
  public let recursive: Double
  /// The greatest distance of a class from the table: half the sum of differences of shares, or for
  /// ordered values the mean difference of distribution functions; t of t-closeness.
  public let closeness: Double

  /// Measures a secret.
  ///
  /// - Parameters:
  ///   - classes: The classes.
  ///   - secrets: The value of each record, from 0; a negative one is missing, a value of its own.
  ///   - isOrdered: Whether values are in order: the ordered distance is taken.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without records.
  /// - Complexity: O(records log records + classes · values for ordered values).
  public init(
    _ classes: EquivalenceClasses, secrets: [Int32], isOrdered: Bool = false
  ) throws(NumericsError) {
    let groups = KeyedSecrets(keys: classes.classOfRecord, secrets: secrets)
    guard groups.records > 0 else {
      throw NumericsError(.tooFewObservations, "classes need at least one record")
    }
    let values = groups.secrets.keys.sorted()
    let overall = values.map { Double(groups.secrets[$0] ?? 0) / Double(groups.records) }
    var (distinct, entropy, recursive, closeness) = (Int.max, Double.infinity, 0.0, 0.0)
    for (_, group) in groups.groups.sorted(by: { $0.key < $1.key }) {
      let total = Double(group.total)
      distinct = min(distinct, group.counts.count)
      let shares = values.map { Double(group.counts[$0] ?? 0) / total }
      let bits = shares.map { $0 > 0 ? -$0 * log($0) : 0 }
      entropy = min(entropy, exp(pairwiseSum(bits.span)))
      let commonest = shares.max() ?? 1
      recursive = max(recursive, group.isSettled ? .infinity : commonest / (1 - commonest))
      closeness = max(closeness, Self.distance(shares, overall, isOrdered: isOrdered))
    }
    self.distinct = distinct
    self.entropy = entropy
    self.recursive = recursive
    self.closeness = closeness
  }

  private static func distance(_ p: [Double], _ q: [Double], isOrdered: Bool) -> Double {
    guard isOrdered else {
      let gaps = zip(p, q).map { abs($0 - $1) }
      return pairwiseSum(gaps.span) / 2
    }
    guard p.count > 1 else { return 0 }
    var (running, sum) = (0.0, 0.0)
    for (mine, theirs) in zip(p, q) {
      running += mine - theirs
      sum += abs(running)
    }
    return sum / Double(p.count - 1)
  }
}

/// Risk that records of real people are recognised in synthetic records and something is learnt.
///
/// ```
/// (1/n) Σ over the records whose keys occur in the synthetic records of 1/F · λ · R
/// ```
///
/// F is how many real records have the keys, among the records at hand (an attack from the sample) or
/// scaled to the population; R whether the match teaches something: the secret of the synthetic
/// records with the keys agrees with the real one and is not what most of the real records have
/// anyway; λ corrects for records that are wrong and matches that cannot be verified.
///
/// Source: El Emam, Mosquera & Bass (2020), Evaluating identity disclosure risk in fully synthetic
/// health data, doi:10.2196/23139.
public struct IdentityDisclosure: Sendable, Hashable {
  /// The mean over the records of 1/F · λ · R.
  public let risk: Double
  /// The same without asking whether something is learnt: the chance of a match that is right.
  public let matchRisk: Double
  /// Records whose keys occur in the synthetic records.
  public let matched: Int
  /// Those of them that would teach something.
  public let learning: Int
  /// What each record adds, before the mean.
  public let contributions: [Double]

  /// Measures.
  ///
  /// - Parameters:
  ///   - real: The class of each real record.
  ///   - synthetic: The class of each synthetic record, by the same numbers.
  ///   - teaches: For each real record whether a match would teach something.
  ///   - populationFactor: How many people of the population one real record stands for; at least 1.
  ///   - correction: λ, in 0...1: the share of records that are right, and of matches that can be
  ///     verified.
  public init(
    real: [Int32], synthetic: [Int32], teaches: [Bool], populationFactor: Double = 1,
    correction: Double = 1
  ) {
    let sizes = EquivalenceClasses(real).sizes
    let present = Set(synthetic)
    var contributions = [Double](repeating: 0, count: real.count)
    var chances = contributions
    var (matched, learning) = (0, 0)
    for (row, number) in real.enumerated() where present.contains(number) {
      matched += 1
      chances[row] = correction / (Double(sizes[Int(number)]) * populationFactor)
      if teaches[row] {
        learning += 1
        contributions[row] = chances[row]
      }
    }
    let count = Double(max(1, real.count))
    risk = pairwiseSum(contributions.span) / count
    matchRisk = pairwiseSum(chances.span) / count
    self.matched = matched
    self.learning = learning
    self.contributions = contributions
  }
}

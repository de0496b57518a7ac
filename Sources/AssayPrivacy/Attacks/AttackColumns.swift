import AssayMetrics
import AssayNumerics
import AssayTable

/// Which columns an attacker knows and which are the secrets.
struct AttackColumns: Sendable {
  /// What is known to the attacker: positions among the columns of the attack.
  struct Auxiliary: Sendable {
    /// What it is called in the document.
    var name: String
    /// The columns.
    var set: GowerScan.ColumnSet
    /// How many they are.
    var count: Int
  }

  /// The columns of the schema, by name; everything else is a position in here.
  let columns: [Int]
  /// Their names.
  let names: [String]
  /// What others know of a person: declared, may be empty.
  let quasiIdentifiers: [Int]
  /// The secrets.
  let secrets: [Int]
  /// Secrets that were left out because there are too many.
  let omitted: Int
  /// How the secrets were chosen, in words.
  let plan: String

  private let seed: UInt64

  init(_ frame: ExchangeableFrame, columns: [Int], limit: Int, seed: UInt64) {
    self.columns = columns
    self.seed = seed
    names = columns.map { frame.schema.columns[$0].name }
    func positions(_ role: ColumnRole) -> [Int] {
      columns.indices.filter { frame.schema.columns[columns[$0]].roles.contains(role) }
    }
    let known = positions(.quasiIdentifier)
    quasiIdentifiers = known
    let declared = Set(positions(.sensitive) + positions(.target)).sorted()
    var wanted = declared.isEmpty ? Array(columns.indices) : declared
    var plan =
      declared.isEmpty
      ? "every feature in turn is the secret" : "columns declared as sensitive or target"
    if declared.isEmpty, !known.isEmpty {
      wanted = wanted.filter { !known.contains($0) }
      plan = "every feature that is no quasi-identifier in turn is the secret"
      if wanted.isEmpty { wanted = Array(columns.indices) }
    }
    if wanted.count > limit {
      var stream = RandomStream(seed: seed, name: "attack secrets")
      stream.shuffle(&wanted)
      wanted = wanted.prefix(limit).sorted()
    }
    secrets = wanted
    omitted = max(0, (declared.isEmpty ? columns.count : declared.count) - wanted.count)
    self.plan = plan
  }

  /// Sets of columns that an attacker may know of a target whose secret is asked for.
  ///
  /// - Parameters:
  ///   - secret: The position of the secret.
  ///   - isThorough: Whether halves and small sets are swept too.
  /// - Returns: The sets, the likeliest first; none where there is no other column.
  func auxiliaries(for secret: Int, isThorough: Bool) -> [Auxiliary] {
    let others = columns.indices.filter { $0 != secret }
    guard !others.isEmpty else { return [] }
    var found = [
      Auxiliary(name: "all others", set: .allBut(secret), count: others.count)
    ]
    func add(_ name: String, _ chosen: [Int]) {
      let isNew =
        !chosen.isEmpty && chosen.count < others.count
        && !found.contains { $0.set == .only(chosen) }
      if isNew { found.append(Auxiliary(name: name, set: .only(chosen), count: chosen.count)) }
    }
    add("quasi-identifiers", quasiIdentifiers.filter { $0 != secret })
    guard isThorough else { return found }
    var stream = RandomStream(seed: seed, name: "auxiliary columns", names[secret])
    var shuffled = others
    stream.shuffle(&shuffled)
    let half = (others.count + 1) / 2
    add("a random half", shuffled.prefix(half).sorted())
    add("the other half", shuffled.dropFirst(half).sorted())
    stream.shuffle(&shuffled)
    add("three at random", shuffled.prefix(3).sorted())
    return found
  }

  /// Two disjoint sets of columns that two sources may know of the same person.
  ///
  /// - Parameter count: How many splits are drawn besides the declared one.
  /// - Returns: Different splits; none of fewer than two columns.
  func splits(_ count: Int) -> [(name: String, first: [Int], second: [Int])] {
    guard columns.count >= 2 else { return [] }
    var found: [(name: String, first: [Int], second: [Int])] = []
    let rest = columns.indices.filter { !quasiIdentifiers.contains($0) }
    if !quasiIdentifiers.isEmpty, !rest.isEmpty {
      found.append(("quasi-identifiers and the rest", quasiIdentifiers, rest))
    }
    var seen = Set(found.map(\.first))
    for round in 0..<count {
      var stream = RandomStream(seed: seed, name: "linked columns", String(round))
      var shuffled = Array(columns.indices)
      stream.shuffle(&shuffled)
      let first = shuffled.prefix(columns.count / 2).sorted()
      let second = shuffled.dropFirst(columns.count / 2).sorted()
      guard seen.insert(first).inserted, !seen.contains(second) else { continue }
      found.append(("random halves \(round + 1)", first, second))
    }
    return found
  }
}

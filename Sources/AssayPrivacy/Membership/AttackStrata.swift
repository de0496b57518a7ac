import AssayMetrics
import AssayNumerics
import AssayTable

/// Groups of targets that are looked at on their own, since a leak of a few exposed rows drowns among
/// all others.
struct AttackStratum: Sendable, Hashable {
  /// A stable name.
  var id: String
  /// In words.
  var title: String
  /// The column and its level, for a declared group.
  var column: String?
  var level: String?
  /// The targets, ascending.
  var targets: [Int]
}

/// Finds the strata from what an attack may know: nothing in them depends on who is a training row.
struct AttackStrata {
  /// A stratum of fewer targets says nothing.
  private static let smallest = 20
  /// Levels of declared groups, at most.
  private static let groups = 8

  let frame: ExchangeableFrame
  let rows: MembershipRows.Chosen
  let evidence: AttackEvidence
  /// Levels of fewer real rows are not named.
  let k: Int

  func strata() -> [AttackStratum] {
    var found = [
      AttackStratum(id: "all", title: "all records", targets: Array(0..<evidence.targets))
    ]
    let isolation = (0..<evidence.targets).map { target in
      let near = evidence.rank.pool.width > 0 ? evidence.rank.pool.distances(of: target) : []
      return near.prefix(5).reduce(0, +) / Double(max(1, min(5, near.count)))
    }
    found.append(
      AttackStratum(
        id: "isolated-10", title: "the tenth that lies furthest from any other",
        targets: highest(isolation, share: 0.1)))
    found.append(
      AttackStratum(
        id: "isolated-2", title: "the fiftieth that lies furthest from any other",
        targets: highest(isolation, share: 0.02)))
    if let extremeness = extremeness() {
      found.append(
        AttackStratum(
          id: "extreme-2", title: "the fiftieth with the most extreme numbers",
          targets: highest(extremeness, share: 0.02)))
    }
    if let rarity = rarity() {
      found.append(
        AttackStratum(
          id: "rare-levels", title: "records with the rarest levels",
          targets: highest(rarity, share: 0.05)))
    }
    found += declared()
    return found.filter { $0.targets.count >= Self.smallest }
  }

  /// The targets with the highest numbers; those that tie with the last of them are all in or all
  /// out, whatever comes closer to the share.
  private func highest(_ numbers: [Double], share: Double) -> [Int] {
    let wanted = max(1, Int((share * Double(numbers.count)).rounded()))
    let sorted = sortedCopy(numbers.span)
    let cut = sorted[max(0, sorted.count - wanted)]
    let within = numbers.indices.filter { numbers[$0] >= cut }
    let above = numbers.indices.filter { numbers[$0] > cut }
    return within.count - wanted <= wanted - above.count ? within : above
  }

  /// For each target how far its numbers lie from the middle: Σ Φ⁻¹(mid-rank)² over columns; `nil`
  /// without columns of numbers.
  ///
  /// Isolation by ranks does not find these records: in the tails ranks lie close together.
  private func extremeness() -> [Double]? {
    var sums = [Double](repeating: 0, count: evidence.targets)
    var isAny = false
    for column in rows.columns {
      let sides = frame.pool(column).compactMap(\.numeric)
      guard sides.count == 2 else { continue }
      isAny = true
      let numbers = rows.members.map { sides[0][$0] } + rows.others.map { sides[1][$0] }
      let places = numbers.indices.filter { numbers[$0] != nil }
      let present = numbers.compactMap(\.self)
      for (target, rank) in zip(places, midranks(present.span)) {
        // A mid-rank of n lies between 1 and n, so the quantile is finite.
        let position = (rank - 0.5) / Double(present.count)
        guard let quantile = try? normalQuantile(position) else { continue }
        sums[target] += quantile * quantile
      }
    }
    return isAny ? sums : nil
  }

  /// For each target −log of the smallest share among its levels; `nil` without columns of levels.
  private func rarity() -> [Double]? {
    var rarest = [Int](repeating: .max, count: evidence.targets)
    var isAny = false
    for column in rows.columns {
      let sides = frame.pool(column).compactMap(\.nominal)
      guard sides.count == 2 else { continue }
      isAny = true
      var counts: [Int] = []
      for codes in sides {
        for code in codes where code >= 0 {
          while counts.count <= Int(code) { counts.append(0) }
          counts[Int(code)] += 1
        }
      }
      for (target, code) in targetCodes(sides).enumerated() where code >= 0 {
        rarest[target] = min(rarest[target], counts[Int(code)])
      }
    }
    return isAny ? rarest.map { $0 == .max ? -1e18 : -Double($0) } : nil
  }

  /// Levels of sensitive columns that enough real rows have.
  private func declared() -> [AttackStratum] {
    var found: [AttackStratum] = []
    for column in frame.schema.indices(of: .sensitive) {
      let sides = frame.pool(column).compactMap(\.nominal)
      guard sides.count == 2, let names = frame.levelNames(column) else { continue }
      let codes = targetCodes(sides)
      var members: [Int: [Int]] = [:]
      for (target, code) in codes.enumerated() where code >= 0 {
        members[Int(code), default: []].append(target)
      }
      let name = frame.schema.columns[column].name
      for (code, targets) in members.sorted(by: {
        ($0.value.count, names[$1.key]) > ($1.value.count, names[$0.key])
      }) where targets.count >= max(k, 50) && targets.count < evidence.targets {
        found.append(
          AttackStratum(
            id: "group", title: "\(name): \(names[code])", column: name, level: names[code],
            targets: targets))
      }
    }
    return Array(found.prefix(Self.groups))
  }

  private func targetCodes(_ sides: [[Int32]]) -> [Int32] {
    rows.members.map { sides[0][$0] } + rows.others.map { sides[1][$0] }
  }
}

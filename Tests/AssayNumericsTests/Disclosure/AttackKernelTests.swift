import AssayNumerics
import Foundation
import Testing

@Suite struct `Families of attacks` {
  @Test func `tails are those of the hypergeometric distribution`() throws {
    // Reference: GSL 2.7.1.
    for (population, marked, drawn) in [(30, 12, 10), (2_000, 3, 1_000), (7, 7, 3), (9, 0, 4)] {
      let tails = HypergeometricTails(population: population, marked: marked, drawn: drawn)
      for count in 0...min(marked, drawn) + 1 {
        let want = try hypergeometricUpperTail(
          atLeast: count, marked: marked, unmarked: population - marked, drawn: drawn)
        #expect(abs(tails.upper(count) - want) < 1e-9 * max(1e-3, want))
      }
    }
  }

  /// Outcomes of attacks on rows of which the first half are members.
  private func outcomes(
    _ shares: [(member: Double, other: Double)], rows: Int, stream: inout RandomStream
  ) -> [[Bool]] {
    shares.map { share in
      (0..<2 * rows).map { stream.uniform() < ($0 < rows ? share.member : share.other) }
    }
  }

  @Test func `a single attack is Fisher's exact test`() throws {
    var stream = RandomStream(seed: 4, name: "attack")
    let made = outcomes([(0.5, 0.2)], rows: 40, stream: &stream)
    let labels = (0..<80).map { $0 < 40 }
    let family = try SuccessFamily(
      outcomes: made, isMember: labels, permutations: 999, stream: &stream)
    let cell = family.cells[0]
    let total = cell.memberSuccesses + cell.otherSuccesses
    let want = try hypergeometricUpperTail(
      atLeast: cell.memberSuccesses, marked: total, unmarked: 80 - total, drawn: 40)
    #expect(abs(cell.pValue - want) < 1e-10)
    // The permutations know the same law.
    #expect(abs(family.globalPValue - want) < 4 * (want / 999).squareRoot() + 0.002)
    #expect(
      cell.excess == Double(cell.memberSuccesses) / 40 - Double(cell.otherSuccesses) / 40)
  }

  @Test func `names the attack that leaks among many that do not`() throws {
    var stream = RandomStream(seed: 5, name: "attack")
    let shares = (0..<12).map { $0 == 7 ? (member: 0.45, other: 0.15) : (member: 0.3, other: 0.3) }
    let family = try SuccessFamily(
      outcomes: outcomes(shares, rows: 200, stream: &stream),
      isMember: (0..<400).map { $0 < 200 }, permutations: 499, stream: &stream)
    #expect(family.worst == 7)
    #expect(family.cells[7].adjusted <= 0.01)
    #expect(family.cells.enumerated().allSatisfy { $0.offset == 7 || $0.element.adjusted > 0.05 })
    #expect(family.expectedWorst > 0)
  }

  @Test func `keeps its level whatever the attacks have in common`() throws {
    // Ten attacks, five of them nearly the same: 5 % of 300 runs, limit at 1 in 1,000.
    var rejections = 0
    for run in 0..<300 {
      var stream = RandomStream(seed: 6, name: "level", String(run))
      var made = outcomes(
        Array(repeating: (0.1, 0.1), count: 6), rows: 50, stream: &stream)
      for _ in 0..<4 {
        made.append(made[0].map { stream.uniform() < 0.05 ? !$0 : $0 })
      }
      let family = try SuccessFamily(
        outcomes: made, isMember: (0..<100).map { $0 < 50 }, permutations: 99, stream: &stream)
      if family.globalPValue <= 0.05 { rejections += 1 }
    }
    #expect(rejections <= 29)
  }

  @Test func `permutes entities, not rows, where several rows belong to one`() throws {
    // Ten entities a side of twenty rows each that succeed together: one more on the member side is
    // nothing, though it is twenty rows.
    var outcomes = [Bool](repeating: false, count: 400)
    for row in 0..<60 { outcomes[row] = true }
    for row in 200..<240 { outcomes[row] = true }
    let labels = (0..<400).map { $0 < 200 }
    let units = (0..<400).map { Int32($0 / 20) }
    var stream = RandomStream(seed: 7, name: "entities")
    let rows = try SuccessFamily(
      outcomes: [outcomes], isMember: labels, permutations: 499, stream: &stream)
    let entities = try SuccessFamily(
      outcomes: [outcomes], isMember: labels, units: units, permutations: 499, stream: &stream)
    #expect(rows.cells[0].pValue < 0.05)
    #expect(entities.cells[0].pValue > 0.3)
    #expect(rows.cells[0].excess == entities.cells[0].excess)
  }

  @Test func `says that a family needs members and others`() {
    var stream = RandomStream(seed: 1, name: "none")
    #expect(throws: NumericsError.self) {
      try SuccessFamily(
        outcomes: [[true, false]], isMember: [true, true], permutations: 9, stream: &stream)
    }
    #expect(throws: NumericsError.self) {
      try SuccessFamily(outcomes: [], isMember: [true, false], permutations: 9, stream: &stream)
    }
  }

  @Test func `predicates that share no row are McNemar's test`() throws {
    // 14 predicates fit a member alone, 3 another row alone, each its own row.
    let matches = (0..<14).map { [Int32($0)] } + (20..<23).map { [Int32($0)] }
    var stream = RandomStream(seed: 8, name: "isolation")
    let family = try IsolationFamily(
      matches: [matches], isMember: (0..<40).map { $0 < 20 }, permutations: 1_999,
      stream: &stream)
    let cell = family.cells[0]
    #expect(cell.memberOnly == 14 && cell.otherOnly == 3)
    // Enumerated: labels are dealt without replacement, 17 carriers among 40 rows.
    let want = try hypergeometricUpperTail(atLeast: 14, marked: 17, unmarked: 23, drawn: 20)
    #expect(abs(cell.pValue - want) < 4 * (want / 1_999).squareRoot() + 0.001)
    #expect(cell.excess == 11.0 / 17)
  }

  @Test func `predicates that share one row are one piece of evidence`() throws {
    let matches = [[Int32]](repeating: [3], count: 50)
    var stream = RandomStream(seed: 9, name: "isolation")
    let family = try IsolationFamily(
      matches: [matches], isMember: (0..<40).map { $0 < 20 }, permutations: 999,
      stream: &stream)
    #expect(try mcNemarPValue(firstOnly: 50, secondOnly: 0) < 1e-10)
    #expect(abs(family.cells[0].pValue - 0.5) < 0.08)
    #expect(family.cells[0].deviation > 49)
  }
}

@Suite struct `Scans of all distances` {
  private func points(_ rows: Int, seed: UInt64) -> MixedPoints {
    var stream = RandomStream(seed: seed, name: "points")
    let missing = (0..<rows).map { _ in stream.uniform() < 0.2 }
    return MixedPoints([
      .numeric(positions: (0..<rows).map { _ in stream.uniform() }),
      .numeric(positions: (0..<rows).map { _ in stream.uniform() }, isMissing: missing),
      .nominal(codes: (0..<rows).map { _ in Int32(stream.below(4)) - 1 }),
      .nominal(codes: (0..<rows).map { _ in Int32(stream.below(70_000)) }),
    ])
  }

  @Test func `find the rows that a slow twin finds, for every set of columns`() throws {
    let (targets, base) = (points(20, seed: 1), points(2_500, seed: 2))
    let scan = GowerScan(targets: targets, base: base)
    let sets: [GowerScan.ColumnSet] = [.only([0, 1, 2, 3]), .allBut(1), .only([2]), .only([1])]
    let columns = [[0, 1, 2, 3], [0, 2, 3], [2], [1]]
    let found = try scan.nearest(sets, threads: 2) { _, _, rows in rows }
    for (set, chosen) in columns.enumerated() {
      let (own, others) = (
        MixedPoints(chosen.map { targets.dimensions[$0] }),
        MixedPoints(chosen.map { base.dimensions[$0] })
      )
      for target in 0..<20 {
        let distances = (0..<2_500).map { own.distance(target, to: others, $0) }
        let least = distances.min() ?? 0
        // Quanta round down each side of a number: 2 columns by at most one quantum each.
        let slack = 2.0 / 2_048
        #expect(found[set][target].allSatisfy { distances[Int($0)] <= least + slack + 1e-12 })
        #expect(!found[set][target].isEmpty)
        if set == 2 {
          let want = distances.indices.filter { distances[$0] == least }.map { Int32($0) }
          #expect(found[set][target] == want)
        }
      }
    }
  }

  @Test func `give the same on any number of threads`() throws {
    let scan = GowerScan(targets: points(70, seed: 3), base: points(1_100, seed: 4))
    let one = try scan.nearest([.allBut(0)], threads: 1) { _, _, rows in rows }
    let three = try scan.nearest([.allBut(0)], threads: 3) { _, _, rows in rows }
    #expect(one == three)
  }

  @Test func `link what is kept whole and take ties in orders of their own`() throws {
    let base = points(800, seed: 5)
    let scan = GowerScan(targets: base.rows(Array(0..<30)), base: base)
    var stream = RandomStream(seed: 6, name: "ties")
    let keys = ((0..<800).map { _ in stream.next() }, (0..<800).map { _ in stream.next() })
    let orders = try scan.linkOrders([([0, 1], [2, 3])], limit: 10, tieKeys: keys)
    // Two rows in one quantum of the only number that is not missing are equally near.
    #expect(orders[0].count { $0 == 1 } >= 27 && orders[0].allSatisfy { $0 <= 3 })

    // All rows alike: k of 800 by one order and k by another meet with probability about k²/800.
    let same = MixedPoints([
      .nominal(codes: [Int32](repeating: 1, count: 800)),
      .nominal(codes: [Int32](repeating: 1, count: 800)),
    ])
    let flat = GowerScan(targets: same.rows([0]), base: same)
    var hits = 0
    for _ in 0..<200 {
      let keys = ((0..<800).map { _ in stream.next() }, (0..<800).map { _ in stream.next() })
      if try flat.linkOrders([([0], [1])], limit: 10, tieKeys: keys)[0][0] <= 10 { hits += 1 }
    }
    // 1 − C(790, 10)/C(800, 10) = 0.118; 200 runs.
    #expect(hits > 8 && hits < 44)
  }
}

@Suite struct `Models of classes` {
  /// Sizes of classes as Pitman's sampling formula makes them.
  private func sizes(_ records: Int, alpha: Double, theta: Double, seed: UInt64) -> [Int] {
    var stream = RandomStream(seed: seed, name: "classes")
    var sizes: [Int] = []
    for record in 0..<records {
      var place = stream.uniform() * (theta + Double(record))
      let isNew = place < theta + alpha * Double(sizes.count)
      if isNew {
        sizes.append(1)
        continue
      }
      place -= theta + alpha * Double(sizes.count)
      for index in sizes.indices {
        place -= Double(sizes[index]) - alpha
        if place < 0 || index == sizes.count - 1 {
          sizes[index] += 1
          break
        }
      }
    }
    return sizes
  }

  @Test func `recover what made the classes`() throws {
    let model = try PitmanModel(sizes: sizes(1_500, alpha: 0.5, theta: 20, seed: 3))
    #expect(abs(model.alpha - 0.5) < 0.12)
    #expect(model.theta > 5 && model.theta < 60)
    // No other parameters nearby are likelier.
    let counted = Dictionary(
      grouping: sizes(1_500, alpha: 0.5, theta: 20, seed: 3), by: \.self
    ).map { (size: $0.key, count: $0.value.count) }
    let best = try PitmanModel.logLikelihood(
      sizes: counted, alpha: model.alpha, theta: model.theta)
    for (a, t) in [(0.02, 0.0), (-0.02, 0.0), (0.0, 2.0), (0.0, -2.0)] {
      let other = try PitmanModel.logLikelihood(
        sizes: counted, alpha: model.alpha + a, theta: model.theta + t)
      #expect(other <= best + 1e-6)
    }
  }

  @Test func `expect as many single records as follows from the rule`() throws {
    // Closed form for two records: both alone with probability (θ + α)/(θ + 1).
    let model = PitmanModel(alpha: 0.3, theta: 2)
    #expect(abs(try model.expectedUniques(among: 2) - 2 * 2.3 / 3) < 1e-12)
    let runs = (0..<60).map {
      Double(sizes(300, alpha: 0.3, theta: 2, seed: 100 + $0).count { $0 == 1 })
    }
    let mean = runs.reduce(0, +) / 60
    #expect(abs(mean - (try model.expectedUniques(among: 300))) < 2.5)
  }

  @Test func `say where there is no likeliest form`() {
    #expect(throws: NumericsError.self) { try PitmanModel(sizes: [1, 1, 1]) }
    #expect(throws: NumericsError.self) { try PitmanModel(sizes: [9]) }
  }

  @Test func `know k, k-map, presence and diversity of a table that is easily counted`() throws {
    let table = EquivalenceClasses([0, 0, 0, 1, 1, 2])
    #expect(table.smallest == 1 && table.count == 3 && table.records(below: 3) == 3)
    let population = EquivalenceClasses([0, 0, 0, 0, 1, 1, 2, 2, 2, 3])
    #expect(table.smallestElsewhere(population) == 2)
    let presence = table.presence(in: population)
    #expect(presence.least == 0 && presence.greatest == 1)
    let diversity = try ClassDiversity(table, secrets: [0, 1, 1, 0, 1, 1])
    #expect(diversity.distinct == 1)
    let pair = EquivalenceClasses([0, 0, 0, 0])
    let even = try ClassDiversity(pair, secrets: [0, 1, 2, 2])
    #expect(abs(even.entropy - exp(0.5 * log(2) + 0.5 * log(4))) < 1e-12)
    #expect(even.recursive == 1 && even.closeness == 0)
    // Ordered distance: all mass of one class at one end of three values.
    let ends = try ClassDiversity(
      EquivalenceClasses([0, 0, 1, 1]), secrets: [0, 0, 2, 2], isOrdered: true)
    #expect(abs(ends.closeness - 0.5) < 1e-12)
    #expect(throws: NumericsError.self) {
      try ClassDiversity(EquivalenceClasses([]), secrets: [])
    }
  }

  @Test func `weigh a match by how many share it and by what it teaches`() {
    let found = IdentityDisclosure(
      real: [0, 0, 1, 2], synthetic: [0, 1, 5], teaches: [true, false, true, true])
    #expect(found.matched == 3 && found.learning == 2)
    #expect(abs(found.risk - (0.5 + 1) / 4) < 1e-12)
    #expect(abs(found.matchRisk - (0.5 + 0.5 + 1) / 4) < 1e-12)
    let wide = IdentityDisclosure(
      real: [0, 0, 1, 2], synthetic: [0, 1, 5], teaches: [true, false, true, true],
      populationFactor: 10, correction: 0.5)
    #expect(abs(wide.risk - found.risk / 20) < 1e-12)
  }
}

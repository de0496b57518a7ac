import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// The cells of the columns within each group, and how far they are from the real ones.
struct GroupCells: Sendable {
  /// By group: the mean total variation distance over columns, with replicates and splits.
  var block: CalibratedBlock
  /// By group: what the splits are multiplied by to be of the sizes that a fresh sample has in it.
  var splitFactors: [Double]
  /// By group: what shuffled columns get.
  var anchors: [Double]
  /// Columns that are looked at.
  var columns: Int
  /// By group: the column that is furthest off.
  var worst: [String]

  /// What a fresh real sample gets in a group.
  func floor(_ group: Int) -> ScoreFloor {
    let split = block.splitFloor(group)
    return ScoreFloor(
      value: split.mean * splitFactors[group], spread: split.deviation * splitFactors[group],
      method: FloorMethod.splits)
  }

  /// The means over some groups of each row of a matrix, each group times its factor.
  func means(_ matrix: [Double], _ groups: [Int], factors: [Double]? = nil) -> [Double] {
    let width = block.subjects
    guard width > 0, !groups.isEmpty else { return [] }
    return (0..<matrix.count / width).map { row in
      groups.reduce(0) { $0 + matrix[row * width + $1] * (factors?[$1] ?? 1) }
        / Double(groups.count)
    }
  }
}

/// The distances within the groups of one grouping, by real side.
struct GroupCellsOf: Artifact {
  typealias Frame = ReferenceFrame

  var grouping: Int

  /// Columns that are looked at, at most.
  static let columnLimit = 60

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Against: GroupCells] {
    let grouping = try await workspace.value(of: Groupings()).groupings[grouping]
    let all = PairPlan.columns(frame)
    let own = Set(grouping.columns)
    // The columns that make the groups do not vary within them.
    var chosen = all.indices.filter { !own.contains(frame.schema.columns[all[$0]].name) }.filter {
      frame.unfit[all[$0]] == nil
    }
    if chosen.count > Self.columnLimit {
      let choice = NamedChoice(
        frame, all, seed: workspace.plan.seed, purpose: "fairness-columns")
      var stream = choice.stream
      var order = choice.byName
      stream.shuffle(&order)
      let kept = Set(chosen)
      chosen = order.filter(kept.contains).prefix(Self.columnLimit).sorted()
    }
    guard !chosen.isEmpty else { return [:] }
    var starts = [0]
    for column in chosen {
      starts.append(starts[starts.count - 1] + (frame.fits[all[column]]?.pairCells.count ?? 1))
    }
    let width = starts[starts.count - 1]
    let groups = grouping.groups.count
    var counts = GroupedCounts(cells: groups * width, training: [], synthetic: [], holdout: [])
    var rows: [TableRole: [Double]] = [:]
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      let codes = try await workspace.value(of: PairCodes(source: .role(role)))
      let layout = try await workspace.value(of: Shards(role: role))
      let groupOfRow = grouping.codes[role] ?? []
      let ordered = layout.order.map { groupOfRow[Int($0)] }
      let sums = Self.count(codes, ordered, chosen, starts, groups: groups)
      rows[role] = Self.rows(sums, groups: groups, width: width, first: starts[1])
      switch role {
      case .training: counts.training = sums
      case .synthetic: counts.synthetic = sums
      case .holdout: counts.holdout = sums
      }
    }
    let calibrator = try await Calibrator(workspace)
    let places = starts
    let blocks = calibrator.calibrate(
      counts,
      TwoSampleStatistic(subjects: groups) { real, synthetic, out in
        for group in 0..<groups {
          out[group] =
            Self.distances(real, synthetic, at: group * width, places)
            .reduce(0, +) / Double(places.count - 1)
        }
      })
    let names = chosen.map { frame.schema.columns[all[$0]].name }
    var sides: [Against: GroupCells] = [:]
    for (against, role) in FairnessScores.sides(frame) {
      guard let block = blocks[against], let real = rows[role] else { continue }
      sides[against] = side(
        block, counts, role, real: real, rows: rows, starts: starts, names: names,
        whole: frame.rowCount(.synthetic) ?? 0)
    }
    return sides
  }

  private func side(
    _ block: CalibratedBlock, _ counts: GroupedCounts, _ role: TableRole, real: [Double],
    rows: [TableRole: [Double]], starts: [Int], names: [String], whole: Int
  ) -> GroupCells {
    let groups = real.count
    let width = starts[starts.count - 1]
    let own = role == .training ? counts.training : counts.holdout
    let total = GroupTallies.total(own, cells: groups * width).map { Float($0) }
    let synthetic = GroupTallies.total(counts.synthetic, cells: groups * width).map { Float($0) }
    let training = rows[.training] ?? []
    let holdout = rows[.holdout] ?? [Double](repeating: 0, count: groups)
    let pooled = zip(training, holdout).map { $0 + $1 }
    let all = pooled.reduce(0, +)
    // All rows in the place of the group: what a generator that ignores groups would give.
    var ignored = [Float](repeating: 0, count: total.count)
    for cell in 0..<width {
      let sum = (0..<groups).reduce(Float(0)) { $0 + total[$1 * width + cell] }
      for group in 0..<groups { ignored[group * width + cell] = sum }
    }
    var found = GroupCells(
      block: block, splitFactors: [], anchors: [], columns: starts.count - 1, worst: [])
    for group in 0..<groups {
      let fresh = Double(whole) * pooled[group] / max(1, all)
      let wanted = 1 / max(1, fresh) + 1 / max(1, real[group])
      found.splitFactors.append(
        (wanted * pooled[group] / 4).squareRoot() / max(block.splitScale, 1e-12))
      let anchor = Self.distances(total.span, ignored.span, at: group * width, starts)
      found.anchors.append(anchor.reduce(0, +) / Double(max(1, anchor.count)))
      let distances = Self.distances(total.span, synthetic.span, at: group * width, starts)
      let place = distances.indices.max { (distances[$0], $1) < (distances[$1], $0) }
      found.worst.append(place.map { names[$0] } ?? "")
    }
    return found
  }

  /// The total variation distance of each column in a group.
  private static func distances(
    _ real: Span<Float>, _ synthetic: Span<Float>, at start: Int, _ places: [Int]
  ) -> [Double] {
    (0..<places.count - 1).map { column in
      let cells = start + places[column]..<start + places[column + 1]
      var n = 0.0
      var m = 0.0
      for cell in cells {
        n += Double(real[cell])
        m += Double(synthetic[cell])
      }
      // A group that one side lacks is as far as can be.
      guard n > 0, m > 0 else { return n == m ? 0 : 1 }
      var sum = 0.0
      for cell in cells { sum += abs(Double(real[cell]) / n - Double(synthetic[cell]) / m) }
      return min(1, sum / 2)
    }
  }

  /// The rows of each group: the cells of one column hold each once.
  private static func rows(
    _ sums: [Float], groups: Int, width: Int, first: Int
  ) -> [Double] {
    let total = GroupTallies.total(sums, cells: groups * width)
    return (0..<groups).map { group in
      total[group * width..<group * width + first].reduce(0, +)
    }
  }

  private static func count(
    _ codes: OrderedCodes, _ groupOfRow: [Int16], _ chosen: [Int], _ starts: [Int], groups: Int
  ) -> [Float] {
    let width = starts[starts.count - 1]
    let cells = groups * width
    let shards = codes.offsets.count - 1
    var sums = [Float](repeating: 0, count: shards * cells)
    for shard in 0..<shards {
      let base = shard * cells
      for (index, column) in chosen.enumerated() {
        let own = codes.codes[column]
        for row in codes.offsets[shard]..<codes.offsets[shard + 1] where groupOfRow[row] >= 0 {
          let weight = codes.weights.isEmpty ? 1 : codes.weights[row]
          sums[base + Int(groupOfRow[row]) * width + starts[index] + Int(own[row])] += weight
        }
      }
    }
    return sums
  }
}

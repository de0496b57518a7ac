/// The search behind ``nearest(queries:base:neighbours:excludingSelf:reportingTies:threads:)``.
struct EuclideanSearch: Sendable {
  let queries: EuclideanPoints
  let blocks: EuclideanBlocks
  let neighbours: Int
  let excludingSelf: Bool
  let reportingTies: Bool

  /// Candidates beyond those asked for: enough that few rows need a second look.
  private static let slack = 5

  /// Neighbours of consecutive queries.
  struct Part: Sendable {
    var counts: [Int] = []
    var indices: [Int32] = []
    var squaredDistances: [Double] = []

    mutating func append(_ found: [Pair]) {
      counts.append(found.count)
      for pair in found {
        indices.append(pair.row)
        squaredDistances.append(pair.distance)
      }
    }
  }

  typealias Pair = (distance: Double, row: Int32)

  /// How many keys of a query are kept.
  var kept: Int { max(1, min(neighbours + Self.slack, blocks.points.count)) }

  func found(_ range: Range<Int>) -> Part {
    var part = Part()
    var lower = range.lowerBound
    while lower < range.upperBound {
      let rows = lower..<min(lower + EuclideanBlocks.tile, range.upperBound)
      for found in neighbours(of: rows) { part.append(found) }
      lower = rows.upperBound
    }
    return part
  }

  private func neighbours(of rows: Range<Int>) -> [[Pair]] {
    let tile = blocks.tile(queries, rows)
    var selection = KeySelection(queries: rows.count, kept: kept)
    unsafe blocks.forEachBlock(tile) { first, count, keys in
      unsafe selection.take(
        keys, first: first, count: count, ownRow: excludingSelf ? rows.lowerBound : nil)
    }
    return confirmed(rows, tile, selection, place: 0)
  }

  /// The neighbours of some queries, given them ready for products and the smallest keys of each,
  /// those of the first query at `place`.
  func confirmed(
    _ rows: Range<Int>, _ tile: EuclideanBlocks.Tile, _ selection: KeySelection, place: Int
  ) -> [[Pair]] {
    let kept = kept
    var results: [[Pair]] = []
    var open: [Int] = []
    for (index, row) in rows.enumerated() {
      var pairs = selection.rows(place + index).map { (distance(row, $0), $0) as Pair }
      Self.sort(&pairs)
      // Base rows that were not kept have a key of at least the worst that was.
      let isWhole = selection.count(place + index) < kept || kept == blocks.points.count
      let limit = tile.norms[index] + Double(selection.worst(place + index)) - tile.errors[index]
      let reach = pairs.count >= neighbours ? pairs[neighbours - 1].distance : .infinity
      let wanted = min(neighbours, blocks.points.count - (excludingSelf ? 1 : 0))
      if pairs.count < wanted || !(tile.errors[index] < .infinity)
        || !(isWhole || reach * blocks.squaredScale < limit)
      {
        open.append(index)
      }
      trim(&pairs)
      results.append(pairs)
    }
    if !open.isEmpty { settle(open, rows, &results) }
    return results
  }

  /// Looks at every base row that can be as near as what was found.
  private func settle(_ open: [Int], _ rows: Range<Int>, _ results: inout [[Pair]]) {
    let tile = blocks.tile(queries, open.map { rows.lowerBound + $0 })
    var lists = open.map { _ in [Pair]() }
    var reaches = open.map { index in
      results[index].count >= neighbours ? results[index][neighbours - 1].distance : .infinity
    }
    // Lists are cut when they have grown twofold, so that many ties do not sort them every time.
    var limits = open.map { _ in 8 * neighbours + 512 }
    unsafe blocks.forEachBlock(tile) { first, count, keys in
      for place in open.indices {
        let row = rows.lowerBound + open[place]
        let line = unsafe keys + place * count
        let error = tile.errors[place]
        func bound() -> Float {
          guard error < .infinity, reaches[place] < .infinity else { return .infinity }
          return Float(reaches[place] * blocks.squaredScale - tile.norms[place] + error).nextUp
        }
        var highest = bound()
        for lane in 0..<count {
          // A key that is no number bounds nothing, so it is looked at.
          // SAFETY: a line holds as many keys as the block has rows.
          if unsafe line[lane] > highest { continue }
          if excludingSelf, first + lane == row { continue }
          let distance = distance(row, Int32(first + lane))
          guard distance <= reaches[place] else { continue }
          lists[place].append((distance, Int32(first + lane)))
          if lists[place].count > limits[place] {
            Self.sort(&lists[place])
            trim(&lists[place])
            limits[place] = max(limits[place], 2 * lists[place].count)
            reaches[place] = min(reaches[place], lists[place][neighbours - 1].distance)
            highest = bound()
          }
        }
      }
    }
    for (place, index) in open.enumerated() {
      Self.sort(&lists[place])
      trim(&lists[place])
      results[index] = lists[place]
    }
  }

  /// The squared distance; infinite where coordinates are too large to subtract.
  private func distance(_ query: Int, _ row: Int32) -> Double {
    let distance = queries.squaredDistance(query, to: blocks.points, Int(row))
    return distance.isNaN ? .infinity : distance
  }

  private static func sort(_ pairs: inout [Pair]) {
    pairs.sort { ($0.distance, $0.row) < ($1.distance, $1.row) }
  }

  /// Keeps the k nearest, and what is as near as the k-th where ties are reported.
  private func trim(_ pairs: inout [Pair]) {
    guard pairs.count > neighbours else { return }
    var end = neighbours
    if reportingTies {
      while end < pairs.count, pairs[end].distance == pairs[neighbours - 1].distance { end += 1 }
    }
    pairs.removeLast(pairs.count - end)
  }
}

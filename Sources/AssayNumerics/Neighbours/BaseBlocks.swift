/// The base rows in blocks of similar rows, column by column, with bounds for each block.
struct BaseBlocks: Sendable {
  /// The number of rows a block; the last block may be shorter.
  static let lanes = 64
  /// Codes are told apart by their lowest bits in the bounds.
  static let buckets = 64

  /// The number of blocks.
  var count: Int
  /// The base row in each place; place p is lane p % lanes of block p / lanes.
  var order: [Int32]
  /// How the rows were split into similar ones.
  private let pieces: [SimilarityOrder.Piece]
  /// The values: block by block, dimension by dimension, lane by lane.
  ///
  /// Unused lanes of the last
  /// block repeat its last row.
  var values: [Int16]
  /// The least and the greatest value of each dimension in each block: dimension by dimension.
  var lows: [Int16]
  var highs: [Int16]
  /// What a query in each bucket of codes is at least away from each block in each dimension of
  /// codes: dimension by dimension, bucket by bucket, block by block.
  var mismatches: [Int16]

  init(space: SearchSpace) {
    let lanes = Self.lanes
    let dimensions = space.weights.count
    let rows = space.baseCount
    let similarity = SimilarityOrder(space: space)
    order = similarity.order
    pieces = similarity.pieces
    count = (rows + lanes - 1) / lanes
    values = [Int16](repeating: 0, count: count * dimensions * lanes)
    lows = [Int16](repeating: .max, count: dimensions * count)
    highs = [Int16](repeating: .min, count: dimensions * count)
    var held = [Bool](repeating: false, count: space.mismatches * Self.buckets * count)
    for block in 0..<count {
      for lane in 0..<lanes {
        let row = Int(order[min(rows - 1, block * lanes + lane)])
        for index in 0..<dimensions {
          let value = space.base[row * dimensions + index]
          values[(block * dimensions + index) * lanes + lane] = value
          let bound = index * count + block
          lows[bound] = min(lows[bound], value)
          highs[bound] = max(highs[bound], value)
          if space.comparisons[index] == .mismatch {
            let place = (index - space.differences) * Self.buckets + Self.bucket(value)
            held[place * count + block] = true
          }
        }
      }
    }
    mismatches = []
    mismatches.reserveCapacity(held.count)
    for index in 0..<space.mismatches {
      let weight = space.weights[space.differences + index]
      for place in 0..<(Self.buckets * count) {
        mismatches.append(held[index * Self.buckets * count + place] ? 0 : weight)
      }
    }
  }

  /// The blocks of the rows that a row is sorted to: those of its copies, if it has any.
  func home(of values: Span<Int16>) -> ClosedRange<Int> {
    var piece = pieces[0]
    while let parts = piece.parts {
      piece = pieces[parts + (values[piece.dimension] <= piece.threshold ? 0 : 1)]
    }
    let first = piece.range.lowerBound / Self.lanes
    return first...max(first, (piece.range.upperBound - 1) / Self.lanes)
  }

  /// The bucket of a code; missing, −1, has the last.
  @inline(__always)
  static func bucket(_ code: Int16) -> Int {
    Int(code) & (buckets - 1)
  }
}

/// The search of rows among themselves: the product of a pair is made once and serves both.
struct SelfSearch: Sendable {
  let search: EuclideanSearch

  /// The most rows that are searched so: every thread keeps keys for all of them.
  static let mostRows = 1 << 18

  /// The neighbours of all rows, in consecutive parts.
  func found(threads: Int) throws(NumericsError) -> [EuclideanSearch.Part] {
    let count = search.blocks.points.count
    let shares = try parallelChunks(count: threads, chunk: 1, threads: threads) {
      share throws(NumericsError) in smallest(share.lowerBound, of: threads)
    }
    // The smallest keys of all are the same however the pairs were shared out.
    var whole = shares[0]
    for share in shares.dropFirst() { whole.take(share) }
    let selection = whole
    return try parallelChunks(
      count: count, chunk: 2 * EuclideanBlocks.tile, threads: threads
    ) { range throws(NumericsError) in
      var part = EuclideanSearch.Part()
      var lower = range.lowerBound
      while lower < range.upperBound {
        let rows = lower..<min(lower + EuclideanBlocks.tile, range.upperBound)
        let tile = search.blocks.tile(search.queries, rows)
        for found in search.confirmed(rows, tile, selection, place: lower) { part.append(found) }
        lower = rows.upperBound
      }
      return part
    }
  }

  /// The smallest keys among the pairs of one thread: those of every so-manieth tile with what comes
  /// after it.
  private func smallest(_ share: Int, of shares: Int) -> KeySelection {
    let blocks = search.blocks
    let count = blocks.points.count
    var selection = KeySelection(queries: count, kept: search.kept)
    var lower = share * EuclideanBlocks.tile
    while lower < count {
      let rows = lower..<min(lower + EuclideanBlocks.tile, count)
      let tile = blocks.tile(search.queries, rows)
      unsafe blocks.forEachBlock(tile, from: lower, hasNorms: false) { first, count, products in
        unsafe selection.take(
          products, rows: rows, first: first, count: count, norms: blocks.norms)
      }
      lower += shares * EuclideanBlocks.tile
    }
    return selection
  }
}

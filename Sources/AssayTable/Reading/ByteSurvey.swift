/// What a first look at all bytes found: quotes, zeros and letters beyond ASCII, chunk by chunk.
struct ByteSurvey: Sendable {
  /// What one chunk holds.
  struct Chunk: Sendable {
    var quotes = 0
    var lineFeeds = 0
    var hasZero = false
    var isASCII = true
  }

  let start: Int
  let end: Int
  let chunkBytes: Int
  let chunks: [Chunk]

  /// Looks at all bytes.
  ///
  /// - Returns: nil if the task was cancelled.
  /// - Complexity: O(n), about a fifth of a second a gigabyte and thread.
  static func make(_ bytes: Bytes, from start: Int, options: ReadingOptions) -> ByteSurvey? {
    let size = max(16, options.chunkBytes)
    let count = max(1, (bytes.count - start + size - 1) / size)
    let chunks = Workers.map(pieces: count, threads: options.threads) { index in
      let first = start + index * size
      return look(bytes, first..<min(bytes.count, first + size))
    }
    guard let chunks else { return nil }
    return ByteSurvey(start: start, end: bytes.count, chunkBytes: size, chunks: chunks)
  }

  /// The number of line feeds, in quotes or not: nearly always the number of lines.
  var lineFeeds: Int { chunks.reduce(0) { $0 + $1.lineFeeds } }
  /// The number of quotes.
  var quotes: Int { chunks.reduce(0) { $0 + $1.quotes } }
  /// Whether all bytes are ASCII.
  var isASCII: Bool { chunks.allSatisfy(\.isASCII) }
  /// The first chunk with a zero byte.
  var firstZeroChunk: Int? { chunks.firstIndex(where: \.hasZero) }

  /// The bytes of a chunk.
  func range(_ chunk: Int) -> Range<Int> {
    let first = start + chunk * chunkBytes
    return first..<min(end, first + chunkBytes)
  }

  private static func look(_ bytes: Bytes, _ range: Range<Int>) -> Chunk {
    var chunk = Chunk()
    var place = range.lowerBound
    var high: UInt64 = 0
    var zeros: UInt64 = 0
    var quotes = 0
    var feeds = 0
    let quote = Word.pattern(CellScanner.quote)
    let feed = Word.pattern(CellScanner.lineFeed)
    while place + 8 <= range.upperBound {
      // Eight-bit counters hold up to 255 words before they are added up.
      let last = min(range.upperBound - 8, place + 8 * 254)
      var quoteCounters: UInt64 = 0
      var feedCounters: UInt64 = 0
      while place <= last {
        let word = bytes.word(at: place)
        high |= word
        zeros |= Word.zeros(word)
        quoteCounters &+= Word.exactMatches(word, quote) >> 7
        feedCounters &+= Word.exactMatches(word, feed) >> 7
        place += 8
      }
      quotes += sum(quoteCounters)
      feeds += sum(feedCounters)
    }
    while place < range.upperBound {
      let byte = bytes[place]
      if byte == 0 { zeros = 1 }
      if byte == CellScanner.quote { quotes += 1 }
      if byte == CellScanner.lineFeed { feeds += 1 }
      high |= UInt64(byte)
      place += 1
    }
    chunk.quotes = quotes
    chunk.lineFeeds = feeds
    chunk.isASCII = high & Word.highs == 0
    chunk.hasZero = zeros != 0
    return chunk
  }

  /// The sum of eight counters of eight bits.
  private static func sum(_ counters: UInt64) -> Int {
    let even = counters & 0x00FF_00FF_00FF_00FF
    let odd = (counters >> 8) & 0x00FF_00FF_00FF_00FF
    return Int(((even + odd) &* 0x0001_0001_0001_0001) >> 48)
  }
}

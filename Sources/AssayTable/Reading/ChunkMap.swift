/// Where rows start near the borders of chunks, so that chunks can be read side by side.
struct ChunkMap: Sendable {
  /// The bytes of the rows that belong to each chunk; the ranges touch.
  let ranges: [Range<Int>]

  /// Finds the borders by the parity of quotes: an odd number of quotes before a byte means that it is quoted.
  ///
  /// A chunk is made of `stride` pieces of the survey.
  ///
  /// That is right for every file whose quotes all enclose or escape; the sweep notices if they do not.
  static func byParity(
    _ bytes: Bytes, survey: ByteSurvey, from dataStart: Int, cells: CellScanner, stride: Int
  ) -> ChunkMap {
    var borders = [dataStart]
    var quotes = 0
    for chunk in survey.chunks.indices {
      let first = survey.range(chunk).lowerBound
      if chunk % stride == 0, first > dataStart, first < cells.end {
        let border = rowStart(bytes, from: first, isQuoted: quotes & 1 == 1, cells: cells)
        borders.append(max(border, borders[borders.count - 1]))
      }
      quotes += survey.chunks[chunk].quotes
    }
    return ChunkMap(borders: borders, end: cells.end)
  }

  /// Finds the borders by walking through all cells in order, for files with stray quotes or damage.
  static func byWalking(
    _ bytes: Bytes, chunkBytes: Int, from dataStart: Int, cells: CellScanner
  ) -> ChunkMap {
    var borders = [dataStart]
    var place = dataStart
    var next = dataStart + chunkBytes
    while place < cells.end {
      while true {
        place = cells.cell(bytes, at: place).next
        guard place < cells.end, bytes[place] == cells.delimiter else { break }
        place += 1
      }
      place = cells.skipLineEnd(bytes, place)
      if place >= next, place < cells.end {
        borders.append(place)
        next = place + chunkBytes
      }
    }
    return ChunkMap(borders: borders, end: cells.end)
  }

  private init(borders: [Int], end: Int) {
    ranges = borders.indices.map { index in
      borders[index]..<max(borders[index], index + 1 < borders.count ? borders[index + 1] : end)
    }
  }

  /// The first row start behind a byte.
  private static func rowStart(
    _ bytes: Bytes, from start: Int, isQuoted: Bool, cells: CellScanner
  ) -> Int {
    var inside = isQuoted
    var place = start
    while place < cells.end {
      let byte = bytes[place]
      if byte == CellScanner.quote {
        inside.toggle()
      } else if byte == CellScanner.lineFeed, !inside {
        return place + 1
      }
      place += 1
    }
    return cells.end
  }
}

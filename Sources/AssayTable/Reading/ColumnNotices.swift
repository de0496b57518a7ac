/// What a user should know about the columns that were read.
enum ColumnNotices {
  /// From this share of numbers on, a column of strings is reported as mixed.
  private static let mixedShare = 0.5

  /// The notices in column order.
  static func make(_ columns: [RawColumn], names: HeaderNames) -> [ReadingNotice] {
    var notices = columns.flatMap { Self.notices($0) }
    if names.isFirstUnnamed, let first = columns.first, !first.isRowIndex {
      notices.insert(
        .init(
          code: .unnamedColumn, columnName: first.name,
          message: "the first column has no name in the file; it is called \(first.name)"),
        at: 0)
    }
    return notices
  }

  private static func notices(_ column: RawColumn) -> [ReadingNotice] {
    var notices: [ReadingNotice] = []
    let spelling = column.spelling
    func add(_ code: ReadingNotice.Code, _ count: Int?, _ message: String) {
      notices.append(
        .init(code: code, columnName: column.name, count: count, message: message))
    }
    if column.isRowIndex {
      add(.rowIndexColumn, nil, "the first column has no name of its own and numbers the rows")
    }
    if spelling.hasAmbiguousDates {
      add(
        .ambiguousDates, nil,
        "the dates can be read as day/month and as month/day; they stay text until the order is given"
      )
    }
    switch column.values {
    case .numeric where spelling.nonFiniteCount > 0:
      add(
        .nonFiniteNumbers, spelling.nonFiniteCount,
        "\(spelling.nonFiniteCount) infinite numbers count as missing")
    case .temporal(let values)
    where values.zonedCount > 0 && values.zonedCount < spelling.parsedCount:
      add(
        .mixedOffsets, values.zonedCount,
        "\(values.zonedCount) of \(spelling.parsedCount) times have an offset; the others are taken as UTC"
      )
    case .coded, .text:
      let share = spelling.parsedShare(rowCount: column.values.count) ?? 0
      if share >= mixedShare, !spelling.exceptions.isEmpty {
        let percent = (share * 1_000).rounded() / 10
        add(
          .mixedCells, spelling.parsedCount,
          "\(percent) % of the cells are numbers, the others are not")
      }
    default: break
    }
    return notices
  }
}

public import AssayTable

/// Tables at the edge of what a metric can be asked: each must give results or a stated outcome.
public struct EdgeTables: Sendable, CustomStringConvertible {
  /// What is odd about them.
  public let description: String
  /// The rows that the generator saw.
  public let training: RawTable
  /// The rows under test.
  public let synthetic: RawTable
  /// Rows that it never saw.
  public let holdout: RawTable?
  /// What is said of the columns.
  public let declared: SchemaDeclaration

  init(
    _ description: String, _ training: RawTable, _ synthetic: RawTable, _ holdout: RawTable? = nil,
    declared: SchemaDeclaration = SchemaDeclaration()
  ) {
    self.description = description
    self.training = training
    self.synthetic = synthetic
    self.holdout = holdout
    self.declared = declared
  }

  /// A table of a column of numbers and one of levels.
  private static func pair(_ numbers: [Double?], _ levels: [String?]) -> RawTable {
    TableBuilder().numbers("x", numbers).levels("c", levels).table()
  }

  /// Numbers and levels that nothing is odd about.
  private static func plain(_ count: Int, offset: Int = 0) -> RawTable {
    pair(
      (0..<count).map { Double(($0 + offset) * 37 % 101) / 4 },
      (0..<count).map { ["a", "b", "c"][($0 + offset) * 5 % 7 % 3] })
  }

  /// Small tables of every odd kind.
  public static let small: [EdgeTables] = {
    let blank = [Double?](repeating: nil, count: 30)
    let blanks = [String?](repeating: nil, count: 30)
    let ones = [Double?](repeating: 1, count: 30)
    let same = [String?](repeating: "a", count: 30)
    let other = [String?](repeating: "z", count: 30)
    let numbers: [Double?] = (0..<30).map { Double($0) / 4 }
    let levels: [String?] = (0..<30).map { ["a", "b", "c"][$0 % 3] }
    let halfBlank: [Double?] = numbers.enumerated().map { $0.offset < 15 ? nil : $0.element }
    let huge: [Double?] = (1...30).map { ($0 % 2 == 0 ? 1.7e308 : -1.7e308) / Double($0) }
    let tiny: [Double?] = (0..<30).map { Double($0) * 2.3e-308 }
    return [
      EdgeTables("nothing odd, no holdout", plain(60), plain(50, offset: 3)),
      EdgeTables("one row each", plain(1), plain(1, offset: 1), plain(1, offset: 2)),
      EdgeTables("two rows each", plain(2), plain(2, offset: 1), plain(2, offset: 2)),
      EdgeTables("one synthetic row", plain(60), plain(1), plain(30, offset: 9)),
      EdgeTables("one holdout row", plain(60), plain(60, offset: 2), plain(1)),
      EdgeTables("one training row", plain(1), plain(60), plain(30)),
      EdgeTables(
        "constant columns", pair(ones, same), pair(ones, same), pair(ones, same)),
      EdgeTables(
        "constant real columns", pair(ones, same), pair(numbers, levels), pair(ones, same)),
      EdgeTables(
        "constant synthetic columns", pair(numbers, levels), pair(ones, same),
        pair(numbers, levels)),
      EdgeTables(
        "one synthetic column blank", pair(numbers, levels), pair(blank, levels),
        pair(numbers, levels)),
      EdgeTables(
        "one real column blank", pair(blank, levels), pair(numbers, levels),
        pair(blank, levels)),
      EdgeTables(
        "one holdout column blank", pair(numbers, levels), pair(numbers, levels),
        pair(blank, levels)),
      EdgeTables(
        "levels blank everywhere", pair(numbers, blanks), pair(numbers, blanks),
        pair(numbers, blanks)),
      EdgeTables(
        "every synthetic cell blank", pair(numbers, levels), pair(blank, blanks),
        pair(numbers, levels)),
      EdgeTables(
        "half of the synthetic numbers blank", pair(numbers, levels), pair(halfBlank, levels)),
      EdgeTables(
        "only levels that the real rows lack", pair(numbers, levels), pair(numbers, other),
        pair(numbers, levels)),
      EdgeTables(
        "a synthetic column is absent", pair(numbers, levels),
        pair(numbers, levels).columns(["c"]), pair(numbers, levels)),
      EdgeTables(
        "words for numbers", pair(numbers, levels),
        TableBuilder().levels("x", levels).levels("c", levels).table(), pair(numbers, levels)),
      EdgeTables(
        "the largest numbers", pair(huge, levels), pair(huge.reversed(), levels),
        pair(huge, levels)),
      EdgeTables(
        "the smallest numbers", pair(tiny, levels), pair(tiny.reversed(), levels),
        pair(tiny, levels)),
      EdgeTables("no synthetic rows", plain(20), plain(0)),
      EdgeTables("no training rows", plain(0), plain(20)),
      EdgeTables(
        "no column that can be compared",
        TableBuilder().levels("id", (0..<40).map { "k\($0)" }).table(),
        TableBuilder().levels("id", (0..<40).map { "m\($0)" }).table()),
      EdgeTables(
        "a declared key alone beside one level",
        TableBuilder().levels("id", (0..<30).map { "k\($0)" }).levels("c", same).table(),
        TableBuilder().levels("id", same).levels("c", same).table(),
        declared: SchemaDeclaration([ColumnDeclaration(name: "id", roles: [.primaryKey])])),
      EdgeTables(
        "a declared entity",
        TableBuilder().levels("who", (0..<30).map { "w\($0 / 3)" }).levels("c", levels).table(),
        TableBuilder().levels("who", same).levels("c", levels).table(),
        TableBuilder().levels("who", (0..<30).map { "v\($0 / 3)" }).levels("c", levels).table(),
        declared: SchemaDeclaration([ColumnDeclaration(name: "who", roles: [.group])])),
    ]
  }()

  /// A category of so many different levels, half of which are new in the synthetic rows.
  public static func levels(_ count: Int) -> EdgeTables {
    func table(from first: Int) -> RawTable {
      let rows = first..<(first + count)
      return TableBuilder()
        .numbers("x", rows.map { Double($0 % 97) })
        .levels("c", rows.map { "level \($0)" })
        .table()
    }
    return EdgeTables(
      "\(count) levels", table(from: 0), table(from: count / 2),
      declared: SchemaDeclaration([ColumnDeclaration(name: "c", kind: .category)]))
  }
}

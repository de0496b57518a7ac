import AssayTable

/// A column whose cells can be changed, between two raw columns.
struct EditableColumn: Sendable {
  /// The cells.
  enum Cells: Sendable {
    /// Numbers, written with at most so many decimals; none for whole numbers.
    case numbers([Double?], decimals: Int)
    /// Points in time in seconds since 1970.
    case dates([Double?], granularity: TemporalGranularity, format: TemporalFormat)
    /// Positions in a list of names; −1 where blank.
    case levels([Int32], names: [String])
  }

  var name: String
  var cells: Cells

  init(name: String, cells: Cells) {
    self.name = name
    self.cells = cells
  }

  init(_ raw: RawColumn) {
    name = raw.name
    switch raw.values {
    case .numeric(let values):
      let isWhole = raw.spelling.pointCount == 0 && raw.spelling.exponentCount == 0
      cells = .numbers(
        (0..<values.count).map { values[$0] }, decimals: isWhole ? 0 : raw.spelling.maxDecimals)
    case .temporal(let values):
      cells = .dates(
        (0..<values.count).map { values[$0] }, granularity: values.granularity,
        format: values.format)
    case .coded(let values):
      cells = .levels(values.codes, names: values.levels.strings)
    case .text(let values):
      let coded = values.coded()
      cells = .levels(coded.codes, names: coded.levels.strings)
    }
  }

  /// The number of rows.
  var count: Int {
    switch cells {
    case .numbers(let values, _): values.count
    case .dates(let values, _, _): values.count
    case .levels(let codes, _): codes.count
    }
  }

  /// The cells of the given rows, in that order.
  func gathered(_ rows: [Int]) -> EditableColumn {
    var copy = self
    switch cells {
    case .numbers(let values, let decimals):
      copy.cells = .numbers(rows.map { values[$0] }, decimals: decimals)
    case .dates(let values, let granularity, let format):
      copy.cells = .dates(rows.map { values[$0] }, granularity: granularity, format: format)
    case .levels(let codes, let names):
      copy.cells = .levels(rows.map { codes[$0] }, names: names)
    }
    return copy
  }

  /// Puts cells of another column, which holds the same kind of cells, into this one.
  mutating func replace(_ pairs: [(row: Int, source: Int)], from other: EditableColumn) {
    switch (cells, other.cells) {
    case (.numbers(var values, let decimals), .numbers(let theirs, let finer)):
      for pair in pairs { values[pair.row] = theirs[pair.source] }
      cells = .numbers(values, decimals: max(decimals, finer))
    case (.dates(var values, let granularity, let format), .dates(let theirs, let finer, _)):
      for pair in pairs { values[pair.row] = theirs[pair.source] }
      cells = .dates(values, granularity: max(granularity, finer), format: format)
    case (.levels(var codes, var names), .levels(let theirs, let theirNames)):
      var positions: [String: Int32] = [:]
      for (position, name) in names.enumerated() { positions[name] = Int32(position) }
      let map = theirNames.map { name -> Int32 in
        if let known = positions[name] { return known }
        names.append(name)
        return Int32(names.count - 1)
      }
      for pair in pairs {
        codes[pair.row] = theirs[pair.source] < 0 ? -1 : map[Int(theirs[pair.source])]
      }
      cells = .levels(codes, names: names)
    default:
      var mine = asLevels()
      mine.replace(pairs, from: other.asLevels())
      cells = mine.cells
    }
  }

  /// Blanks the cells of the given rows.
  mutating func blank(_ rows: [Int]) {
    switch cells {
    case .numbers(var values, let decimals):
      for row in rows { values[row] = nil }
      cells = .numbers(values, decimals: decimals)
    case .dates(var values, let granularity, let format):
      for row in rows { values[row] = nil }
      cells = .dates(values, granularity: granularity, format: format)
    case .levels(var codes, let names):
      for row in rows { codes[row] = -1 }
      cells = .levels(codes, names: names)
    }
  }

  private func asLevels() -> EditableColumn {
    if case .levels = cells { return self }
    let texts = CellSpelling.texts(cells)
    let coded = CodedColumn(texts)
    return EditableColumn(name: name, cells: .levels(coded.codes, names: coded.names))
  }
}

/// Numbers texts in order of first appearance.
struct CodedColumn: Sendable {
  private(set) var codes: [Int32] = []
  private(set) var names: [String] = []

  init(_ texts: [String?]) {
    var positions: [String: Int32] = [:]
    codes.reserveCapacity(texts.count)
    for text in texts {
      guard let text, !text.isEmpty else {
        codes.append(-1)
        continue
      }
      if let known = positions[text] {
        codes.append(known)
      } else {
        positions[text] = Int32(names.count)
        codes.append(Int32(names.count))
        names.append(text)
      }
    }
  }

  /// Renumbers codes by first appearance and forgets names that do not occur.
  init(codes old: [Int32], names oldNames: [String]) {
    var map = [Int32](repeating: -1, count: oldNames.count)
    codes.reserveCapacity(old.count)
    for code in old {
      guard code >= 0 else {
        codes.append(-1)
        continue
      }
      if map[Int(code)] < 0 {
        map[Int(code)] = Int32(names.count)
        names.append(oldNames[Int(code)])
      }
      codes.append(map[Int(code)])
    }
  }
}

extension EditableTable {
  /// What each row says, cell by cell.
  func words() -> [[String?]] {
    let texts = columns.map { CellSpelling.texts($0.cells) }
    return (0..<rowCount).map { row in texts.map { $0[row] } }
  }

  /// Adds the rows of a table with the same columns in the same form; columns that the other lacks,
  /// or writes otherwise, are dropped.
  mutating func append(_ other: EditableTable) {
    columns = columns.compactMap { own in
      guard let theirs = other.columns.first(where: { $0.name == own.name }) else { return nil }
      return own.appending(theirs)
    }
  }
}

extension EditableColumn {
  /// This column with the cells of another below; `nil` where they differ in form.
  fileprivate func appending(_ other: EditableColumn) -> EditableColumn? {
    switch (cells, other.cells) {
    case (.numbers(let a, let own), .numbers(let b, let theirs)):
      return EditableColumn(name: name, cells: .numbers(a + b, decimals: max(own, theirs)))
    case (.dates(let a, let granularity, let format), .dates(let b, _, _)):
      return EditableColumn(
        name: name, cells: .dates(a + b, granularity: granularity, format: format))
    case (.levels(let a, let names), .levels(let b, let others)):
      var all = names
      var places: [String: Int32] = [:]
      for (place, level) in names.enumerated() { places[level] = Int32(place) }
      let mapped = others.map { level -> Int32 in
        if let place = places[level] { return place }
        let place = Int32(all.count)
        all.append(level)
        places[level] = place
        return place
      }
      return EditableColumn(
        name: name, cells: .levels(a + b.map { $0 < 0 ? -1 : mapped[Int($0)] }, names: all))
    default:
      return nil
    }
  }
}

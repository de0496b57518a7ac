public import AssayTable

/// Makes small tables in memory, as the reader would have read them.
///
/// ```swift
/// let table = TableBuilder("real")
///   .numbers("age", [31, nil, 52])
///   .levels("sex", ["f", "m", nil])
///   .table()
/// ```
public struct TableBuilder: Sendable {
  private var content: EditableTable

  /// Starts a table without columns.
  public init(_ name: String = "table") { content = EditableTable(name: name, columns: []) }

  /// Adds a column of numbers; `nil` is a blank cell.
  ///
  /// - Parameters:
  ///   - name: The column's name.
  ///   - values: Finite numbers, as many as the columns before have rows.
  /// - Returns: The table so far.
  public func numbers(_ name: String, _ values: [Double?]) -> TableBuilder {
    adding(name, .numbers(values, decimals: CellSpelling.spelling(numbers: values).maxDecimals))
  }

  /// Adds a column of strings; `nil` and the empty string are blank cells.
  ///
  /// - Parameters:
  ///   - name: The column's name.
  ///   - values: Strings that are not numbers or dates, as many as the columns before have rows.
  /// - Returns: The table so far.
  public func levels(_ name: String, _ values: [String?]) -> TableBuilder {
    let coded = CodedColumn(values)
    return adding(name, .levels(coded.codes, names: coded.names))
  }

  /// Adds a column of days; `nil` is a blank cell.
  ///
  /// - Parameters:
  ///   - name: The column's name.
  ///   - values: Days since 1970-01-01, as many as the columns before have rows.
  /// - Returns: The table so far.
  public func days(_ name: String, _ values: [Int?]) -> TableBuilder {
    adding(
      name,
      .dates(
        values.map { $0.map { Double($0) * 86_400 } }, granularity: .day,
        format: .yearMonthDayDash))
  }

  /// The table.
  public func table() -> RawTable { content.raw() }

  private func adding(_ name: String, _ cells: EditableColumn.Cells) -> TableBuilder {
    var copy = self
    let column = EditableColumn(name: name, cells: cells)
    precondition(
      content.columns.isEmpty || content.rowCount == column.count,
      "column '\(name)' has \(column.count) rows, not \(content.rowCount)")
    copy.content.columns.append(column)
    return copy
  }
}

extension RawTable {
  /// The table with other rows of its own, in the order given; a row may come more than once.
  ///
  /// - Parameter rows: Positions of rows.
  /// - Returns: A table of as many rows as positions.
  /// - Complexity: O(cells).
  public func rows(_ rows: some Sequence<Int>) -> RawTable {
    EditableTable(self).gathered(Array(rows)).raw()
  }

  /// The table with its columns in another order, or with some of them.
  ///
  /// - Parameter names: Names of columns of this table; unknown ones are passed over.
  /// - Returns: The columns in the order of the names.
  public func columns(_ names: [String]) -> RawTable {
    let own = EditableTable(self)
    return EditableTable(
      name: name, columns: names.compactMap { name in own.columns.first { $0.name == name } }
    ).raw()
  }

  /// The table with a column replaced by the column of another table of as many rows.
  ///
  /// - Parameters:
  ///   - name: The name of a column of both tables.
  ///   - other: The table that the column comes from.
  /// - Returns: This table but for the one column.
  public func replacing(_ name: String, from other: RawTable) -> RawTable {
    var own = EditableTable(self)
    let theirs = EditableTable(other)
    precondition(own.rowCount == theirs.rowCount, "tables of unequal length")
    if let position = own.columns.firstIndex(where: { $0.name == name }),
      let column = theirs.columns.first(where: { $0.name == name })
    {
      own.columns[position] = column
    }
    return own.raw()
  }
}

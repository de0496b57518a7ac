import AssayTable

extension ColumnData {
  /// Calls `body` with every row that lacks a value.
  func forEachMissing(_ body: (Int) -> Void) {
    switch self {
    case .numeric(let values):
      guard let validity = values.validity else { return }
      for row in 0..<values.count where !validity[row] { body(row) }
    case .nominal(let codes):
      for row in codes.indices where codes[row] < 0 { body(row) }
    case .bytes(let values):
      for row in 0..<values.count where values.offsets[row + 1] == values.offsets[row] {
        body(row)
      }
    }
  }

  /// Whether a row has a value.
  func isPresent(_ row: Int) -> Bool {
    switch self {
    case .numeric(let values): values.validity?[row] ?? true
    case .nominal(let codes): codes[row] >= 0
    case .bytes(let values): values.offsets[row + 1] > values.offsets[row]
    }
  }
}

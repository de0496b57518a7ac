extension NumericValues {
  /// A column in which every row is missing.
  init(allMissing count: Int) {
    self.init(
      values: [Double](repeating: 0, count: count),
      validity: count == 0 ? nil : ValidityMask(present: repeatElement(false, count: count)))
  }

  /// The number of rows with a number.
  public var presentCount: Int { count - missingCount }

  /// The numbers of the rows that have one, in row order.
  public var presentValues: [Double] {
    guard let validity else { return values }
    var present: [Double] = []
    present.reserveCapacity(presentCount)
    for row in values.indices where validity[row] { present.append(values[row]) }
    return present
  }
}

extension TextValues {
  /// The number of rows with a text.
  public var presentCount: Int {
    var present = 0
    for row in 0..<count where offsets[row + 1] > offsets[row] { present += 1 }
    return present
  }
}

extension RawValues {
  /// The number of rows with a value.
  var presentCount: Int {
    switch self {
    case .numeric(let values): values.presentCount
    case .temporal(let values): values.count - values.missingCount
    case .coded(let values): values.codes.reduce(into: 0) { if $1 >= 0 { $0 += 1 } }
    case .text(let values): values.presentCount
    }
  }
}

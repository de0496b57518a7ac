import AssayDocument

/// Numbers that stop short of the real ends, and gather where they stop.
struct ClippedTails: Pattern {
  let id = "clipped-tails"
  let name = "Tails are cut off"
  let remedy =
    "look for a clip to quantiles before training or after generation; keep extremes, or model "
    + "them by a law of their own"
  let remedies: [GeneratorFamily: String] = [
    .gan:
      "outputs of a bounded activation stop at the ends of the scaling: scale by quantiles, and "
      + "leave room",
    .vae:
      "outputs of a bounded activation stop at the ends of the scaling: scale by quantiles, and "
      + "leave room",
    .diffusion: "do not clip denoised values to the range of the scaled data",
    .autoregressive: "give the outermost bin the real tail values instead of its edge",
    .copula: "extend the empirical law beyond its outermost bin",
  ]

  func sign(in reading: Reading) -> Sign? {
    var found: [(column: String, side: String)] = []
    for column in reading.numbers where !reading.broken.contains(column.name) {
      if let side = Self.side(of: column, in: reading) { found.append((column.name, side)) }
    }
    guard let first = found.first else { return nil }
    let columns = found.map(\.column)
    return Sign(
      sentence:
        "Values of '\(first.column)' stop \(first.side) and gather where they stop"
        + (found.count > 1 ? "; so it is with \(Reading.list(Array(columns.dropFirst())))." : "."),
      columns: columns,
      evidence: Dictionary(
        found.map { ($0.column, DetailValue.string($0.side)) }, uniquingKeysWith: { $1 }),
      explains: Sign.distributions.map { ($0, Set(columns)) })
  }

  /// Where the values of a column are cut: in words.
  static func side(of column: ColumnRecord, in reading: Reading) -> String? {
    guard let tails = reading.score("fidelity.tail-mass", of: column.name)?.details["tails"],
      let shares = reading.shares(column), let cells = column.profile?.cells
    else { return nil }
    // The last cell holds missing values.
    let own = cells.indices.filter { cells[$0].kind != "missing" }
    var cut: [String] = []
    for (side, order, inner) in [
      ("below", own, ["0.05", "0.01", "0.001"]),
      ("above", own.reversed(), ["0.95", "0.99", "0.999"]),
    ] {
      guard inner.contains(where: { Self.isEmpty(tails[side + $0]) }),
        gathers(order.map { (shares.real[$0], shares.synthetic[$0]) })
      else { continue }
      cut.append(
        side == "below" ? "short of the lowest real ones" : "short of the highest real ones")
    }
    return cut.isEmpty ? nil : cut.count == 2 ? "short of both real ends" : cut[0]
  }

  /// Whether hardly a value lies where real ones do, beyond chance.
  private static func isEmpty(_ tail: DetailValue?) -> Bool {
    guard let real = tail?["real"]?.doubleValue, let synthetic = tail?["synthetic"]?.doubleValue,
      let p = tail?["p"]?.doubleValue
    else { return false }
    return synthetic <= 0.05 * real && p <= 1e-4
  }

  /// Whether, from the end inwards, what is lacking is found in the first cell that holds anything.
  ///
  /// Values that shrink thin out over many cells instead.
  private static func gathers(_ cells: [(real: Double, synthetic: Double)]) -> Bool {
    var lacking = 0.0
    for cell in cells.prefix(8) {
      if cell.synthetic <= 0.05 * cell.real {
        lacking += cell.real
        continue
      }
      return cell.synthetic >= 0.8 * cell.real + 0.6 * lacking
    }
    return false
  }
}

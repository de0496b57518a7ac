import AssayNumerics
public import AssayTable

/// Two finite populations that samples are drawn from: what is real, and what a generator makes.
///
/// The truth of a comparison is then known: it is the comparison of the populations themselves, on
/// the bins and scales of the sample at hand.
public struct StudyPopulation: Sendable {
  /// What readers see.
  public var name: String
  private let real: EditableTable
  private let synthetic: EditableTable?

  /// Makes a pair of populations.
  ///
  /// - Parameters:
  ///   - name: What readers see.
  ///   - real: The real rows.
  ///   - synthetic: Rows of a generator; `nil` for one that is perfect, whose rows are real rows
  ///     that no other side has.
  public init(_ name: String, real: RawTable, synthetic: RawTable?) {
    self.name = name
    self.real = EditableTable(real)
    self.synthetic = synthetic.map(EditableTable.init)
  }

  /// Makes a pair of populations whose real rows are in several tables of the same columns.
  ///
  /// - Returns: `nil` where there is no table.
  public init?(_ name: String, joining real: [RawTable], synthetic: RawTable?) {
    guard var all = real.first.map(EditableTable.init) else { return nil }
    for table in real.dropFirst() { all.append(EditableTable(table)) }
    self.init(name, real: all.raw(), synthetic: synthetic)
  }

  /// The rows of a table that are not, cell for cell, in another: as many of each as it has more.
  public static func rows(of table: RawTable, notIn other: RawTable) -> RawTable {
    let own = EditableTable(table)
    var left: [[String?]: Int] = [:]
    for words in EditableTable(other).words() { left[words, default: 0] += 1 }
    let all = own.words()
    let kept = (0..<own.rowCount).filter { row in
      let words = all[row]
      guard let count = left[words], count > 0 else { return true }
      left[words] = count - 1
      return false
    }
    return own.gathered(kept).raw()
  }

  /// The same with at most so many rows on each side, drawn at random.
  public func limited(to rows: Int) -> StudyPopulation {
    func part(_ table: EditableTable, _ side: String) -> RawTable {
      guard table.rowCount > rows else { return table.raw() }
      var order = Array(0..<table.rowCount)
      var random = RandomStream(seed: 7, path: ["study", name, side])
      random.shuffle(&order)
      return table.gathered(Array(order[..<rows])).raw()
    }
    return StudyPopulation(
      name, real: part(real, "real"), synthetic: synthetic.map { part($0, "synthetic") })
  }

  /// The whole real population.
  public var wholeReal: RawTable { real.raw() }
  /// The whole population of the generator.
  public var wholeSynthetic: RawTable { (synthetic ?? real).raw() }
  /// Whether both are one.
  public var isPerfect: Bool { synthetic == nil }

  /// Disjoint samples of training, holdout and synthetic rows.
  ///
  /// - Parameters:
  ///   - rows: Rows of each.
  ///   - trial: The number of the trial.
  /// - Returns: `nil` where the population is too small.
  public func samples(
    _ rows: Int, trial: Int
  ) -> (training: RawTable, holdout: RawTable, synthetic: RawTable)? {
    var random = RandomStream(seed: 7, path: ["study", name, String(trial)])
    var order = Array(0..<real.rowCount)
    random.shuffle(&order)
    guard order.count >= (synthetic == nil ? 3 : 2) * rows else { return nil }
    let training = real.gathered(Array(order[..<rows])).raw()
    let holdout = real.gathered(Array(order[rows..<2 * rows])).raw()
    guard let synthetic else {
      return (training, holdout, real.gathered(Array(order[2 * rows..<3 * rows])).raw())
    }
    guard synthetic.rowCount >= rows else { return nil }
    var others = Array(0..<synthetic.rowCount)
    random.shuffle(&others)
    return (training, holdout, synthetic.gathered(Array(others[..<rows])).raw())
  }
}

import AssayDocument
import AssayNumerics

extension EditableColumn {
  /// Changes levels; columns of numbers, and of mostly different strings, stay as they are.
  mutating func damageLevels(
    _ kind: MetricDescriptor.Damage, _ strength: Double, _ random: inout RandomStream
  ) {
    guard case .levels(var codes, var names) = cells, names.count * 2 <= codes.count else {
      return
    }
    switch kind {
    case .droppedLevel:
      guard let dropped = rarestCommonLevel else { return }
      let others = codes.filter { $0 >= 0 && $0 != dropped }
      guard !others.isEmpty else { return }
      for row in codes.indices where codes[row] == dropped {
        let replacement = others[random.below(others.count)]
        if random.uniform() < strength { codes[row] = replacement }
      }
    case .inventedLevel:
      guard names.count > 2 else { return }
      let first = Int32(names.count)
      names += (1...3).map { "invented \($0)" }
      for row in codes.indices where codes[row] >= 0 {
        let level = first + Int32(random.below(3))
        if random.uniform() < strength / 2 { codes[row] = level }
      }
    default:
      break
    }
    cells = .levels(codes, names: names)
  }

  private var levelCounts: [Int] {
    guard case .levels(let codes, let names) = cells else { return [] }
    var counts = [Int](repeating: 0, count: names.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    return counts
  }

  /// The level with the most rows.
  var commonestLevel: Int32? {
    let counts = levelCounts
    return counts.indices.max { counts[$0] < counts[$1] }.map { Int32($0) }
  }

  /// The level with the fewest rows of those that hold 5 % or more of the present rows.
  private var rarestCommonLevel: Int32? {
    let counts = levelCounts
    let present = counts.reduce(0, +)
    let common = counts.indices.filter { counts[$0] * 20 >= present && counts[$0] > 0 }
    return common.min { counts[$0] < counts[$1] }.map { Int32($0) }
  }
}

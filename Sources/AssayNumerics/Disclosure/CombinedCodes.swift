/// Numbers the combinations of several columns of codes, on all sides alike.
///
/// - Parameter sides: For each side its columns, all sides with the same columns; the rows of a side
///   all in one length. A negative code is a value of its own, missing.
/// - Returns: For each side a number a row, equal where all codes are equal, from 0 in the order of
///   first occurrence; 0 everywhere without columns.
/// - Complexity: O(rows · columns), hashed.
public func combinedCodes(_ sides: [[[Int32]]]) -> [[Int32]] {
  var numbers = sides.map { [Int32](repeating: 0, count: $0.first?.count ?? 0) }
  for column in 0..<(sides.first?.count ?? 0) {
    var places: [UInt64: Int32] = [:]
    for side in sides.indices {
      let codes = sides[side][column]
      for row in codes.indices {
        // A negative code must not run into the upper half.
        let code = UInt64(UInt32(bitPattern: max(-1, codes[row])))
        let key = UInt64(UInt32(bitPattern: numbers[side][row])) << 32 | code
        if let place = places[key] {
          numbers[side][row] = place
        } else {
          let place = Int32(places.count)
          places[key] = place
          numbers[side][row] = place
        }
      }
    }
  }
  return numbers
}

/// Records with the same keys, by their secrets.
struct KeyedSecrets {
  /// One combination of keys.
  struct Group {
    /// Records.
    var total = 0
    /// Records of each secret.
    var counts: [Int32: Int] = [:]

    /// Whether all records have one secret.
    var isSettled: Bool { counts.count == 1 }
  }

  /// The combinations, each with its records.
  private(set) var groups: [Int32: Group] = [:]
  /// Records of each secret.
  private(set) var secrets: [Int32: Int] = [:]
  let records: Int

  init(keys: [Int32], secrets: [Int32]) {
    precondition(keys.count == secrets.count, "a secret for each record is expected")
    records = keys.count
    for (key, secret) in zip(keys, secrets) {
      groups[key, default: Group()].total += 1
      groups[key, default: Group()].counts[secret, default: 0] += 1
      self.secrets[secret, default: 0] += 1
    }
  }

  /// The share of records that meet a condition on their combination.
  func share(where condition: (Group) -> Bool) -> Double {
    // Whole numbers: the order of the dictionary plays no part.
    let found = groups.values.reduce(0) { $0 + (condition($1) ? $1.total : 0) }
    return Double(found) / Double(records)
  }

  /// The share that is right where the secret is drawn from its own distribution.
  var baseline: Double {
    let squares = secrets.values.reduce(0.0) { $0 + Double($1) * Double($1) }
    return squares / (Double(records) * Double(records))
  }

  /// The share that is right where the secret is always taken to be the commonest.
  var constantGuess: Double { Double(secrets.values.max() ?? 0) / Double(records) }

  /// The share that is right where the secret is drawn given the keys.
  var attribution: Double {
    let sorted = groups.sorted { $0.key < $1.key }.map { group -> Double in
      let squares = group.value.counts.values.reduce(0.0) { $0 + Double($1) * Double($1) }
      return squares / Double(group.value.total)
    }
    return pairwiseSum(sorted.span) / Double(records)
  }
}

/// Kendall's rank correlation τ_b of paired values.
///
/// ```
/// τ_b = (concordant − discordant)/√((P − ties in x)·(P − ties in y)),   P = n(n − 1)/2
/// ```
///
/// How much likelier two pairs are to be in the same order than in the opposite one. Ties count
/// for neither and leave the denominator.
///
/// - Parameters:
///   - x: The first value of each pair, free of NaN.
///   - y: The second value of each pair, free of NaN.
/// - Returns: A correlation in −1...1; 1 for the same order.
/// - Throws: ``NumericsError`` `.tooFewObservations` below two pairs, `.undefined` when either
///   side is constant.
/// - Complexity: O(*n* log *n*).
/// Source: Kendall (1945), doi:10.1093/biomet/33.3.239; algorithm of Knight (1966),
/// doi:10.1080/01621459.1966.10480879.
public func kendallTau(_ x: Span<Double>, _ y: Span<Double>) throws(NumericsError) -> Double {
  precondition(x.count == y.count, "pairs are expected, not \(x.count) and \(y.count) values")
  let count = x.count
  guard count >= 2 else {
    throw NumericsError(.tooFewObservations, "a correlation needs at least two pairs")
  }
  // By x, and by y where x is tied: sorting by y first and then stably by x does both.
  let byY = sortPermutation(y)
  let ordered = byY.map { x[Int($0)] }
  let order = sortPermutation(ordered.span).map { Int(byY[Int($0)]) }
  var tiedX = 0
  var tiedBoth = 0
  var runX = 1
  var runBoth = 1
  for place in 1...count {
    let sameX = place < count && x[order[place]] == x[order[place - 1]]
    let sameY = place < count && y[order[place]] == y[order[place - 1]]
    if sameX && sameY {
      runBoth += 1
    } else {
      tiedBoth += runBoth * (runBoth - 1) / 2
      runBoth = 1
    }
    if sameX {
      runX += 1
    } else {
      tiedX += runX * (runX - 1) / 2
      runX = 1
    }
  }
  var tiedY = 0
  var runY = 1
  for place in 1...count {
    if place < count && y[Int(byY[place])] == y[Int(byY[place - 1])] {
      runY += 1
    } else {
      tiedY += runY * (runY - 1) / 2
      runY = 1
    }
  }
  var values = order.map { y[$0] }
  let discordant = exchanges(&values)
  let pairs = count * (count - 1) / 2
  guard pairs > tiedX, pairs > tiedY else {
    throw NumericsError(.undefined, "the correlation with a constant is undefined")
  }
  let score = Double(pairs - tiedX - tiedY + tiedBoth - 2 * discordant)
  let scale = Double(pairs - tiedX).squareRoot() * Double(pairs - tiedY).squareRoot()
  return max(-1, min(1, score / scale))
}

/// The number of pairs out of order, by merging; the values are sorted on the way.
private func exchanges(_ values: inout [Double]) -> Int {
  var total = 0
  var from = values
  var to = values
  var width = 1
  while width < from.count {
    var start = 0
    while start < from.count {
      let middle = min(start + width, from.count)
      let end = min(start + 2 * width, from.count)
      var left = start
      var right = middle
      for place in start..<end {
        // Equal values are in order: the left one goes first.
        if left < middle, right == end || from[left] <= from[right] {
          to[place] = from[left]
          left += 1
        } else {
          to[place] = from[right]
          total += middle - left
          right += 1
        }
      }
      start = end
    }
    swap(&from, &to)
    width *= 2
  }
  values = from
  return total
}

/// The Wasserstein-2 distance of two samples.
///
/// ```
/// W₂ = √∫ (F⁻¹(p) − G⁻¹(p))² dp
/// ```
///
/// Values that must be moved far weigh more than in ``wasserstein1(sorted:_:)``; heavy tails
/// decide it alone.
///
/// - Parameters:
///   - first: The first sample, ascending, finite; *n* values.
///   - second: The second sample, ascending, finite; *m* values.
/// - Returns: The distance in the unit of the data, at least 0; 0 for equal samples.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either sample is empty, `.undefined`
///   when the distance is not finite.
/// - Complexity: O(*n* + *m*).
public func wasserstein2(
  sorted first: Span<Double>, _ second: Span<Double>
) throws(NumericsError) -> Double {
  guard first.count > 0, second.count > 0 else {
    throw NumericsError(.tooFewObservations, "both samples must have at least one value")
  }
  let n = first.count
  let m = second.count
  guard !n.multipliedReportingOverflow(by: m).overflow else {
    throw NumericsError(.domain, "\(n) and \(m) values are too many to compare exactly")
  }
  // Both quantile functions are steps; in units of 1/(n·m) the steps end at whole numbers.
  var i = 0
  var j = 0
  var at = 0
  var sum = CompensatedSum()
  while i < n, j < m {
    let end = min((i + 1) * m, (j + 1) * n)
    let gap = first[i] - second[j]
    if gap != 0 { sum.add(Double(end - at) * gap * gap) }
    if end == (i + 1) * m { i += 1 }
    if end == (j + 1) * n { j += 1 }
    at = end
  }
  let square = sum.total / (Double(n) * Double(m))
  guard square.isFinite else {
    throw NumericsError(.undefined, "the distance of samples with infinite values is undefined")
  }
  return max(0, square).squareRoot()
}

/// The energy distance of two samples of numbers.
///
/// ```
/// E = 2·E|X − Y| − E|X − X′| − E|Y − Y′| = 2·∫ (F(x) − G(x))² dx
/// ```
///
/// - Parameters:
///   - first: The first sample, ascending, finite.
///   - second: The second sample, ascending, finite.
/// - Returns: The distance in the unit of the data, at least 0; 0 for equal samples. scipy's
///   `energy_distance` is its square root.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either sample is empty, `.undefined`
///   when the distance is not finite.
/// - Complexity: O(*n* + *m*).
/// Source: Székely & Rizzo (2013), doi:10.1016/j.jspi.2013.03.018.
public func energyDistance(
  sorted first: Span<Double>, _ second: Span<Double>
) throws(NumericsError) -> Double {
  guard first.count > 0, second.count > 0 else {
    throw NumericsError(.tooFewObservations, "both samples must have at least one value")
  }
  let n = Double(first.count)
  let m = Double(second.count)
  var i = 0
  var j = 0
  var last = min(first[0], second[0])
  var area = CompensatedSum()
  // Beyond the end of either sample the other alone steps; both functions end at 1 together.
  while i < first.count || j < second.count {
    let x: Double
    if i == first.count {
      x = second[j]
    } else if j == second.count {
      x = first[i]
    } else {
      x = min(first[i], second[j])
    }
    let gap = Double(i) / n - Double(j) / m
    if gap != 0 { area.add(gap * gap * (x - last)) }
    while i < first.count, first[i] == x { i += 1 }
    while j < second.count, second[j] == x { j += 1 }
    last = x
  }
  guard area.total.isFinite else {
    throw NumericsError(.undefined, "the distance of samples with infinite values is undefined")
  }
  return 2 * area.total
}

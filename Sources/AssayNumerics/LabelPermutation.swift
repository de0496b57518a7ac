/// The result of a label permutation test on weights.
public struct LabelPermutationTest: Sendable, Hashable {
  /// W: the sum of the weights of the rows that are labelled training.
  public var statistic: Double
  /// What W is on average over all labellings.
  public var expectation: Double
  /// The variance of W over all labellings.
  public var variance: Double
  /// The share of labellings with a W at least as large: (1 + b)/(1 + B).
  public var pValueGreater: Double
  /// The share of labellings with a W at least as far from the expectation: (1 + b)/(1 + B).
  public var pValueTwoSided: Double
  /// The first where B labellings cannot resolve it and that was asked for: where none reaches W, that of
  /// more labellings, or what `labelSumBound(weights:chosen:atLeast:)` proves if that is smaller still.
  public var sharpPValueGreater: Double
  /// The one-sided p-value by the normal approximation; 1 when W cannot vary and is as expected.
  public var normalPValueGreater: Double
  /// The number of labellings drawn, B.
  public var permutations: Int

  /// How many standard deviations W lies above its expectation; 0 when W cannot vary.
  public var z: Double {
    variance > 0 ? (statistic - expectation) / variance.squareRoot() : 0
  }
}

/// Tests whether the rows labelled training attract more weight than the others.
///
/// ```
/// W = Σ wᵢ over training rows      E W = (Σ wᵢ)·n_T/N
/// Var W = n_T·n_H/(N(N − 1)) · Σ (wᵢ − w̄)²
/// ```
///
/// Given which rows there are, and how much weight each attracts, a fair labelling is any choice
/// of n_T of the N rows. The weights stay fixed, so no neighbour is searched for again. The test
/// is exact: a binomial test of the same share is not, because rows share neighbours.
///
/// - Parameters:
///   - weights: What each pooled row attracts, such as
///     ``NearestNeighbours/attractedWeights(baseCount:)``; finite.
///   - isTraining: Which of the rows are training rows, as many as there are weights.
///   - permutations: How many labellings to draw, B; 999 resolves p to 0.001.
///   - isSharp: Whether p is resolved further where no labelling reaches W.
///   - stream: The random numbers.
/// - Returns: W, its moments and the p-values. They never are 0.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either label is absent.
/// - Complexity: O(*N* + B · rows of weight other than 0); with up to
///   50,000 labellings where none of B reaches W, p is to be sharp and no bound will do.
/// Source: Phipson & Smyth (2010), Permutation p-values should never be zero,
/// doi:10.2202/1544-6115.1585.
public func labelPermutationTest(
  weights: Span<Double>, isTraining: Span<Bool>, permutations: Int, isSharp: Bool = false,
  stream: inout RandomStream
) throws(NumericsError) -> LabelPermutationTest {
  precondition(
    weights.count == isTraining.count,
    "one label a weight is expected, not \(isTraining.count) for \(weights.count)")
  precondition(permutations >= 0, "at least 0 permutations are expected, not \(permutations)")
  let count = weights.count
  var training = 0
  var carriers: [Double] = []
  var observed: [Double] = []
  for row in 0..<count {
    if isTraining[row] { training += 1 }
    guard weights[row] != 0 else { continue }
    carriers.append(weights[row])
    if isTraining[row] { observed.append(weights[row]) }
  }
  guard training > 0, training < count else {
    throw NumericsError(
      .tooFewObservations, "both labels must occur: \(training) of \(count) rows are training rows")
  }
  let size = Double(count)
  let share = Double(training) / size
  let total = pairwiseSum(carriers.span)
  let centre = total / size
  let spread =
    pairwiseSum(over: 0..<carriers.count) {
      (carriers[$0] - centre) * (carriers[$0] - centre)
    } + (size - Double(carriers.count)) * centre * centre
  let statistic = pairwiseSum(observed.span)
  let expectation = total * share
  let variance = share * Double(count - training) / (size - 1) * spread

  // Sums of the same weights in another order differ by rounding; equal sums count as reached.
  let magnitude = pairwiseSum(over: 0..<carriers.count) { abs(carriers[$0]) }
  let slack = magnitude * 1e-12
  let distance = abs(statistic - expectation)
  var greater = 0
  var either = 0
  for _ in 0..<permutations {
    let drawn = drawSum(carriers.span, count, training, &stream)
    if drawn >= statistic - slack { greater += 1 }
    if abs(drawn - expectation) >= distance - slack { either += 1 }
  }
  var test = LabelPermutationTest(
    statistic: statistic, expectation: expectation, variance: variance,
    pValueGreater: Double(1 + greater) / Double(1 + permutations),
    pValueTwoSided: Double(1 + either) / Double(1 + permutations),
    sharpPValueGreater: Double(1 + greater) / Double(1 + permutations), normalPValueGreater: 1,
    permutations: permutations)
  if isSharp, greater == 0, permutations > 0 {
    let bound = labelSumBound(weights: weights, chosen: training, atLeast: statistic - slack)
    if bound * Double(SequentialPValue.most) < 1 {
      test.sharpPValueGreater = bound
    } else {
      var sharp = SequentialPValue(drawn: permutations)
      while sharp.isOpen {
        sharp.add(drawSum(carriers.span, count, training, &stream) >= statistic - slack)
      }
      test.sharpPValueGreater = sharp.pValue
    }
  }
  if variance > 0 { test.normalPValueGreater = normalSurvival(test.z) }
  return test
}

/// The sum of the weights that a random choice of `training` of `count` rows takes.
///
/// Rows without weight need no label, so only the others are drawn, one after the other, each
/// with the chance that the labels left over give it.
private func drawSum(
  _ weights: Span<Double>, _ count: Int, _ training: Int, _ stream: inout RandomStream
) -> Double {
  var rows = count
  var labels = training
  var sum = 0.0
  for index in 0..<weights.count {
    if stream.below(rows) < labels {
      sum += weights[index]
      labels -= 1
    }
    rows -= 1
  }
  return sum
}

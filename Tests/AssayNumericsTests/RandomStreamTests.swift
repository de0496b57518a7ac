import Foundation
import Testing

@testable import AssayNumerics

@Suite struct `Random streams` {
  @Test func `SplitMix64 gives its published words`() {
    // Reference: the first words for seed 1234567, as in the Rosetta Code task.
    var mixer = SplitMix64(state: 1_234_567)
    let words = (0..<5).map { _ in mixer.next() }
    #expect(
      words == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func `the generator gives the words of the reference implementation`() {
    // Reference: xoshiro256starstar.c from the state 1, 2, 3, 4, as in the tests of rand_xoshiro.
    var stream = RandomStream(state: (1, 2, 3, 4))
    let words = (0..<10).map { _ in stream.next() }
    #expect(
      words == [
        11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
        607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
        10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
      ])
  }

  @Test func `a stream is the same today as when this test was written`() {
    // Slow twin: the same construction in Python's unbounded integers. These numbers may change
    // only together with every committed result.
    var stream = RandomStream(seed: 42, name: "bootstrap", "training", "7")
    #expect(
      (0..<3).map { _ in stream.next() } == [
        12_080_932_835_700_587_969, 7_064_354_228_688_714_223, 8_833_424_777_680_148_069,
      ])
    var order = Array(0..<10)
    stream.shuffle(&order)
    #expect(order == [4, 5, 0, 9, 7, 1, 8, 6, 3, 2])
    #expect(stream.multinomial(count: 12, categories: 5) == [3, 3, 2, 2, 2])
  }

  @Test func `streams differ in seed, in name and in how the name is divided`() {
    let streams = [
      RandomStream(seed: 1, name: "a", "b"), RandomStream(seed: 2, name: "a", "b"),
      RandomStream(seed: 1, name: "ab"), RandomStream(seed: 1, name: "a", "b", ""),
      RandomStream(seed: 1, name: "b", "a"), RandomStream(seed: 1, name: ""),
      RandomStream(seed: 1, path: []),
    ]
    #expect(Set(streams).count == streams.count)
    #expect(RandomStream(seed: 1, path: ["a", "b"]) == streams[0])
  }

  @Test func `integers below a bound are uniform`() {
    // Closed form: Pearson's statistic over 7 cells has 6 degrees of freedom; 22.46 is its 99.9 %
    // point.
    var stream = RandomStream(seed: 5, name: "below")
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[stream.below(7)] += 1 }
    let statistic = counts.reduce(0.0) { $0 + pow(Double($1) - 10_000, 2) / 10_000 }
    #expect(statistic < 22.46)
    #expect(stream.below(1) == 0)
  }

  @Test func `every order of three elements is equally likely`() {
    var stream = RandomStream(seed: 5, name: "shuffle")
    var counts: [[Int]: Int] = [:]
    for _ in 0..<60_000 {
      var order = [0, 1, 2]
      stream.shuffle(&order)
      counts[order, default: 0] += 1
    }
    #expect(counts.count == 6)
    let statistic = counts.values.reduce(0.0) { $0 + pow(Double($1) - 10_000, 2) / 10_000 }
    // 99.9 % point of chi-square with 5 degrees of freedom.
    #expect(statistic < 20.52)
  }

  @Test(arguments: [(20, 0.1), (20, 0.9), (1000, 0.3), (100_000, 0.0002), (57, 0.5)])
  func `binomial draws follow the binomial law`(_ trials: Int, _ probability: Double) throws {
    var stream = RandomStream(seed: 6, name: "binomial")
    let draws = 50_000
    var counts = [Int](repeating: 0, count: trials + 1)
    for _ in 0..<draws { counts[stream.binomial(trials: trials, probability: probability)] += 1 }
    var statistic = 0.0
    var cells = 0.0
    var pooledExpected = 0.0
    var pooledCount = 0.0
    for k in 0...trials {
      pooledExpected +=
        Double(draws)
        * exp(
          lgamma(Double(trials + 1)) - lgamma(Double(k + 1)) - lgamma(Double(trials - k + 1))
            + Double(k) * log(probability) + Double(trials - k) * log1p(-probability))
      pooledCount += Double(counts[k])
      if pooledExpected >= 10 {
        statistic += pow(pooledCount - pooledExpected, 2) / pooledExpected
        cells += 1
        pooledExpected = 0
        pooledCount = 0
      }
    }
    // Closed form: the probabilities. The p-value is for a fixed seed and must only not be tiny.
    #expect(try chiSquareSurvival(statistic, degreesOfFreedom: cells - 1) > 0.001)
  }

  @Test func `normal, exponential and gamma draws have their moments`() throws {
    // Closed form: means and variances; the margins are five standard errors.
    var stream = RandomStream(seed: 8, name: "continuous")
    let n = 100_000
    let normal = (0..<n).map { _ in stream.normal() }
    #expect(abs(try mean(normal.span)) < 5 / Double(n).squareRoot())
    #expect(abs(try variance(normal.span) - 1) < 5 * (2 / Double(n)).squareRoot())
    let waiting = (0..<n).map { _ in stream.exponential(mean: 2) }
    #expect(abs(try mean(waiting.span) - 2) < 10 / Double(n).squareRoot())
    for shape in [0.3, 1, 4.5] {
      let gamma = (0..<n).map { _ in stream.gamma(shape: shape, scale: 2) }
      let error = (4 * shape / Double(n)).squareRoot()
      #expect(abs(try mean(gamma.span) - 2 * shape) < 5 * error)
      #expect(abs(try variance(gamma.span) / (4 * shape) - 1) < 0.1)
    }
  }

  @Test func `multiplicities add up and have mean and variance 1`() throws {
    var stream = RandomStream(seed: 9, name: "multiplicities")
    let rows = stream.multinomial(count: 20_000, categories: 20_000)
    #expect(rows.reduce(0, +) == 20_000)
    // Closed form: a bootstrap multiplicity has variance 1 − 1/n.
    let multiplicities = rows.map(Double.init)
    #expect(abs(try variance(multiplicities.span) - 1) < 0.06)
    // Few categories take the other path: a share each, variance n·p·(1 − p).
    var squares = 0.0
    for _ in 0..<2000 {
      let few = stream.multinomial(count: 9000, categories: 9)
      #expect(few.reduce(0, +) == 9000)
      squares += pow(Double(few[8]) - 1000, 2)
    }
    #expect(abs(squares / 2000 / (9000 * 1.0 / 9 * 8 / 9) - 1) < 0.15)
    #expect(stream.multinomial(count: 0, categories: 3) == [0, 0, 0])
    #expect(stream.multinomial(count: 3, categories: 1) == [3])
  }
}

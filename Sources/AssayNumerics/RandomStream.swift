/// A reproducible generator whose output depends only on a seed and on a name.
///
/// Streams let pieces of work run in any order, on any number of threads, and still draw the same
/// numbers: each piece owns the stream that is named for it, such as
/// `RandomStream(seed: 7, name: "bootstrap", "training", "12")`.
///
/// The generator is xoshiro256** (period 2²⁵⁶ − 1), its state filled by SplitMix64 from a hash of
/// the seed and the parts of the name. The hash is FNV-1a over the UTF-8 bytes of each part with
/// the part's length mixed in, so that `("ab", "c")` and `("a", "bc")` are different streams;
/// `Hasher` would not do, being seeded afresh in each process. All of this is integer arithmetic
/// and the same on every platform.
///
/// Source: Blackman & Vigna (2021), Scrambled linear pseudorandom number generators,
/// doi:10.1145/3460772; Steele, Lea & Flood (2014), doi:10.1145/2660193.2660195.
public struct RandomStream: RandomNumberGenerator, Sendable, Hashable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// Makes the stream of a seed and a name.
  ///
  /// - Parameters:
  ///   - seed: The seed of the whole evaluation.
  ///   - name: The parts of the name: what the numbers are for.
  public init(seed: UInt64, name: String...) {
    self.init(seed: seed, path: name)
  }

  /// Makes the stream of a seed and a name given as an array of parts.
  ///
  /// - Parameters:
  ///   - seed: The seed of the whole evaluation.
  ///   - path: The parts of the name.
  public init(seed: UInt64, path: [String]) {
    var mixer = SplitMix64(state: seed)
    var key = mixer.next()
    for part in path {
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      var length: UInt64 = 0
      for byte in part.utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        length &+= 1
      }
      mixer = SplitMix64(state: key ^ hash)
      key = mixer.next() &+ length
    }
    self.init(mixer: SplitMix64(state: key))
  }

  private init(mixer: SplitMix64) {
    var mixer = mixer
    self.init(state: (mixer.next(), mixer.next(), mixer.next(), mixer.next()))
  }

  /// Makes a stream from a raw state, which must not be all zero.
  init(state: (UInt64, UInt64, UInt64, UInt64)) {
    (s0, s1, s2, s3) = state
    precondition(s0 | s1 | s2 | s3 != 0, "the state of the generator is all zero")
  }

  /// The next 64 random bits.
  ///
  /// - Returns: Each of the 2⁶⁴ words with equal probability.
  public mutating func next() -> UInt64 {
    let scrambled = s1 &* 5
    let result = (scrambled &<< 7 | scrambled &>> 57) &* 9
    let shifted = s1 &<< 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = s3 &<< 45 | s3 &>> 19
    return result
  }

  /// A number drawn uniformly from 0 ..< 1, on a grid of 2⁻⁵³.
  public mutating func uniform() -> Double {
    Double(next() &>> 11) * 0x1p-53
  }

  /// A number drawn uniformly from the open interval from 0 to 1: neither end occurs.
  public mutating func openUniform() -> Double {
    (Double(next() &>> 12) + 0.5) * 0x1p-52
  }

  /// An integer drawn uniformly from 0 ..< bound, without bias.
  ///
  /// - Parameter bound: The exclusive upper bound; at least 1.
  /// - Returns: Each of the integers with equal probability.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "a bound of at least 1 is expected, not \(bound)")
    // Lemire (2019), doi:10.1145/3230636: multiply, and reject the few low products that make
    // some values too likely.
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// Puts the elements in a random order, each order with equal probability.
  ///
  /// Descending Fisher–Yates. The standard library's `shuffle(using:)` may change its algorithm
  /// between versions; this one will not.
  ///
  /// - Parameter values: The elements, shuffled in place.
  /// - Complexity: O(*n*).
  public mutating func shuffle<T>(_ values: inout [T]) {
    guard values.count > 1 else { return }
    for index in stride(from: values.count - 1, to: 0, by: -1) {
      values.swapAt(index, below(index + 1))
    }
  }
}

/// The generator that turns one word into the many that seed another generator.
///
/// Source: Steele, Lea & Flood (2014), Fast splittable pseudorandom number generators,
/// doi:10.1145/2660193.2660195.
package struct SplitMix64 {
  var state: UInt64

  /// Starts from a state.
  package init(state: UInt64) { self.state = state }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z &>> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z &>> 31)
  }
}

internal import CLanes

/// Loops over the keys of a block, in wide lanes where the processor has them; the same result either
/// way.
enum KeyLoops {
  #if arch(x86_64)
    /// Whether there are 256-bit lanes.
    static let isWide = assay_has_wide_lanes() != 0
  #endif

  /// The first lane from `from` on whose key is below a limit; `count` if there is none.
  @inline(__always) @unsafe
  static func nextBelow(
    _ limit: Float, _ keys: UnsafePointer<Float>, from: Int, count: Int
  ) -> Int {
    #if arch(x86_64)
      if isWide { return unsafe assay_wide_next_below(keys, from, count, limit) }
    #endif
    return unsafe assay_plain_next_below(keys, from, count, limit)
  }

  /// Adds 1 to `held` where a key is below `inside`, and lists the lanes in `open` that are not, but
  /// are below `outside`, which must not be less.
  ///
  /// - Returns: How many keys are below `inside`, and how many lanes are listed.
  @inline(__always) @unsafe
  static func countInside(
    _ keys: UnsafePointer<Float>, count: Int, inside: Float, outside: Float,
    held: UnsafeMutablePointer<Int32>, open: UnsafeMutablePointer<Int32>
  ) -> (sure: Int32, open: Int) {
    var opened = 0
    #if arch(x86_64)
      if isWide {
        let sure = unsafe assay_wide_count_inside(
          keys, count, inside, outside, held, open, &opened)
        return (sure, opened)
      }
    #endif
    let sure = unsafe assay_plain_count_inside(keys, count, inside, outside, held, open, &opened)
    return (sure, opened)
  }

  /// Whether a key less its reach is below `inside` in any lane; if not, `open` lists the lanes where
  /// it is below `outside`.
  @inline(__always) @unsafe
  static func isReached(
    _ keys: UnsafePointer<Float>, _ reach: UnsafePointer<Float>, count: Int, inside: Float,
    outside: Float, open: UnsafeMutablePointer<Int32>
  ) -> (isSure: Bool, open: Int) {
    var opened = 0
    #if arch(x86_64)
      if isWide {
        let sure = unsafe assay_wide_is_reached(
          keys, reach, count, inside, outside, open, &opened)
        return (sure != 0, opened)
      }
    #endif
    let sure = unsafe assay_plain_is_reached(keys, reach, count, inside, outside, open, &opened)
    return (sure != 0, opened)
  }

  /// For products of one query with rows: the first lane from `from` on where the product and the
  /// row's norm are below the query's limit, or the product and the query's norm below the row's;
  /// `count` if there is none.
  @inline(__always) @unsafe
  static func nextEither(
    _ products: UnsafePointer<Float>, norms: UnsafePointer<Float>, limits: UnsafePointer<Float>,
    from: Int, count: Int, norm: Float, limit: Float
  ) -> Int {
    #if arch(x86_64)
      if isWide {
        return unsafe assay_wide_next_either(products, norms, limits, from, count, norm, limit)
      }
    #endif
    return unsafe assay_plain_next_either(products, norms, limits, from, count, norm, limit)
  }

  /// Σ (a − b)² by four running sums; `nil` where there are no wide lanes.
  @inline(__always)
  static func squaredDistance(_ a: Span<Double>, _ b: Span<Double>) -> Double? {
    #if arch(x86_64)
      if isWide {
        // SAFETY: both spans have `count` numbers.
        return unsafe a.withUnsafeBufferPointer { first in
          unsafe b.withUnsafeBufferPointer { second in
            guard let x = first.baseAddress, let y = second.baseAddress else { return 0 }
            return unsafe assay_wide_squared_distance(x, y, min(first.count, second.count))
          }
        }
      }
    #endif
    return nil
  }
}

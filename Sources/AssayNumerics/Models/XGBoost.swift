import CXGBoost
import Synchronization

/// The only door to XGBoost.
///
/// The library runs on one thread: with a core busy elsewhere its own threads wait for each other
/// far longer than they work. Independent models run side by side instead
/// (``parallelChunks(count:chunk:threads:_:)``).
enum XGBoost {
  /// The version of the library that is loaded, such as `1.7.4`.
  static var version: String {
    var major: CInt = 0
    var minor: CInt = 0
    var patch: CInt = 0
    unsafe XGBoostVersion(&major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }

  /// Turns a failing status into an error with the library's words, less its trace.
  fileprivate static func check(
    _ status: CInt, _ routine: StaticString
  ) throws(NumericsError) {
    guard status != 0 else { return }
    let words = unsafe String(cString: XGBGetLastError())
    let line = words.split(separator: "\n").first.map(String.init) ?? "no message"
    throw NumericsError(.backend, "\(routine): \(line)")
  }
}

/// Rows in the library's own form; freed with the last reference.
///
// SAFETY: `handle` never changes after `init` and is freed once, in `deinit`; the methods that change
// the rows are called by the one owner, before the rows are shared.
@safe
final class XGBoostRows {
  fileprivate let handle: DMatrixHandle

  /// Copies rows; NaN is missing.
  init(_ values: Span<Float>, rows: Int, columns: Int) throws(NumericsError) {
    var made: DMatrixHandle? = nil
    // SAFETY: the buffer holds rows × columns numbers, as the caller has established; the library
    // copies them before it returns.
    let status = unsafe values.withUnsafeBufferPointer { buffer in
      unsafe XGDMatrixCreateFromMat_omp(
        buffer.baseAddress, bst_ulong(rows), bst_ulong(columns), .nan, &made, 1)
    }
    try XGBoost.check(status, "XGDMatrixCreateFromMat_omp")
    guard let made = unsafe made else {
      throw NumericsError(.backend, "XGDMatrixCreateFromMat_omp gave no rows")
    }
    unsafe handle = made
  }

  deinit { _ = unsafe XGDMatrixFree(handle) }

  /// Sets `label` or `weight`, one number a row.
  func set(_ field: String, _ values: [Float]) throws(NumericsError) {
    let status = unsafe values.withUnsafeBufferPointer { buffer in
      unsafe XGDMatrixSetFloatInfo(handle, field, buffer.baseAddress, bst_ulong(buffer.count))
    }
    try XGBoost.check(status, "XGDMatrixSetFloatInfo")
  }

  /// Says which columns hold categories.
  func setCategories(_ isCategory: [Bool]) throws(NumericsError) {
    let status = unsafe "c".withCString { category in
      unsafe "float".withCString { number in
        var types = unsafe isCategory.map { unsafe $0 ? Optional(category) : Optional(number) }
        return unsafe types.withUnsafeMutableBufferPointer { buffer in
          unsafe XGDMatrixSetStrFeatureInfo(
            handle, "feature_type", buffer.baseAddress, bst_ulong(buffer.count))
        }
      }
    }
    try XGBoost.check(status, "XGDMatrixSetStrFeatureInfo")
  }
}

/// A trained model; freed with the last reference.
///
// SAFETY: `handle` never changes after `init`. The library keeps predictions inside the model, so
// every call after training holds the lock.
@safe
final class XGBoostModel: @unchecked Sendable {
  private let handle: BoosterHandle
  private let lock = Mutex(())

  /// Trains for `rounds` rounds.
  init(
    _ rows: XGBoostRows, parameters: [(name: String, value: String)], rounds: Int
  ) throws(NumericsError) {
    var made: BoosterHandle? = nil
    var matrices: [DMatrixHandle?] = unsafe [rows.handle]
    let status = unsafe matrices.withUnsafeMutableBufferPointer { buffer in
      unsafe XGBoosterCreate(buffer.baseAddress, 1, &made)
    }
    try XGBoost.check(status, "XGBoosterCreate")
    guard let made = unsafe made else {
      throw NumericsError(.backend, "XGBoosterCreate gave no model")
    }
    unsafe handle = made
    for parameter in parameters {
      try XGBoost.check(
        unsafe XGBoosterSetParam(handle, parameter.name, parameter.value), "XGBoosterSetParam")
    }
    for round in 0..<rounds {
      try XGBoost.check(
        unsafe XGBoosterUpdateOneIter(handle, CInt(round), rows.handle),
        "XGBoosterUpdateOneIter")
    }
  }

  deinit { _ = unsafe XGBoosterFree(handle) }

  /// The predictions, all of a row side by side.
  func predict(_ rows: XGBoostRows) throws(NumericsError) -> [Double] {
    try output(0, of: rows)
  }

  /// The number of the node of each tree where each row ends, all of a row side by side.
  func leaves(_ rows: XGBoostRows) throws(NumericsError) -> [Double] {
    try output(6, of: rows)
  }

  /// What the library computes for rows, by its number for the kind.
  private func output(_ kind: Int, of rows: XGBoostRows) throws(NumericsError) -> [Double] {
    let outcome = lock.withLock { _ -> Result<[Double], NumericsError> in
      let options =
        #"{"type":\#(kind),"training":false,"iteration_begin":0,"iteration_end":0,"#
        + #""strict_shape":true}"#
      var shape: UnsafePointer<bst_ulong>? = nil
      var sides: bst_ulong = 0
      var result: UnsafePointer<Float>? = nil
      let status = unsafe XGBoosterPredictFromDMatrix(
        handle, rows.handle, options, &shape, &sides, &result)
      do throws(NumericsError) {
        try XGBoost.check(status, "XGBoosterPredictFromDMatrix")
      } catch {
        return .failure(error)
      }
      guard let shape = unsafe shape, let result = unsafe result else {
        return .failure(NumericsError(.backend, "XGBoosterPredictFromDMatrix gave nothing"))
      }
      var count = 1
      for side in 0..<Int(sides) { count *= unsafe Int(shape[side]) }
      // SAFETY: the library says how many numbers there are; they are copied under the lock, before
      // the next prediction replaces them.
      return .success((0..<count).map { unsafe Double(result[$0]) })
    }
    return try outcome.get()
  }

  /// What each column has gained over all splits; 0 for columns that no tree uses.
  func totalGain(columns: Int) throws(NumericsError) -> [Double] {
    let outcome = lock.withLock { _ -> Result<[Double], NumericsError> in
      var count: bst_ulong = 0
      var names: UnsafeMutablePointer<UnsafePointer<CChar>?>? = nil
      var sides: bst_ulong = 0
      var shape: UnsafePointer<bst_ulong>? = nil
      var scores: UnsafePointer<Float>? = nil
      let status = unsafe XGBoosterFeatureScore(
        handle, #"{"importance_type":"total_gain"}"#, &count, &names, &sides, &shape, &scores)
      do throws(NumericsError) {
        try XGBoost.check(status, "XGBoosterFeatureScore")
      } catch {
        return .failure(error)
      }
      var gains = [Double](repeating: 0, count: columns)
      guard let names = unsafe names, let scores = unsafe scores else { return .success(gains) }
      for place in 0..<Int(count) {
        // Columns without names are called f0, f1, ….
        guard let name = unsafe names[place],
          let column = unsafe Int(String(cString: name).dropFirst()), column < columns
        else { continue }
        gains[column] = unsafe Double(scores[place])
      }
      return .success(gains)
    }
    return try outcome.get()
  }
}

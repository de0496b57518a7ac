/// Numbers made from strings, and how many cells were none.
public struct NumericConversion: Sendable, Equatable {
  /// The numbers; cells that are none are missing.
  public let values: NumericValues
  /// Cells that are neither numbers nor blank nor words for a missing value.
  public let unparsedCount: Int
  /// Cells with a word for a missing value or for infinity.
  public let missingTokenCount: Int
}

extension CodedValues {
  /// The column read as numbers; `007` is 7, and whole numbers beyond 2^53 are rounded.
  ///
  /// - Parameters:
  ///   - missingTokens: words for a missing value.
  ///   - decimalComma: whether the decimal mark is a comma.
  /// - Returns: the numbers; cells that do not parse become missing and are counted.
  /// - Complexity: O(n + k) in rows and levels.
  public func numericValues(
    missingTokens: [String] = ReadingOptions.standardMissingTokens, decimalComma: Bool = false
  ) -> NumericConversion {
    let survey = LevelSurvey(
      levels, rows: levelCounts(), numbers: NumberScanner(decimalMark: decimalComma ? 0x2C : 0x2E),
      tokens: MissingTokens(missingTokens))
    let tokens = survey.counts.missing.values.reduce(0, +) + survey.counts.nonFinite
    return NumericConversion(
      values: ColumnPromotion.expand(codes, survey.numberValues()), unparsedCount: survey.others,
      missingTokenCount: tokens)
  }
}

extension TextValues {
  /// The column with a list of its different strings.
  ///
  /// - Complexity: O(n + bytes).
  public func coded() -> CodedValues {
    var builder = LevelListBuilder(expectedCount: count)
    var codes = [Int32](repeating: -1, count: count)
    let span = bytes.span
    for row in 0..<count where offsets[row + 1] > offsets[row] {
      codes[row] = builder.insert(span.extracting(offsets[row]..<offsets[row + 1]))
    }
    return CodedValues(codes: codes, levels: builder.finish())
  }

  /// The column read as numbers, as `CodedValues.numericValues`.
  ///
  /// - Complexity: O(n + bytes).
  public func numericValues(
    missingTokens: [String] = ReadingOptions.standardMissingTokens, decimalComma: Bool = false
  ) -> NumericConversion {
    coded().numericValues(missingTokens: missingTokens, decimalComma: decimalComma)
  }
}

extension NumericValues {
  /// The column as strings in one spelling: `1.0` and `1` are both `1`, other numbers have the fewest digits that
  /// give the number back.
  ///
  /// - Complexity: O(n).
  public func codedValues() -> CodedValues {
    var places: [UInt64: Int32] = [:]
    var builder = LevelListBuilder()
    var codes = [Int32](repeating: -1, count: count)
    for row in values.indices {
      if let validity, !validity[row] { continue }
      let value = values[row] == 0 ? 0 : values[row]
      if let code = places[value.bitPattern] {
        codes[row] = code
      } else {
        let code = builder.insert(Self.canonical(value))
        places[value.bitPattern] = code
        codes[row] = code
      }
    }
    return CodedValues(codes: codes, levels: builder.finish())
  }

  /// The one spelling of a number.
  public static func canonical(_ value: Double) -> String {
    abs(value) <= 0x1p53 && value.rounded() == value ? String(Int64(value)) : "\(value)"
  }
}

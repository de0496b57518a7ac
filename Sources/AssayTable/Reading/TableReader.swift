public import AssayFiles
internal import Dispatch
internal import Synchronization

/// Reads a file as a table, whatever its wrapper, encoding and dialect.
///
/// Delimited text (RFC 4180, with comma, semicolon, tab or bar), JSON lines, either in UTF-8, UTF-16 or Latin-1 and
/// either bare, in gzip or in zstd; Parquet if a `duckdb` command is at hand. Everything is told from the contents,
/// never from the file's name. The result does not depend on the number of threads.
///
/// A column is *numeric* if every cell that is neither blank nor a word for a missing value is a number in one spelling
/// (optional sign, digits, decimal mark, exponent), *temporal* if all of them are dates of one format, and otherwise
/// *coded*, or *text* if most cells differ.
public struct TableReader: Sendable {
  /// What the caller has decided.
  public var options: ReadingOptions

  /// Creates a reader.
  public init(options: ReadingOptions = ReadingOptions()) { self.options = options }

  /// Reads a file; `-` is standard input.
  ///
  /// - Parameters:
  ///   - path: where the file is.
  ///   - name: the table's name; the file's base name if nil.
  /// - Returns: the table as it was written.
  /// - Throws: `TableError` with every problem found.
  /// - Complexity: O(n) in bytes; anonymous memory under 2.5 times the columns' size.
  public func read(path: String, name: String? = nil) throws(TableError) -> RawTable {
    let file: MappedFile
    do { file = try MappedFile.open(path, limit: options.maxInflatedBytes) } catch {
      throw TableError(error, file: path)
    }
    return try read(file, name: name)
  }

  /// Reads bytes that are at hand.
  public func read(_ stored: MappedFile, name: String? = nil) throws(TableError) -> RawTable {
    let digest = DigestTask(stored, options)
    defer { digest.wait() }
    let contents: MappedFile
    do { contents = try stored.inflated(limit: options.maxInflatedBytes) } catch {
      throw TableError(error, file: stored.path)
    }
    let format = FileFormat.detect(contents.prefix(4_096))
    var source = SourceInfo(
      sha256: "", bytes: stored.count, format: format, delimiter: nil, hasHeader: true,
      encoding: .utf8, compression: stored.compression)
    let parsed: DelimitedReader.Parsed
    switch format {
    case .delimitedText:
      parsed = try text(contents, stored.path, &source)
      source.delimiter = Character(Unicode.Scalar(parsed.delimiter))
    case .utf16:
      let decoded = try TextEncoding.fromUTF16(contents, name: stored.path)
      source.encoding = decoded.encoding
      parsed = try utf16(decoded, stored.path, &source)
    case .jsonLines:
      parsed = try jsonLines(contents, stored.path)
    case .parquet:
      parsed = try ParquetReader(options: options).read(contents, path: stored.path)
    default:
      throw Self.notATable(format, stored)
    }
    source.hasHeader = parsed.hasHeader
    source.sha256 = digest.value()
    return RawTable(
      name: name ?? stored.name, rowCount: parsed.rowCount, columns: parsed.columns,
      source: source, notices: parsed.notices)
  }

  private func utf16(
    _ decoded: TextEncoding.Decoded, _ path: String, _ source: inout SourceInfo
  ) throws(TableError) -> DelimitedReader.Parsed {
    let format = FileFormat.detect(decoded.file.prefix(4_096))
    source.format = format
    var parsed: DelimitedReader.Parsed
    switch format {
    case .jsonLines: parsed = try jsonLines(decoded.file, path)
    case .delimitedText:
      parsed = try text(decoded.file, path, &source)
      source.delimiter = Character(Unicode.Scalar(parsed.delimiter))
    default: throw Self.notATable(format, decoded.file)
    }
    source.encoding = decoded.encoding
    parsed.notices.insert(Self.transcoded(decoded.encoding), at: 0)
    return parsed
  }

  /// Reads delimited text, after a look at its encoding.
  func text(
    _ contents: MappedFile, _ path: String, _ source: inout SourceInfo
  ) throws(TableError) -> DelimitedReader.Parsed {
    let bytes = Bytes(contents)
    let start = contents.prefix(3) == [0xEF, 0xBB, 0xBF] ? 3 : 0
    let reader = DelimitedReader(contents, file: path, options: options)
    guard let survey = ByteSurvey.make(bytes, from: start, options: options) else {
      throw reader.cancelled()
    }
    if let chunk = survey.firstZeroChunk {
      throw Self.zeroByte(bytes, survey.range(chunk).lowerBound, path)
    }
    if survey.isASCII { return try reader.read(from: start, survey: survey) }
    switch TextEncoding.verdict(bytes, from: start) {
    case .utf8:
      return try reader.read(from: start, survey: survey)
    case .neither(let offset):
      var lines = LineCounter(bytes: bytes)
      throw TextEncoding.bad(
        path, line: lines.line(of: offset), found: "bytes that are no UTF-8",
        expected: "UTF-8 as in the rest of the file")
    case .latin1:
      let decoded = try TextEncoding.fromLatin1(contents, name: path, start: start)
      source.encoding = decoded.encoding
      let inner = DelimitedReader(decoded.file, file: path, options: options)
      let view = Bytes(decoded.file)
      guard let survey = ByteSurvey.make(view, from: 0, options: options) else {
        throw reader.cancelled()
      }
      var parsed = try inner.read(from: 0, survey: survey)
      parsed.notices.insert(Self.transcoded(decoded.encoding), at: 0)
      return parsed
    }
  }

  private func jsonLines(
    _ contents: MappedFile, _ path: String
  ) throws(TableError) -> DelimitedReader.Parsed {
    let converted = try JSONLines(contents, file: path, options: options).delimited()
    var inner = options
    inner.delimiter = ","
    inner.hasHeader = true
    inner.decimalMark = "."
    var ignored = SourceInfo(
      sha256: "", bytes: 0, format: .jsonLines, delimiter: nil, hasHeader: true, encoding: .utf8,
      compression: .none)
    var parsed = try TableReader(options: inner).text(converted.file, path, &ignored)
    parsed.notices.insert(contentsOf: converted.notices, at: 0)
    return parsed
  }

  private static func transcoded(_ encoding: SourceInfo.Encoding) -> ReadingNotice {
    ReadingNotice(code: .transcoded, message: "the text was read as \(encoding.rawValue)")
  }

  private static func notATable(_ format: FileFormat, _ file: MappedFile) -> TableError {
    let advice = format.advice(for: file.path == "-" ? file.name : file.path)
    let parts = (advice ?? "this is no table").split(separator: ";", maxSplits: 1)
    let remedy = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "export it as CSV"
    return TableError(
      file: file.path, message: String(parts.first ?? ""), remedy: remedy,
      problems: [.init(code: format == .empty ? .empty : .notATable)])
  }

  private static func zeroByte(_ bytes: Bytes, _ start: Int, _ path: String) -> TableError {
    var offset = start
    while offset < bytes.count, bytes[offset] != 0 { offset += 1 }
    var lines = LineCounter(bytes: bytes)
    return TableError(
      file: path, message: "the file holds a zero byte, which no text has",
      remedy: "check whether the file is damaged or binary; tr -d '\\000' removes zero bytes",
      problems: [
        .init(code: .zeroByte, line: lines.line(of: offset), expected: "text", found: "a zero byte")
      ])
  }
}

/// The digest of the stored bytes, computed beside the reading.
private final class DigestTask: Sendable {
  private let group = DispatchGroup()
  private let result = Mutex<String?>(nil)
  private let file: MappedFile

  init(_ file: MappedFile, _ options: ReadingOptions) {
    self.file = file
    guard options.computesDigest else {
      result.withLock { $0 = "" }
      return
    }
    guard options.threads > 1 else { return }
    DispatchQueue.global().async(group: group) { [self] in
      let digest = file.sha256()
      result.withLock { $0 = digest }
    }
  }

  /// Waits until nothing reads the file in the background any more.
  func wait() { group.wait() }

  /// The digest; waits for it.
  func value() -> String {
    group.wait()
    return result.withLock { known in
      if let known { return known }
      let digest = file.sha256()
      known = digest
      return digest
    }
  }
}

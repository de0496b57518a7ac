public import Foundation

extension EvaluationDocument {
  /// The document as JSON: sorted keys, shortest numbers that read back equal, a line for each
  /// score, column and finding, one newline at the end.
  ///
  /// Equal documents give equal bytes. A number that is not finite is never written: its member is
  /// `null`, as is an interval, a test or an end of the scale that holds such a number.
  ///
  /// - Throws: `EncodingError` where Foundation cannot write; no document is known to cause it.
  /// - Complexity: linear in the size of the document.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return JSONLayout.lines(try encoder.encode(self))
  }

  /// Reads a document from JSON; members that this version does not know are passed over.
  ///
  /// - Throws: ``DocumentError`` that says what is wrong and where:
  ///   ``DocumentError/Code/notADocument`` for anything but a document of this program,
  ///   ``DocumentError/Code/newerSchema`` for one of a later version, and
  ///   ``DocumentError/Code/malformed`` where a member is missing or has the wrong type.
  public init(json: Data) throws(DocumentError) {
    let decoder = JSONDecoder()
    do {
      let envelope = try Envelope(json: json, decoder)
      guard let version = envelope.schemaVersion, version >= 1,
        envelope.tool?.name == ToolInfo.programName
      else {
        throw DocumentError(
          .notADocument,
          "this JSON has no schemaVersion with a tool named \(ToolInfo.programName): "
            + "it was not written by assay")
      }
      guard version <= Self.currentSchemaVersion else {
        throw DocumentError(
          .newerSchema,
          "the document has schema version \(version); this assay reads up to "
            + "\(Self.currentSchemaVersion): install a newer assay")
      }
      self = try decoder.decode(Self.self, from: json)
    } catch let error as DocumentError {
      throw error
    } catch let error as DecodingError {
      throw DocumentError(decoding: error)
    } catch {
      throw DocumentError(.notADocument, "the file cannot be read as JSON")
    }
  }

  /// What tells a document of this program, of any version, from other JSON.
  private struct Envelope: Decodable {
    struct Tool: Decodable { var name: String? }
    var schemaVersion: Int?
    var tool: Tool?

    /// Reads no more than these two, after all of the text was found to be JSON.
    init(json: Data, _ decoder: JSONDecoder) throws {
      do {
        self = try decoder.decode(Self.self, from: json)
      } catch DecodingError.dataCorrupted {
        throw DocumentError(.notADocument, "the file is not JSON")
      }
    }
  }
}

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
    do {
      self = try JSONDecoder().decode(Reading.self, from: json).document
    } catch let error as DocumentError {
      throw error
    } catch {
      // Whatever stands in valid JSON is judged by what reads it.
      throw DocumentError(.notADocument, "the file is not JSON")
    }
  }

  /// A document that is read once, after what tells it from other JSON.
  private struct Reading: Decodable {
    struct Envelope: Decodable {
      struct Tool: Decodable { var name: String? }
      var schemaVersion: Int?
      var tool: Tool?
    }

    var document: EvaluationDocument

    init(from decoder: any Decoder) throws {
      do {
        let envelope = try Envelope(from: decoder)
        guard let version = envelope.schemaVersion, version >= 1,
          envelope.tool?.name == ToolInfo.programName
        else {
          throw DocumentError(
            .notADocument,
            "this JSON has no schemaVersion with a tool named \(ToolInfo.programName): "
              + "it was not written by assay")
        }
        guard version <= EvaluationDocument.currentSchemaVersion else {
          throw DocumentError(
            .newerSchema,
            "the document has schema version \(version); this assay reads up to "
              + "\(EvaluationDocument.currentSchemaVersion): install a newer assay")
        }
        document = try EvaluationDocument(from: decoder)
      } catch let error as DocumentError {
        throw error
      } catch let error as DecodingError {
        throw DocumentError(decoding: error)
      } catch {
        // Foundation has an error of its own where a number does not fit its type.
        throw DocumentError(.malformed, "a number of the document does not fit where it stands")
      }
    }
  }
}

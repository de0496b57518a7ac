import AssayDocument
import AssayTable
import Foundation
import Testing

@Suite struct `Vectors of rows` {
  /// A file that is gone when the test ends.
  final class Scratch: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
      .path

    init(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  /// An array as NumPy writes it: the header padded to a multiple of 64 bytes.
  static func numpy(
    _ numbers: [Double], shape: String, kind: String = "<f8", order: String = "False",
    version: UInt8 = 1
  ) -> [UInt8] {
    var header = "{'descr': '\(kind)', 'fortran_order': \(order), 'shape': (\(shape)), }"
    let prefix = version == 1 ? 10 : 12
    while (prefix + header.utf8.count + 1) % 64 != 0 { header += " " }
    header += "\n"
    let length = header.utf8.count
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [version, 0]
    bytes += [UInt8(length & 255), UInt8(length >> 8)] + (version == 1 ? [] : [0, 0])
    bytes += Array(header.utf8)
    for number in numbers {
      if kind == "<f4" {
        let bits = Float(number).bitPattern
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
      } else {
        let bits = number.bitPattern
        bytes += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
      }
    }
    return bytes
  }

  static func read(_ bytes: [UInt8]) throws -> EmbeddingTable {
    let file = try Scratch(bytes)
    return try EmbeddingReader().read(path: file.path)
  }

  @Test func `are read from arrays of either precision and both versions`() throws {
    let numbers = [0.5, -1.25, 3, 1e10, 0, 7.75]
    for version in [1, 2] as [UInt8] {
      for kind in ["<f4", "<f8"] {
        let found = try Self.read(
          Self.numpy(numbers, shape: "3, 2", kind: kind, version: version))
        #expect(found.rowCount == 3 && found.dimensions == 2)
        #expect(found.values == numbers)
        #expect(found.sha256.count == 64)
        #expect(found.values(of: [2, 0]) == [0, 7.75, 0.5, -1.25])
      }
    }
  }

  @Test func `are read from a table of numbers`() throws {
    let found = try Self.read(Array("a,b\n1,2.5\n-3,4\n".utf8))
    #expect(found.values == [1, 2.5, -3, 4] && found.dimensions == 2)
  }

  @Test func `are refused in any other form, with what was found`() throws {
    let two = [1.0, 2]
    let cases: [([UInt8], String)] = [
      (Self.numpy(two, shape: "2,"), "shape (2)"),
      (Self.numpy(two, shape: "1, 2", order: "True"), "Fortran order"),
      (Self.numpy(two, shape: "1, 2", kind: "<i8"), "numbers of kind '<i8'"),
      (Self.numpy(two, shape: "1, 2", kind: ">f8"), "numbers of kind '>f8'"),
      (Self.numpy(two, shape: "2, 2"), "16 bytes behind the header"),
      (Self.numpy([1, .nan], shape: "1, 2"), "not finite"),
      (Array(Self.numpy(two, shape: "1, 2").prefix(9)), "incomplete header"),
      (Array("a,b\n1,x\n2,y\n".utf8), "expected numbers"),
      (Array("a,b\n1,\n2,3\n".utf8), "1 blank cells"),
    ]
    for (bytes, words) in cases {
      let error = #expect(throws: TableError.self) { _ = try Self.read(bytes) }
      #expect(error?.description.contains(words) == true, "\(words): \(String(describing: error))")
    }
    #expect(throws: TableError.self) {
      _ = try EmbeddingReader().read(path: "/no/such/file.npy")
    }
  }

  @Test func `must be one a row, of one length`() {
    func vectors(_ rows: Int, _ width: Int = 2) -> EmbeddingTable {
      EmbeddingTable(
        name: "v\(rows).npy", rowCount: rows, dimensions: width,
        values: [Double](repeating: 0, count: rows * width))
    }
    let given = GivenEmbeddings(training: vectors(5), synthetic: vectors(4, 3))
    #expect(given.problems(rows: [.training: 5, .synthetic: 4]).count == 1)
    #expect(given.problems(rows: [.training: 6]).count == 2)
    #expect(given.problems(rows: [.training: 5, .synthetic: 4, .holdout: 2]).count == 2)
    let sound = GivenEmbeddings(training: vectors(5), synthetic: vectors(4))
    #expect(sound.problems(rows: [.training: 5, .synthetic: 4]).isEmpty)
  }
}

import AssayFiles
import Foundation
import Testing

@Suite struct AtomicFileTests {
  @Test func `a file is written whole, with its permissions and nothing beside it`() throws {
    try withFolder { folder in
      let path = folder + "/secret.csv"
      for text in ["first", "second and longer", ""] {
        try AtomicFile.write(text.utf8, to: path, mode: 0o600)
        #expect(try MappedFile.open(path).contents == Array(text.utf8))
      }
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["secret.csv"])
    }
  }

  @Test func `a failed write leaves what was there and no temporary file`() throws {
    try withFolder { folder in
      let missing = #expect(throws: FileError.self) {
        try AtomicFile.write("x".utf8, to: folder + "/none/table.csv")
      }
      #expect(missing?.code == .writeFailed)
      // A folder of that name with something in it cannot be replaced by a file.
      try FileManager.default.createDirectory(
        atPath: folder + "/taken/inner", withIntermediateDirectories: true)
      let taken = #expect(throws: FileError.self) {
        try AtomicFile.write("x".utf8, to: folder + "/taken")
      }
      #expect(taken?.code == .writeFailed)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["taken"])
    }
  }
}

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

  @Test func `a pipe and a device are written to and stay what they are`() throws {
    // Asked first: a fault here would cost whoever runs this as root the device itself.
    try #require(AtomicFile.isWrittenThrough("/dev/null"))
    try AtomicFile.write("x".utf8, to: "/dev/null")
    let device = try FileManager.default.attributesOfItem(atPath: "/dev/null")
    #expect(device[.type] as? FileAttributeType == .typeCharacterSpecial)
    try withFolder { folder in
      let pipe = folder + "/pipe"
      #expect(unsafe mkfifo(pipe, 0o600) == 0)
      let reader = unsafe open(pipe, O_RDONLY | O_NONBLOCK)
      defer { close(reader) }
      try AtomicFile.write("through".utf8, to: pipe)
      var read = [UInt8](repeating: 0, count: 16)
      let count = unsafe Foundation.read(reader, &read, 16)
      #expect(Array(read.prefix(count)) == Array("through".utf8))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["pipe"])
      // Files and names that are free are replaced as ever.
      #expect(!AtomicFile.isWrittenThrough(folder + "/none"))
      try AtomicFile.write("x".utf8, to: folder + "/file")
      #expect(!AtomicFile.isWrittenThrough(folder + "/file"))
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

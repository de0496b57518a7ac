import AssayFiles
import Foundation
import Testing

@Suite struct MappedFileTests {
  @Test(arguments: [0, 1, 4_095, 4_096, 4_097, 65_536, 200_001])
  func `a file of any size is read whole and zeros follow it`(size: Int) throws {
    let expected = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) | 1 }
    try withFolder { folder in
      let path = folder + "/table.csv"
      try AtomicFile.write(expected, to: path)
      let file = try MappedFile.open(path)
      #expect(file.count == size)
      #expect(file.name == "table.csv")
      #expect(file.contents == expected)
      unsafe file.withUnsafeBytes { buffer in
        for offset in 0..<MappedFile.slack {
          let byte = unsafe buffer.baseAddress?.load(
            fromByteOffset: size + offset, as: UInt8.self)
          if byte != 0 { Issue.record("byte \(offset) behind the end is not zero") }
        }
      }
    }
  }

  @Test func `a file that is not there, a folder and a locked file have errors of their own`()
    throws
  {
    try withFolder { folder in
      let missing = #expect(throws: FileError.self) { try MappedFile.open(folder + "/none.csv") }
      #expect(missing?.code == .notFound)
      let directory = #expect(throws: FileError.self) { try MappedFile.open(folder) }
      #expect(directory?.code == .isDirectory)
    }
  }

  @Test func `a pipe is read to its end and cut off at the limit`() throws {
    try withFolder { folder in
      let path = folder + "/pipe"
      let made = unsafe mkfifo(path, 0o600)
      #expect(made == 0)
      for limit in [1_000_000, 10] {
        let writer = Process()
        writer.executableURL = URL(fileURLWithPath: "/bin/sh")
        writer.arguments = ["-c", "printf 'a,b\\n1,2\\n3,4\\n' > \"$0\"", path]
        try writer.run()
        defer { writer.waitUntilExit() }
        if limit > 100 {
          #expect(try MappedFile.open(path, limit: limit).contents == Array("a,b\n1,2\n3,4\n".utf8))
        } else {
          let error = #expect(throws: FileError.self) { try MappedFile.open(path, limit: limit) }
          #expect(error?.code == .tooLarge)
        }
      }
    }
  }

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `digests are those of FIPS 180-4`(text: String, digest: String) throws {
    #expect(try MappedFile(bytes: text.utf8, name: "test").sha256() == digest)
  }

  @Test func `a digest does not depend on how the bytes arrive`() throws {
    let all = (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    let whole = try MappedFile(bytes: all, name: "test").sha256()
    for step in [1, 7, 63, 64, 65, 1_000] {
      var digest = SHA256Digest()
      for start in stride(from: 0, to: all.count, by: step) {
        let piece = Array(all[start..<min(all.count, start + step)])
        try MappedFile(bytes: piece, name: "test").withBytes { digest.update($0) }
      }
      #expect(digest.finish() == whole)
    }
  }
}

import AssayFiles
import Testing

@Suite struct FileFormatTests {
  static let texts: [(String, FileFormat)] = [
    ("", .empty),
    ("a,b\n1,2\n", .delimitedText),
    ("\u{FEFF}a,b\n1,2\n", .delimitedText),
    ("naïve;café\n1;2\n", .delimitedText),
    ("PAR1,ORC\n1,2\n", .delimitedText),
    ("BZh,b\n1,2\n", .delimitedText),
    ("{\"a\": 1}\n{\"a\": 2}\n", .jsonLines),
    ("\n  {\"a\": 1}", .jsonLines),
    ("{\n  \"a\": 1\n}\n", .json),
    ("[{\"a\": 1}, {\"a\": 2}]", .json),
    ("[x],b\n1,2\n", .delimitedText),
    ("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", .gitLFSPointer),
    ("outs:\n- md5: 00\n  path: a.csv\n", .dvcPointer),
    ("<!DOCTYPE html>\n<html>", .html),
    ("  <HTML><body>", .html),
    ("<?xml version=\"1.0\"?><a/>", .xml),
    ("<?xml version=\"1.0\"?><html/>", .html),
    ("<svg xmlns=\"x\">", .image),
    ("%PDF-1.7", .pdf),
    ("GIF89a", .image),
    ("SQLite format 3\u{0}\u{10}\u{0}\u{1}\u{1}\u{0}", .sqlite),
  ]

  static let binaries: [(String, FileFormat)] = [
    (InflatingTests.first, .gzip),
    (InflatingTests.zstdFirst, .zstd),
    ("425a683931415926535900000000", .bzip2),
    ("fd377a585a000004", .xz),
    ("504152311504150015001500", .parquet),
    ("4152524f573100000000", .feather),
    ("894844460d0a1a0a", .hdf5),
    ("d0cf11e0a1b11ae1", .xls),
    ("504b03041400000008005b436f6e74656e745f54797065735d2e786d6c", .xlsx),
    ("504b03041400000008007461626c652e637376", .zip),
    ("80049525000000000000007d94", .pickle),
    ("80025d7100", .pickle),
    ("934e554d50590100", .numpy),
    ("89504e470d0a1a0a", .image),
    ("ffd8ffe000104a46", .image),
    ("7f454c4602010100", .program),
    ("fffe61002c006200", .utf16),
    ("feff0061002c0062", .utf16),
    ("61002c0062000a0031002c0032000a00", .utf16),
    ("0061002c0062000a0031002c0032000a", .utf16),
    ("0102030405060708090a", .unknownBinary),
  ]

  @Test(arguments: texts)
  func `text is told from its contents`(text: String, format: FileFormat) {
    #expect(FileFormat.detect(Array(text.utf8)) == format)
  }

  @Test(arguments: binaries)
  func `binary data are told from their contents`(hex: String, format: FileFormat) {
    #expect(FileFormat.detect(bytes(hex: hex)) == format)
  }

  @Test(arguments: FileFormat.allCases)
  func `what is no table has a sentence of its own that says what to do`(format: FileFormat) throws
  {
    guard !format.isReadable else {
      #expect(format.advice(for: "x") == nil)
      return
    }
    let advice = try #require(format.advice(for: "my data.bin"))
    #expect(!advice.hasSuffix("."))
    #expect(advice.contains(";"), "it is two parts: what it is, and what to do")
    let others = FileFormat.allCases.filter { $0 != format }
    #expect(!others.contains { $0.advice(for: "my data.bin") == advice })
  }

  @Test func `commands quote names that a shell would take apart`() throws {
    let zip = try #require(FileFormat.zip.advice(for: "it's a $(table).zip"))
    #expect(zip.contains("unzip 'it'\\''s a $(table).zip'"))
    let dash = try #require(FileFormat.tar.advice(for: "-rf.tar"))
    #expect(dash.contains("tar -xf ./-rf.tar"))
    let python = try #require(FileFormat.xlsx.advice(for: "a'\"$`\\!.xlsx"))
    #expect(python.contains("read_excel('a.xlsx')"))
  }

  @Test func `no command writes onto the file that it reads`() throws {
    let parquet = try #require(FileFormat.parquet.advice(for: "x.csv"))
    #expect(parquet.contains("read_parquet('x.csv').to_csv('x-converted.csv'"))
    let json = try #require(FileFormat.json.advice(for: "x.jsonl"))
    #expect(json.hasSuffix("x.jsonl > x-converted.jsonl"))
    #expect(FileFormat.parquet.advice(for: "x.parquet")?.contains("to_csv('x.csv'") == true)
  }
}

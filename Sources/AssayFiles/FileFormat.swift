/// What a file is, told from its contents.
public enum FileFormat: String, Sendable, Hashable, CaseIterable {
  case empty
  /// Text with delimiters, in UTF-8 or a one-byte encoding: the kind that is read.
  case delimitedText
  /// One JSON object a line.
  case jsonLines
  /// One JSON array or object over several lines.
  case json
  case utf16
  case gzip
  case zstd
  case bzip2
  case xz
  case parquet
  case feather
  case orc
  case avro
  case hdf5
  case xlsx
  case xls
  case zip
  case tar
  case pickle
  case numpy
  case rData
  case stata
  case sas
  case spss
  case sqlite
  case gitLFSPointer
  case dvcPointer
  case html
  case xml
  case pdf
  case image
  case program
  case unknownBinary
}

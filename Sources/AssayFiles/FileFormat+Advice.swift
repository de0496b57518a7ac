extension FileFormat {
  /// Whether the reader takes files of this format by itself.
  public var isReadable: Bool {
    switch self {
    case .delimitedText, .jsonLines, .utf16, .gzip, .zstd: true
    default: false
    }
  }

  /// What the file is and the command that turns it into a table, in one sentence.
  ///
  /// - Parameter name: the file's name as it should stand in the command.
  /// - Returns: a sentence without a full stop for every format that is not readable, else nil.
  public func advice(for name: String) -> String? {
    var stem = name.split(separator: ".").first.map(String.init) ?? "table"
    // A command must not write onto the file that it reads.
    if [".csv", ".jsonl"].contains(where: { stem + $0 == name }) { stem += "-converted" }
    let quoted = Self.shellQuoted(name)
    let target = Self.shellQuoted(stem + ".csv")
    func python(_ code: String) -> String {
      "python3 -c \"import pandas; \(code).to_csv(\(Self.pythonQuoted(stem + ".csv")), index=False)\""
    }
    let source = Self.pythonQuoted(name)
    return switch self {
    case .delimitedText, .jsonLines, .utf16, .gzip, .zstd: nil
    case .empty: "the file is empty; check how it was made"
    case .json:
      "this is one JSON document, not one object a line; run: jq -c '.[]' \(quoted) > "
        + Self.shellQuoted(stem + ".jsonl")
    case .bzip2: "this is bzip2 data; run: bzip2 -dk \(quoted)"
    case .xz: "this is xz data; run: xz -dk \(quoted)"
    case .parquet:
      "this is a Parquet file; install a duckdb command (pip install duckdb-cli), or run: "
        + python("pandas.read_parquet(\(source))")
    case .feather:
      "this is an Arrow or Feather file; run: " + python("pandas.read_feather(\(source))")
    case .orc: "this is an ORC file; run: " + python("pandas.read_orc(\(source))")
    case .avro: "this is an Avro file; export it as CSV with the tool that made it"
    case .hdf5: "this is an HDF5 file; run: " + python("pandas.read_hdf(\(source))")
    case .xlsx: "this is an Excel workbook; run: " + python("pandas.read_excel(\(source))")
    case .xls: "this is an old Excel workbook; run: " + python("pandas.read_excel(\(source))")
    case .zip: "this is a zip archive; run: unzip \(quoted)"
    case .tar: "this is a tar archive; run: tar -xf \(quoted)"
    case .pickle:
      "this is a Python pickle, which can run code when loaded; if you trust it, run: "
        + python("pandas.read_pickle(\(source))")
    case .numpy:
      "this is a NumPy array without column names; run: "
        + python("pandas.DataFrame(__import__('numpy').load(\(source)))")
    case .rData:
      "this is R data; run: Rscript -e \"load(\(source)); write.csv(get(ls()[1]), "
        + "\(Self.pythonQuoted(stem + ".csv")), row.names = FALSE)\""
    case .stata: "this is a Stata file; run: " + python("pandas.read_stata(\(source))")
    case .sas: "this is a SAS file; run: " + python("pandas.read_sas(\(source))")
    case .spss: "this is an SPSS file; run: " + python("pandas.read_spss(\(source))")
    case .sqlite:
      "this is an SQLite database; run: sqlite3 -csv -header \(quoted) "
        + "'select * from TABLE' > \(target)"
    case .gitLFSPointer: "this is a Git LFS pointer, not the data; run: git lfs pull"
    case .dvcPointer: "this is a DVC pointer, not the data; run: dvc pull \(quoted)"
    case .html:
      "this is an HTML page, perhaps a sign-in or error page in place of a download; "
        + "fetch the file again"
    case .xml: "this is an XML document; export it as CSV with the tool that made it"
    case .pdf: "this is a PDF document; export the table as CSV"
    case .image: "this is an image; export the table as CSV"
    case .program: "this is a program, not a table; check the path"
    case .unknownBinary:
      "this is binary data of an unknown kind; export it as CSV with the tool that made it"
    }
  }

  private static func shellQuoted(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "._-/".utf8.contains(byte)
    }
    if plain { return text.hasPrefix("-") ? "./" + text : text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }

  /// A Python or R string in single quotes that also survives the double quotes of a shell.
  private static func pythonQuoted(_ text: String) -> String {
    let safe = text.filter { !"'\"\\$`!".contains($0) }
    return "'\(safe)'"
  }
}

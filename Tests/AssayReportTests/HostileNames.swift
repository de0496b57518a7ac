import AssayDocument

/// Names that try to break out of whatever shows them.
enum HostileNames {
  static let all = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
    "\u{202E}txet desrever", "\u{1B}[31mred\u{1B}[0m", "two\nlines", "tab\tand\u{0}nul",
    String(repeating: "long", count: 75), "=HYPERLINK(\"http://x\",\"y\")", "a|b|c",
    "`code` *bold* [link](javascript:alert(1))", "@everyone #1 http://example.com www.example.com",
    "</style></script><!--", "&amp;&lt;", "+1-1", "", "\u{2028}separator", "שלום \u{FFFF}\u{1FFFE}",
  ]

  static var document: EvaluationDocument {
    var options = SampleDocument.Options()
    let adult = SampleDocument.adult().columns.map(\.name)
    options.rename = { name in
      guard let index = adult.firstIndex(of: name) else { return name }
      return all[index]
    }
    var document = SampleDocument.adult(options)
    for index in document.columns.indices {
      guard let count = document.columns[index].profile?.cells.count else { continue }
      for cell in 0..<count {
        document.columns[index].profile?.cells[cell].label = all[cell % all.count]
      }
    }
    document.about = About([
      "title": all[0] + all[3], "purpose": all[1], "recipients": all[5], "decision": all[10],
      all[0]: all[4],
    ])
    document.inputs.synthetic.name = all[4] + all[5]
    document.inputs.training.name = "'; rm -rf ~; '"
    document.findings[0].sentence = all.joined(separator: " ")
    document.findings[1].remedy = all[10]
    document.metrics[0].title = all[0]
    document.metrics[0].citations = [
      .init(all[0], doi: "10.1/\"><script>"), .init("x", doi: "javascript:alert(1)"),
    ]
    document.verdict.answers[0].sentence = all[4] + all[5] + all[0]
    document.tool.version = all[4]
    return document
  }
}

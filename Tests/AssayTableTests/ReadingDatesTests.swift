import AssayTable
import Testing

@Suite struct ReadingDatesTests {
  // Seconds from GNU date: `date -u -d '2024-02-29 13:45:06 UTC' +%s` and so on.
  static let single: [(String, Double, TemporalFormat, TemporalGranularity)] = [
    ("1970-01-01", 0, .yearMonthDayDash, .day),
    ("2024-02-29", 1_709_164_800, .yearMonthDayDash, .day),
    ("0001-01-01", -62_135_596_800, .yearMonthDayDash, .day),
    ("9999-12-31", 253_402_214_400, .yearMonthDayDash, .day),
    ("1900-03-01", -2_203_891_200, .yearMonthDayDash, .day),
    ("2024-02-29 13:45", 1_709_214_300, .yearMonthDayDash, .minute),
    ("2024-02-29T13:45:06", 1_709_214_306, .yearMonthDayDash, .second),
    ("2024-02-29T13:45:06Z", 1_709_214_306, .yearMonthDayDash, .second),
    ("2024-02-29T13:45:06+02:00", 1_709_207_106, .yearMonthDayDash, .second),
    ("2024-02-29T13:45:06-0530", 1_709_234_106, .yearMonthDayDash, .second),
    ("2024-02-29 13:45:06.5", 1_709_214_306.5, .yearMonthDayDash, .millisecond),
    ("2024-02-29 13:45:06.000001", 1_709_214_306.000001, .yearMonthDayDash, .microsecond),
    ("2024/02/29", 1_709_164_800, .yearMonthDaySlash, .day),
    ("29/02/2024", 1_709_164_800, .dayMonthYearSlash, .day),
    ("02/29/2024", 1_709_164_800, .monthDayYearSlash, .day),
    ("29.02.2024 13:45", 1_709_214_300, .dayMonthYearDot, .minute),
    ("2024-02", 1_706_745_600, .yearMonth, .month),
  ]

  @Test(arguments: single)
  func `dates and times are seconds since 1970`(
    text: String, seconds: Double, format: TemporalFormat, granularity: TemporalGranularity
  ) throws {
    let column = try read("d,x\n\(text),a\n,b\n NA ,c\n\"\(text)\",d\n").columns[0]
    #expect(column.seconds == [seconds, nil, nil, seconds])
    guard case .temporal(let values) = column.values else { return }
    #expect(values.format == format)
    #expect(values.granularity == granularity)
  }

  @Test(arguments: [
    "2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "1900-02-29", "0000-01-01", "2024-1-01",
    "2024-01-01 24:00", "2024-01-01 10:60", "2024-01-01x", "2024-01-01 10", "24-01-01",
    "32/01/2024",
    "2024-01-01T10:00:00.", "2024-01-01T10:00:00+99:00", "2024-01-01 10:00:00.1234567890",
  ])
  func `what is no date of the calendar stays a string`(text: String) throws {
    #expect(try read("d,x\n\(text),1\n").columns[0].strings == [text])
  }

  @Test func `days and months that the data leave open are not guessed`() throws {
    let text = "d,x\n01/02/2024,1\n11/12/2024,2\n"
    let open = try read(text)
    #expect(open.columns[0].strings == ["01/02/2024", "11/12/2024"])
    #expect(open.columns[0].spelling.hasAmbiguousDates)
    #expect(open.notices.map(\.code) == [.ambiguousDates])
    let european = try read(text) { $0.dateOrder = .dayMonthYear }
    #expect(european.columns[0].seconds == [1_706_745_600, 1_733_875_200])
    let american = try read(text) { $0.dateOrder = .monthDayYear }
    #expect(american.columns[0].seconds == [1_704_153_600, 1_731_369_600])
  }

  @Test func `one day beyond the twelfth decides the order, wherever it stands`() throws {
    var rows = [String](repeating: "01/02/2024,1", count: 2_000)
    rows[1_900] = "13/02/2024,1"
    let column = try read("d,x\n" + rows.joined(separator: "\n")).columns[0]
    #expect(column.seconds?[0] == 1_706_745_600)
    rows[1_950] = "01/13/2024,1"
    #expect(try read("d,x\n" + rows.joined(separator: "\n")).columns[0].seconds == nil)
  }

  @Test func `two formats in one column stay strings`() throws {
    let column = try read("d,x\n2024-01-01,1\n2024/01/02,2\n").columns[0]
    #expect(column.strings == ["2024-01-01", "2024/01/02"])
  }

  @Test func `the finest unit and offsets are counted`() throws {
    let table = try read("d,x\n2024-01-01,1\n2024-01-01T10:00,2\n2024-01-01T10:00:00Z,3\n")
    guard case .temporal(let values) = table.columns[0].values else {
      Issue.record("not a column of dates")
      return
    }
    #expect(values.granularity == .second)
    #expect(values.zonedCount == 1)
    #expect(table.notices.map(\.code) == [.mixedOffsets])
  }
}

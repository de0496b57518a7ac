import Foundation
import Testing

@testable import AssayReport

@Suite struct `Numbers as text` {
  // Slow twin: the formats of the C library, which know every binary digit. Halves and their neighbours
  // are where a quick way would go wrong.
  @Test func `decimals are those of the C library`() {
    let plain = NumberText(separator: "", minus: "-", unitSpace: " ")
    var values: [Double] = [
      0.125, 0.375, 2.5, 0.5, 1.5, 0.005, 1.005, 0.015, 99.95, 0.0625, 1e9, 3e12,
    ]
    for step in 1...3_000 {
      let value = Double((step &* 2_654_435_761) % 1_000_003) / 7_919
      values += [value, (value * 100).rounded() / 200, value * 1e4]
    }
    for value in values.flatMap({ [$0, $0.nextUp, $0.nextDown] }) {
      for decimals in [0, 1, 2, 3, 6, 9] {
        #expect(plain.fixed(value, decimals: decimals) == String(format: "%.\(decimals)f", value))
      }
    }
  }

  @Test(
    arguments: [
      (0, "0"), (1, "1"), (-2, "−2"), (24_421, "24,421"), (1_490_000, "1,490,000"),
      (0.0123456, "0.0123"), (0.5, "0.500"), (12.345, "12.3"), (1_234.5, "1,234"),
      (0.99992, "0.99992"), (1 - 1e-12, "1"), (0.0000123, "1.23×10⁻⁵"), (2.5e12, "2.5×10¹²"),
      (-0.25, "−0.250"),
    ] as [(Double, String)])
  func `a number has three significant digits`(value: Double, text: String) {
    #expect(NumberText.plain.number(value) == text)
  }

  @Test(
    arguments: [
      (0, "0 %"), (1, "100 %"), (0.041, "4.1 %"), (0.92, "92 %"), (0.00005, "<0.01 %"),
      (0.9999, ">99.9 %"), (0.004, "0.4 %"), (0.0909, "9.1 %"),
    ] as [(Double, String)])
  func `a share is per cent and never rounds to all or nothing`(value: Double, text: String) {
    #expect(NumberText.plain.percent(value) == text)
  }

  @Test func `what is not finite is a dash`() {
    #expect(NumberText.plain.number(.nan) == "–")
    #expect(NumberText.plain.number(.infinity) == "–")
    #expect(NumberText.plain.percent(.nan) == "–")
  }

  @Test func `a rounded zero has no minus sign`() {
    #expect(NumberText.plain.position(-0.001) == "0.00")
    #expect(NumberText.plain.position(-0.02) == "−0.02")
  }

  @Test func `bytes are in units of a thousand`() {
    #expect(NumberText.plain.bytes(621_000) == "621 kB")
    #expect(NumberText.plain.bytes(999) == "999 B")
  }
}

@Suite struct `Dates as text` {
  @Test(arguments: [0, 1, 59, 60, 365, 10_957, 11_016, 20_454, -1, -719_468, 2_932_896])
  func `a day becomes a date and the same day again`(day: Int) {
    #expect(CivilDate(daysSince1970: day).daysSince1970 == day)
  }

  /// Oracle: `date -u -d @SECONDS`.
  @Test(
    arguments: [
      (0, "1970-01-01"), (951_782_400, "2000-02-29"), (1_767_225_600, "2026-01-01"),
      (-86_400, "1969-12-31"), (1_000_000_000, "2001-09-09 01:46"),
    ] as [(Double, String)])
  func `seconds since 1970 are a date`(seconds: Double, text: String) {
    #expect(CivilDate.text(secondsSince1970: seconds) == text)
  }
}

@Suite struct `Text of the data` {
  @Test func `control characters and direction marks are written out`() {
    #expect(VisibleText.escaped("a\u{1B}[31mb\nc\u{202E}d\u{0}") == "a\\e[31mb\\nc\\u{202E}d\\u{0}")
  }

  @Test func `letters of any script stay`() {
    #expect(VisibleText.escaped("שלום 年龄 naïve 👩‍👧") == "שלום 年龄 naïve 👩‍👧")
  }

  @Test func `a long name is cut with an ellipsis`() {
    let name = String(repeating: "x", count: 300)
    #expect(VisibleText.clipped(name, to: 10) == "xxxxxxxxxx…")
    #expect(VisibleText.clipped("short", to: 10) == "short")
    #expect(VisibleText.isLong(name) && !VisibleText.isLong("short"))
  }

  @Test func `a wide character takes two cells and a mark none`() {
    #expect(DisplayWidth.of("年龄") == 4)
    #expect(DisplayWidth.of("e\u{301}") == 1)
    #expect(DisplayWidth.cut("abcdef", to: 4) == "abc…")
  }
}

@Suite struct `Digest of the page's own script` {
  /// Oracle: FIPS 180-4 examples, and a message of two blocks.
  @Test(
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func `the digest is SHA-256`(message: String, hex: String) {
    let digest = SHA256.digest(Array(message.utf8))
    #expect(digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == hex)
  }
}

@Suite struct `Axes` {
  @Test func `ticks are round values inside the range`() {
    let axis = Axis(17, 92, format: .number, title: "", count: 5)
    #expect(axis.ticks.map(\.label) == ["20", "40", "60", "80"])
  }

  @Test func `an empty range still has room`() {
    let axis = Axis(3, 3, format: .number, title: "")
    #expect(axis.lower < axis.upper)
  }

  @Test func `dates have ticks at the starts of years`() {
    let axis = Axis(1_577_836_800, 1_767_225_600, format: .date, title: "", count: 6)
    #expect(axis.ticks.map(\.label) == ["2020", "2021", "2022", "2023", "2024", "2025", "2026"])
  }

  @Test(arguments: [0.1, 1, 9, 40, 90, 300, 500, 10_000.0])
  func `dates over any span have two to fourteen ticks`(days: Double) {
    let axis = Axis(1_700_000_000, 1_700_000_000 + days * 86_400, format: .date, title: "")
    #expect(axis.ticks.count <= 14)
  }
}

@Suite struct `Words made of machine words` {
  @Test(
    arguments: [
      ("droppedLevel", "dropped level"), ("size-matched-splits", "size matched splits"),
      ("byIQR", "by IQR"), ("dataUnits", "data units"), ("k", "k"), ("", ""),
    ])
  func `a machine word is spaced out`(word: String, text: String) {
    #expect(Wording.spaced(word) == text)
  }
}

@Suite struct `Colours of the page` {
  /// Relative luminance and contrast as in WCAG 2.2, success criterion 1.4.3.
  static func contrast(_ a: Substring, _ b: Substring) -> Double {
    func luminance(_ hex: Substring) -> Double {
      var digits = hex.dropFirst().map { Double($0.hexDigitValue ?? 0) }
      if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
      let parts = stride(from: 0, to: 6, by: 2).map { (digits[$0] * 16 + digits[$0 + 1]) / 255 }
      let linear = parts.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  static func colours() -> [Substring: (light: Substring, dark: Substring)] {
    var found: [Substring: (Substring, Substring)] = [:]
    for match in Stylesheet.page.text.matches(
      of: #/--([a-z]+):\s*light-dark\((#[0-9a-f]+),(#[0-9a-f]+)\)/#)
    {
      found[match.1] = (match.2, match.3)
    }
    return found
  }

  @Test(arguments: ["ink", "soft", "link", "good", "bad", "open"])
  func `every colour of text has a contrast of four and a half in both themes`(name: String) throws
  {
    let colours = Self.colours()
    let text = try #require(colours[name[...]])
    for under in ["bg", "panel"] {
      let ground = try #require(colours[under[...]])
      #expect(Self.contrast(text.light, ground.light) >= 4.5)
      #expect(Self.contrast(text.dark, ground.dark) >= 4.5)
    }
  }

  @Test(arguments: ["real", "synthetic", "holdout"])
  func `every colour of a chart has a contrast of three in both themes`(name: String) throws {
    let colours = Self.colours()
    let line = try #require(colours[name[...]])
    let ground = try #require(colours["bg"])
    #expect(Self.contrast(line.light, ground.light) >= 3)
    #expect(Self.contrast(line.dark, ground.dark) >= 3)
  }

  @Test func `the light theme is the same where a browser knows no light-dark()`() {
    for (name, colour) in Self.colours() {
      #expect(Stylesheet.page.text.contains("--\(name):\(colour.light)"), "\(name)")
    }
  }
}

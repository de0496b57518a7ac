import AssayDocument
import Foundation
import Testing

@Suite struct `A number that is not finite` {
  static let numbers = [Double.nan, .infinity, -.infinity]

  @Test(arguments: numbers)
  func `makes a score a failure, when it is made and when it is set`(number: Double) {
    var score = FullDocument.scores[0]
    score.outcome = .measured(number)
    let made = Score(
      metric: "m", dimension: .fidelity, against: .training, outcome: .measured(number))
    for score in [score, made] {
      #expect(score.status == .failed)
      #expect(score.failure?.code == "not-finite")
      #expect(score.value == nil)
      #expect(score.normalised == nil)
    }
  }

  @Test(arguments: numbers)
  func `makes the part of a score that holds it null`(number: Double) throws {
    let sound = FullDocument.scores[0]
    let damages: [(String, (inout Score) -> Void)] = [
      ("interval", { $0.interval?.lower = number }),
      ("interval", { $0.interval?.upper = number }),
      ("interval", { $0.interval?.level = number }),
      ("bounds", { $0.bounds?.lower = number }),
      ("bounds", { $0.bounds?.upper = number }),
      ("bounds", { $0.bounds?.level = number }),
      ("floor", { $0.floor?.value = number }),
      ("floor", { $0.floor?.spread = number }),
      ("baseline", { $0.baseline?.value = number }),
      ("reference", { $0.reference = number }),
      ("test", { $0.test?.statistic = number }),
      ("test", { $0.test?.pValue = number }),
    ]
    for (name, damage) in damages {
      var score = sound
      damage(&score)
      let written = try object(score)
      var expected = try object(sound)
      expected[name] = .null
      if name == "floor" || name == "baseline" { expected["normalised"] = .null }
      #expect(written == expected, "\(name)")
    }
  }

  @Test(arguments: numbers)
  func `makes only an adjusted p-value null, and not its test`(number: Double) throws {
    var test = try #require(FullDocument.scores[0].test)
    test.adjusted = number
    let written = try object(test)
    #expect(written["adjusted"] == .null)
    #expect(written["pValue"] == .number(0.001))
  }

  @Test(arguments: numbers)
  func `becomes null in details, parameters and evidence`(number: Double) throws {
    let value = DetailValue.object(["a": .numbers([1, number]), "b": .number(number)])
    #expect(try text(value) == #"{"a":[1,null],"b":null}"#)
    #expect(DetailValue.finite(number) == .null)
  }

  @Test(arguments: numbers)
  func `is never written, wherever it stands in a document`(number: Double) throws {
    var document = FullDocument.full
    document.scores[0].details["x"] = .number(number)
    document.dimensions[0].score = number
    document.dimensions[0].interval?.upper = number
    document.dimensions[0].members[0].value = number
    document.dimensions[0].members[0].floor?.spread = number
    document.dimensions[0].members[0].score = number
    document.findings[0].evidence["shift"] = .number(number)
    document.verdict.requirements[0].bound = number
    document.verdict.requirements[0].margin = number
    document.metrics[0].lowerLimit = number
    document.metrics[0].upperLimit = number
    document.columns[0].profile?.cells[0].upper = number
    document.plan.binning = .number(number)
    let read = try EvaluationDocument(json: document.json())
    #expect(read.dimensions[0].score == nil)
    #expect(read.dimensions[0].members[0].floor == nil)
    #expect(read.verdict.requirements[0].bound == nil)
    #expect(read.metrics[0].lowerLimit == -.infinity)
    #expect(read.metrics[0].upperLimit == nil)
    #expect(read.columns[0].profile?.cells[0].upper == nil)
    #expect(try read.json() == document.json())
  }

  @Test(arguments: numbers)
  func `among shares leaves out the drawing of the column`(number: Double) throws {
    let record = FullDocument.columns[0]
    let damages: [(inout ColumnProfile) -> Void] = [
      { $0.training[1] = number }, { $0.synthetic[1] = number }, { $0.holdout?[1] = number },
    ]
    for damage in damages {
      var profile = try #require(record.profile)
      damage(&profile)
      var damaged = record
      damaged.profile = profile
      #expect(try roundTrip(damaged).profile == nil)
    }
  }

  @Test func `as the lower limit of a metric stands for a scale without an end`() throws {
    var descriptor = FullDocument.descriptor
    descriptor.lowerLimit = -.infinity
    #expect(try object(descriptor)["lowerLimit"] == .null)
    #expect(try roundTrip(descriptor) == descriptor)
  }
}

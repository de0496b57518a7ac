import AssayDocument

/// Fair? Whether groups fare as they do in the real rows.
extension FirstLook {
  var fair: Answer {
    Answer(
      question: .fair, mark: .notJudged, word: "not judged",
      sentence: "this version compares no groups")
  }
}

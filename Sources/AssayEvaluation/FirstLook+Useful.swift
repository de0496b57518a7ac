import AssayDocument

/// Useful? Whether work done on the synthetic rows carries over to real ones.
extension FirstLook {
  var useful: Answer {
    Answer(
      question: .useful, mark: .notJudged, word: "not judged",
      sentence: "this version trains no models")
  }
}

/// Reads settings from the environment's `ASSAY_…` variables; lists are separated by commas.
enum EnvironmentSettings {
  /// The layer that the variables make; empty variables count as absent.
  ///
  /// - Throws: ``DataError`` with every problem.
  static func layer(_ environment: [String: String]) throws(DataError) -> SettingsLayer {
    var layer = SettingsLayer()
    var problems: [String] = []
    for key in SettingKey.allCases {
      guard let text = environment[key.variable], !text.isEmpty else { continue }
      let isSplit = key.isList && !key.isPath
      let values = isSplit ? text.split(separator: ",").map(String.init) : [text]
      if let problem = layer.set(key, to: values) {
        problems.append("\(key.variable): \(problem)")
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
    return layer
  }
}

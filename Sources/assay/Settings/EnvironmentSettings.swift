import AssayTable

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
    problems += misspelt(environment)
    guard problems.isEmpty else { throw DataError(problems) }
    return layer
  }

  /// Variables that set nothing but are written nearly like one that would.
  ///
  /// What else begins with `ASSAY_` may belong to another program.
  private static func misspelt(_ environment: [String: String]) -> [String] {
    let known = SettingKey.allCases.map(\.variable)
    let prefix = "ASSAY_"
    let unknown = environment.keys.filter { $0.hasPrefix(prefix) && !known.contains($0) }
    return unknown.sorted().compactMap { name in
      let near = EditDistance.suggestion(
        for: String(name.dropFirst(prefix.count)),
        among: known.map { String($0.dropFirst(prefix.count)) })
      return near.map { "unknown variable '\(name)'; did you mean '\(prefix)\($0)'?" }
    }
  }
}

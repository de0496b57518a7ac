import AssayDocument
import AssayTable
import AssayTestKit
import Foundation

/// The populations that calibration is measured on: simulated ones, and real tables where the
/// folder that holds them is there.
struct Populations: Sendable {
  private let shared: String?

  init(shared: String?) { self.shared = shared }

  /// Rows of simulated populations.
  private static let size = 12_000

  /// Every population; those whose files are not there are named.
  func all() throws -> (found: [StudyPopulation], absent: [String]) {
    var found = Self.simulated()
    var absent: [String] = []
    let tables: [(name: String, real: [String], synthetic: String?)] = [
      ("flights", ["flights/real_train.csv.gz", "flights/real_holdout.csv.gz"], nil),
      (
        "baseball players",
        ["baseball_players/real_train.csv", "baseball_players/real_holdout.csv"], nil
      ),
      ("Adult", ["adult/real_train.csv", "adult/real_holdout.csv"], nil),
      (
        "Adult, CTGAN", ["adult/real_train.csv", "adult/real_holdout.csv"],
        "adult/synth_synthcity_ctgan.csv.gz"
      ),
    ]
    for (name, real, synthetic) in tables {
      guard let sides = try self.tables(real), let other = try self.tables([synthetic ?? real[0]])
      else {
        absent.append(name)
        continue
      }
      let population = StudyPopulation(
        name, joining: sides, synthetic: synthetic == nil ? nil : other[0])
      if let population { found.append(population.limited(to: Self.size)) }
    }
    return (found, absent)
  }

  /// Tables of the shared folder; `nil` where one is not there.
  func tables(_ names: [String]) throws -> [RawTable]? {
    guard let shared else { return nil }
    let paths = names.map { "\(shared)/\($0)" }
    guard paths.allSatisfy(FileManager.default.fileExists) else { return nil }
    let reader = TableReader(options: ReadingOptions(threads: 2))
    return try paths.map { try reader.read(path: $0) }
  }

  /// A text of the shared folder; `nil` where it is not there.
  func text(_ name: String) -> String? {
    shared.flatMap { FileManager.default.contents(atPath: "\($0)/\(name)") }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private static func simulated() -> [StudyPopulation] {
    let simulator = Simulator(seed: 2_024)
    let real = simulator.table(rows: size, stream: "population")
    func damaged(_ kind: MetricDescriptor.Damage, _ strength: Double) -> RawTable {
      PlantedDamage(kind, strength: strength, seed: 5).applied(
        to: simulator.table(rows: size, stream: "generator"), training: real)
    }
    return [
      StudyPopulation("simulated", real: real, synthetic: nil),
      StudyPopulation("simulated, shifted 0.2 SD", real: real, synthetic: damaged(.shift, 0.2)),
      StudyPopulation(
        "simulated, half shuffled", real: real, synthetic: damaged(.shuffledColumns, 0.5)),
      StudyPopulation(
        "simulated, mode collapse 0.3", real: real, synthetic: damaged(.modeCollapse, 0.3)),
    ]
  }
}

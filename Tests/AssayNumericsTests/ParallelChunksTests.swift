import AssayNumerics
import Foundation
import Testing

@Suite struct `Work in parallel chunks` {
  @Test(arguments: [1, 2, 3, 16], [0, 1, 9, 10, 11, 1000])
  func `ranges cover the indices once, in order`(_ threads: Int, _ count: Int) throws {
    let ranges = try parallelChunks(count: count, chunk: 10, threads: threads) { $0 }
    #expect(ranges.flatMap(Array.init) == Array(0..<count))
    #expect(ranges.allSatisfy { !$0.isEmpty && $0.count <= 10 })
  }

  @Test func `a floating sum has the same bits for any number of threads`() throws {
    var stream = RandomStream(seed: 1, name: "chunks")
    let values = (0..<10_001).map { _ in stream.normal() }
    let sums = try [1, 2, 5].map { threads in
      try parallelChunks(count: values.count, chunk: 64, threads: threads) { range in
        pairwiseSum(values.span.extracting(range))
      }.reduce(0, +)
    }
    #expect(Set(sums).count == 1)
  }

  @Test(arguments: [1, 4])
  func `the error of the earliest failing range is thrown`(_ threads: Int) {
    let error = #expect(throws: NumericsError.self) {
      _ = try parallelChunks(count: 100, chunk: 1, threads: threads) {
        (range: Range<Int>) throws(NumericsError) -> Int in
        if range.lowerBound >= 37 { throw NumericsError(.domain, "range \(range.lowerBound)") }
        return 0
      }
    }
    #expect(error?.message == "range 37")
  }

  @Test func `calls inside calls and from many tasks do not deadlock`() async throws {
    let totals = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<16 {
        group.addTask {
          try parallelChunks(count: 20, chunk: 1, threads: 4) {
            (outer: Range<Int>) throws(NumericsError) -> Int in
            try parallelChunks(count: 20, chunk: 3, threads: 4) { $0.count }.reduce(0, +)
              * outer.count
          }.reduce(0, +)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(totals == [Int](repeating: 400, count: 16))
  }

  @Test(arguments: [1, 3])
  func `a cancelled task stops between ranges`(_ threads: Int) async {
    let task = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return try parallelChunks(count: 10, chunk: 1, threads: threads) { $0.count }
    }
    let result = await task.result
    let error = #expect(throws: NumericsError.self) { _ = try result.get() }
    #expect(error?.code == .cancelled)
  }
}

import Foundation
import TLGenerator

/// A folder with the pages of a reference.
struct SiteFolder {
    let path: String

    /// Writes all files of a site; the folder is made if it is missing. What is there besides stays.
    func write(_ site: ReferencePipeline.Result) throws {
        try Files.makeFolder(path)
        for folder in folders(of: site) { try Files.makeFolder("\(path)/\(folder)") }
        for file in site.outputs { try Files.writeInPlace(file.bytes, to: "\(path)/\(file.path)") }
    }

    /// Removes pages that an earlier run has written and this one has not, as after a name has left the schema.
    func removeLeftovers(of site: ReferencePipeline.Result) throws {
        let written = Set(site.outputs.map(\.path))
        for folder in folders(of: site) {
            for name in try Files.names(in: "\(path)/\(folder)") where name.hasSuffix(".html") {
                let page = "\(folder)/\(name)"
                if !written.contains(page) { try Files.remove("\(path)/\(page)") }
            }
        }
    }

    private func folders(of site: ReferencePipeline.Result) -> [String] {
        Set(site.outputs.compactMap { $0.path.split(separator: "/").dropLast().first.map(String.init) }).sorted()
    }
}

/// What is known of the file of an open session. All calls may block.
struct SessionDisk: Sendable {
    private var file: SessionFile?
    /// Where the last block ends.
    private var length = 0
    /// Whether a block could only be written in part, and is still there.
    private var hasTornEnd = false
    /// Whether something has been written that the disk may not have yet.
    private var isContentUnsaved = false
    private var isNameUnsaved = false
    /// Whether saving has failed: then the system may have dropped what it could not write, and says so only once.
    private var mustRewrite = false
    /// Rewriting has failed, so it is not tried again before the file has this length.
    private var leastLengthToRewrite = 0

    var isOpen: Bool { file != nil }

    // MARK: - Opening and deleting

    mutating func open(_ path: String) throws(SessionError) -> SessionImage {
        guard file == nil else { throw .openedTwice }
        guard let file = try SessionFile.open(path) else { throw .notOpen }
        file.removeSuccessor()
        let image: SessionImage
        switch try SessionFormat.beginning(try file.read(limit: SessionFormat.headByteCount), of: path) {
        case .nothing:
            image = SessionImage()
            length = SessionFormat.headByteCount
            try file.truncate(to: 0)
            try file.write(SessionFormat.head, at: 0)
            try file.synchronize()
            try file.synchronizeFolder()
        case .session:
            let bytes = try file.read()
            (image, length) = try SessionFormat.read(bytes, of: path)
            if length < bytes.count { try file.truncate(to: length) }
        }
        self.file = file
        return image
    }

    /// Removes the file, also when it is not open.
    mutating func delete(_ path: String) throws(SessionError) {
        let existing: SessionFile?
        if let file { existing = file } else { existing = try SessionFile.open(path, creating: false) }
        if let existing {
            try existing.remove()
            existing.removeSuccessor()
            try existing.synchronizeFolder()
        }
        self = SessionDisk()
    }

    // MARK: - Writing

    mutating func append(_ write: SessionWrite) throws(SessionError) {
        guard let file else { throw .notOpen }
        if hasTornEnd {
            try file.truncate(to: length)
            hasTornEnd = false
        }
        var block: [UInt8] = []
        SessionFormat.appendBlock(to: &block, origin: length) { write.append(to: &$0) }
        isContentUnsaved = true
        do {
            try file.write(block, at: length)
        } catch {
            hasTornEnd = true
            throw error
        }
        length += block.count
    }

    /// Whether the file should be replaced by one of `liveByteCount` bytes, now that there is time for it.
    func isRewriteDue(_ liveByteCount: Int) -> Bool {
        mustRewrite || length >= leastLengthToRewrite && length - liveByteCount > max(liveByteCount, 1 << 18)
    }

    /// Whether that cannot wait.
    func isRewriteOverdue(_ liveByteCount: Int) -> Bool {
        length >= leastLengthToRewrite && length - liveByteCount > 4 * max(liveByteCount, 1 << 20)
    }

    /// Replaces the file by one without anything out of date. When that fails, the old one is still there and goes on
    /// to be used if it can be.
    mutating func rewrite(_ image: SessionImage) throws(SessionError) {
        guard let old = file else { throw .notOpen }
        let bytes = SessionFormat.file(image)
        do {
            let new = try old.makeSuccessor()
            try new.write(bytes, at: 0)
            try new.synchronize()
            try new.takePlace(of: old)
            self = SessionDisk()
            file = new
            length = bytes.count
            isNameUnsaved = true
        } catch {
            old.removeSuccessor()
            leastLengthToRewrite = length * 2
            if mustRewrite { throw error }
        }
    }

    // MARK: - Saving

    /// What has to be saved; `nil` when nothing has. It counts as saved from now on, unless ``savingFailed(_:)`` is
    /// called.
    mutating func takeUnsaved() -> UnsavedFile? {
        guard let file, isContentUnsaved || isNameUnsaved else { return nil }
        defer { (isContentUnsaved, isNameUnsaved) = (false, false) }
        return UnsavedFile(file: file, isContentUnsaved: isContentUnsaved, isNameUnsaved: isNameUnsaved)
    }

    mutating func savingFailed(_ unsaved: UnsavedFile) {
        guard file === unsaved.file else { return }
        isContentUnsaved = isContentUnsaved || unsaved.isContentUnsaved
        isNameUnsaved = isNameUnsaved || unsaved.isNameUnsaved
        mustRewrite = true
    }

    struct UnsavedFile: Sendable {
        let file: SessionFile
        let isContentUnsaved: Bool
        let isNameUnsaved: Bool

        func save() throws(SessionError) {
            if isContentUnsaved { try file.synchronize() }
            if isNameUnsaved { try file.synchronizeFolder() }
        }
    }
}

public import TelegramAPI

extension BotFileID {
    /// The id of a document.
    public init(document: TL.Document.Document) {
        self.init(
            type: FileType(attributes: document.attributes),
            dataCenter: document.dcID,
            location: .document(id: document.id, accessHash: document.accessHash),
            fileReference: document.fileReference
        )
    }

    /// The id of the largest size of a photo; `nil` when it has no size that can be downloaded.
    public init?(photo: TL.Photo.Photo) {
        let sizes: [(letter: String, byteCount: Int32)] = photo.sizes.compactMap { size in
            switch size {
            case .photoSize(let size): (size.type, size.size)
            case .photoSizeProgressive(let size): (size.type, size.sizes.max() ?? 0)
            case .photoCachedSize(let size): (size.type, Int32(truncatingIfNeeded: size.bytes.count))
            default: nil
            }
        }
        guard let letter = sizes.max(by: { $0.byteCount < $1.byteCount })?.letter.first, letter.isASCII else {
            return nil
        }
        self.init(
            type: .photo,
            dataCenter: photo.dcID,
            location: .photo(id: photo.id, accessHash: photo.accessHash, source: .thumbnail(.photo, size: letter)),
            fileReference: photo.fileReference
        )
    }

    /// What `upload.getFile` takes; `nil` for files elsewhere and for forms that the server does not know any more.
    public var inputFileLocation: TL.InputFileLocation? {
        switch location {
        case .web: nil
        case .document(let id, let hash):
            .inputDocumentFileLocation(id: id, accessHash: hash, fileReference: fileReference, thumbSize: "")
        case .photo(let id, let hash, let source):
            Self.inputFileLocation(id, hash, source, fileReference)
        }
    }

    private static func inputFileLocation(
        _ id: Int64,
        _ hash: Int64,
        _ source: PhotoSource,
        _ reference: [UInt8]
    ) -> TL.InputFileLocation? {
        switch source {
        case .thumbnail(.thumbnail, let size):
            .inputDocumentFileLocation(
                id: id,
                accessHash: hash,
                fileReference: reference,
                thumbSize: String(size)
            )
        case .thumbnail(_, let size):
            .inputPhotoFileLocation(id: id, accessHash: hash, fileReference: reference, thumbSize: String(size))
        case .profilePhoto(let peer, let peerHash, let isBig):
            .inputPeerPhotoFileLocation(
                big: isBig,
                peer: inputPeer(PeerID(marked: peer), peerHash),
                photoID: id
            )
        case .stickerSet(let set, let setHash, let version):
            .inputStickerSetThumb(
                stickerset: .inputStickerSetID(id: set, accessHash: setHash),
                thumbVersion: version
            )
        case .legacy(let volume, let secret, let local):
            .inputPhotoLegacyFileLocation(
                id: id,
                accessHash: hash,
                fileReference: reference,
                volumeID: volume,
                localID: local,
                secret: secret
            )
        case .legacyProfilePhoto, .legacyStickerSet:
            nil
        }
    }

    /// What `upload.getWebFile` takes; only for files elsewhere.
    public var inputWebFileLocation: TL.InputWebFileLocation? {
        guard case .web(let url, let hash) = location else { return nil }
        return .inputWebFileLocation(url: url, accessHash: hash)
    }

    /// What `messages.sendMedia` takes; `nil` for what cannot be sent, like previews and profile photos.
    public var inputMedia: TL.InputMedia? {
        switch location {
        case .document(let id, let hash):
            .inputMediaDocument(id: .inputDocument(id: id, accessHash: hash, fileReference: fileReference))
        case .photo(let id, let hash, .thumbnail(let type, _)) where type != .thumbnail:
            .inputMediaPhoto(id: .inputPhoto(id: id, accessHash: hash, fileReference: fileReference))
        case .photo(let id, let hash, .legacy) where type == .photo:
            .inputMediaPhoto(id: .inputPhoto(id: id, accessHash: hash, fileReference: fileReference))
        case .photo, .web: nil
        }
    }

    private static func inputPeer(_ id: PeerID, _ accessHash: Int64) -> TL.InputPeer {
        switch id {
        case .user(let id): .inputPeerUser(userID: id, accessHash: accessHash)
        case .chat(let id): .inputPeerChat(chatID: id)
        case .channel(let id): .inputPeerChannel(channelID: id, accessHash: accessHash)
        }
    }
}

extension BotFileID.FileType {
    /// The kind that a document is by its attributes. Several may say something: a moving sticker is a video, too.
    public init(attributes: [TL.DocumentAttribute]) {
        self = .document
        var rank = 0
        func propose(_ type: Self, _ typeRank: Int) {
            if typeRank > rank { (self, rank) = (type, typeRank) }
        }
        for attribute in attributes {
            switch attribute {
            case .documentAttributeSticker, .documentAttributeCustomEmoji: propose(.sticker, 4)
            case .documentAttributeAnimated: propose(.animation, 3)
            case .documentAttributeVideo(let video): propose(video.roundMessage ? .videoNote : .video, 2)
            case .documentAttributeAudio(let audio): propose(audio.voice ? .voice : .audio, 1)
            default: break
            }
        }
    }
}

public import TelegramAPI

extension TL.Document {
    /// The extension of a file name by the document's type, with the dot; empty when the type says nothing.
    public var fileExtension: String {
        if case .document(let document) = self { MediaTypes.fileExtension(of: document.mimeType) } else { "" }
    }
}

extension TL.Photo {
    /// `.jpg`, as all photos are.
    public var fileExtension: String {
        if case .photo = self { ".jpg" } else { "" }
    }
}

extension TL.UserProfilePhoto {
    /// `.jpg`, as all photos are; empty when there is none.
    public var fileExtension: String {
        if case .userProfilePhoto = self { ".jpg" } else { "" }
    }
}

extension TL.ChatPhoto {
    /// `.jpg`, as all photos are; empty when there is none.
    public var fileExtension: String {
        if case .chatPhoto = self { ".jpg" } else { "" }
    }
}

extension TL.MessageMedia {
    /// The extension of a file name for the photo or document in it, with the dot; empty when there is none.
    public var fileExtension: String {
        switch self {
        case .messageMediaPhoto(let media): media.photo?.fileExtension ?? ""
        case .messageMediaDocument(let media): media.document?.fileExtension ?? ""
        default: ""
        }
    }
}

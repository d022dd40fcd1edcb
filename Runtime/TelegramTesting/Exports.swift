// One import gives a test the server, the API it speaks, and the errors, clocks and keys below.
@_exported public import MTProto
@_exported public import TelegramAPI

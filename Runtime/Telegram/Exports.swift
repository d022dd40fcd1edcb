// `import Telegram` is all that a program needs: requests and answers, errors, proxies, states of the connection.
@_exported public import MTProto
@_exported public import TelegramAPI

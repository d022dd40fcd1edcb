import Telegram

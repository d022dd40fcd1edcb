// Generated types mention the reader, the writer and the error base class, so whoever imports them needs both.
@_exported public import TLRuntime

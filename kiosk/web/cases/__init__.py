"""The officers' pages before and after a meeting: needs, matters, calling, works, supervision, inspection."""

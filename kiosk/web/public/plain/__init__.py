"""Every public thing as data (公开数据): JSON for programs, see docs/public-json.md."""

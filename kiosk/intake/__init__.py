"""Taking people into the register from a spreadsheet (导入花名册): reading, checking row by row, the blank one."""

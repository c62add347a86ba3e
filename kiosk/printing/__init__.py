"""Printing (打印): the port to a printer, the real one through CUPS, and the shelf where papers wait for it."""

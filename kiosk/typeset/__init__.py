"""Typesetting of the papers (文书): a document of blocks in, PDF bytes out.

The only package that imports reportlab.
"""

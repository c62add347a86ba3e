"""The portal as a static site (静态公开栏): its own pages, for a web host or a stick, written whole or not at all."""

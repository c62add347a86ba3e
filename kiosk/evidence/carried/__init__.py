"""What travels in every bundle and shares no code with the kiosk: verify.py, and verify.html with its script."""

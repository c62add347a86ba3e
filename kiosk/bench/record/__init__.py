"""`kiosk bench record`: what the recorder costs beside plain ffmpeg, what it loses, and what it loses in a kill."""

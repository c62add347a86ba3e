"""`kiosk bench`: measurements, each with a ratio against a limit measured in the same run, since machines are noisy."""

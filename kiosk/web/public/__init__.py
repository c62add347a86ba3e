"""The portal for villagers' phones: what hangs, needs, objections."""

"""Evidence that leaves the machine: the bundle of a meeting and a verifier that shares no code with the kiosk."""

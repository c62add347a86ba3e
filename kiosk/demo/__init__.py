"""The demonstration village (演示村): fictional people, and a matter already carried through three stages."""

"""The pages of a meeting: console, door, ballot screen, big screen, film."""

"""Votes (表决): how one opens, through which channels ballots come, how they are counted, and how it ends."""

"""Ways to find out who gave which answer, each with a guess for every voter; and how to tell a finding from luck.

The statistic. An attack names an answer for each voter of a vote, in the order in which they voted. Beside its hits
stands what the same guesses would hit if the answers that were given (as many of each as the published result says)
had been handed to the voters at random: the mean and the variance of that are exact (sampling without replacement).
Summed over all votes,

    z = (hits - mean hits) / standard deviation of the hits

lies beyond 5 on either side by chance in fewer than one of a million runs of an attack. Guessing the majority for
everybody is no finding: it has no variance, and z is 0. An attack that learns sees for each vote the answers of the
votes before it.
"""

import math
import re
from bisect import bisect
from collections import Counter

CHOICES = ("for", "against", "abstain")
FOUND = 5.0
SIGNS_BELIEVED = 8
NEAR_BYTES = 160
LONGEST_WORD = 24

_SPELLED = {
    "for": ("for", "赞成", r"\u8d5e\u6210"),
    "against": ("against", "反对", r"\u53cd\u5bf9"),
    "abstain": ("abstain", "弃权", r"\u5f03\u6743"),
}
_CHOICE_OF = {word.encode(): choice for choice, words in _SPELLED.items() for word in words}
_CHOICE = re.compile(
    b"|".join(re.escape(word) for word in sorted(_CHOICE_OF, key=len, reverse=True))
)
_WORD = 24

_SPELLED = {
    "for": ("for", "赞成", r"\u8d5e\u6210"),
    "against": ("against", "反对", r"\u53cd\u5bf9"),
    "abstain": ("abstain", "弃权", r"\u5f03\u6743"),
}
_CHOICE_OF = {word.encode(): choice for choice, words in _SPELLED.items() for word in words}
_CHOICE = re.compile(
    b"|".join(
        rb"(?<![A-Za-z])" + re.escape(word) + rb"(?![A-Za-z])"
        if word.isalpha()
        else re.escape(word)
        for word in sorted(_CHOICE_OF, key=len, reverse=True)
    )
)
_WORD = re.compile(rb"[A-Za-z0-9_\x80-\xff]{1,%d}" % LONGEST_WORD)


# --- a finding, or luck


def expected(guesses, truth):
    """Mean and variance of the hits of these guesses, had the same answers been handed out at random."""
    n, guessed, given = len(truth), Counter(guesses), Counter(truth)
    mean = sum(guessed[c] * given[c] for c in guessed) / n
    variance = sum(
        guessed[c] * given[d] * ((c == d) - given[c] / n - guessed[d] / n + mean / n) ** 2
        for c in guessed
        for d in given
    ) / (n - 1)
    return mean, variance


def z_of(attack, traces):
    """How far the attack's hits in all these votes lie from chance, in standard deviations."""
    hits = mean = variance = 0.0
    for number, trace in enumerate(traces):
        guesses = attack(traces[:number], trace)
        if guesses is None:
            continue
        most = Counter(trace.choices).most_common(1)[0][0]  # the result is public
        guesses = [guess or most for guess in guesses]
        m, v = expected(guesses, trace.choices)
        hits += sum(g == t for g, t in zip(guesses, trace.choices, strict=True))
        mean, variance = mean + m, variance + v
    return (hits - mean) / math.sqrt(variance) if variance > 1e-9 else 0.0


# --- words


def choices_in(blob):
    """Every answer that is spelled out, in the order of the bytes."""
    return [_CHOICE_OF[found.group()] for found in spelled_in(blob)]


def spelled_in(blob):
    """Where: whole words only, "form" is no answer."""
    for found in _CHOICE.finditer(blob):
        before, after = blob[found.start() - 1 : found.start()], blob[found.end() : found.end() + 1]
        if not (found.group().isalpha() and (before.isalpha() or after.isalpha())):
            yield found


def words_near_the_person(_past, trace):
    """The answer that stands nearest to the person's id or name, wherever they stand; the most frequent one."""
    guesses = {person: Counter() for person in trace.people}
    called = {person.encode(): person for person in trace.people}
    called |= {name.encode(): p for p, name in trace.names.items() if p in guesses}
    somebody = re.compile(b"|".join(map(re.escape, sorted(called, key=len, reverse=True))))
    for blob in _blobs(trace):
        spelled = list(spelled_in(blob))
        places = [found.start() for found in spelled]
        for found in somebody.finditer(blob):
            after = bisect(places, found.start())
            around = spelled[max(0, after - 1) : after + 1]
            near = [s for s in around if abs(s.start() - found.start()) <= NEAR_BYTES]
            if near:
                nearest = min(near, key=lambda s: abs(s.start() - found.start()))
                guesses[called[found.group()]][_CHOICE_OF[nearest.group()]] += 1
    return [max(g, key=g.get) if (g := guesses[p]) else None for p in trace.people]


def _blobs(trace):
    yield from trace.rest.values()
    for step in trace.steps:
        yield from step.new.values()
        yield from (after for _, after in step.changed.values())


def words_new_with_the_ballot(_past, trace):
    """The one answer that is spelled out more often after the ballot than before."""
    guesses = []
    for step in trace.steps:
        more = Counter()
        for new in step.new.values():
            more.update(choices_in(new))
        for before, after in step.changed.values():
            more.update(Counter(choices_in(after)) - Counter(choices_in(before)))
        best = [c for c in CHOICES if more[c] and more[c] == max(more.values())]
        guesses.append(best[0] if len(best) == 1 else None)
    return guesses


# --- order


def order_in(source):
    """As many answers in a row as there were voters, as often each as the result says; the newest such row.

    In a file from its beginning to its end, in what was added to it during the vote, in a table by any of its columns,
    in a conversation.
    """

    def attack(_past, trace):
        sequence, total, n = (
            sequences(trace).get(source, ()),
            Counter(trace.choices),
            len(trace.people),
        )
        for at in range(len(sequence) - n, -1, -1):
            if sequence[at] in total and Counter(sequence[at : at + n]) == total:
                return sequence[at : at + n]
        return None

    return attack


def backwards(attack):
    """The same, the last ballot first."""
    return lambda past, trace: (attack(past, trace) or [])[::-1] or None


def sequences(trace):
    """The answers that are spelled out, one after the other, in everything that has an order."""
    if not trace.sequences:
        told = {f"file {name}": choices_in(blob) for name, blob in trace.rest.items()}
        for source in {source for step in trace.steps for source in step.new}:
            added = b"".join(step.new.get(source, b"") for step in trace.steps)
            told[f"what was added to {source}"] = choices_in(added)
        for name, rows in trace.tables.items():
            answers = [set(choices_in(row.encode())) for row in rows]
            told[f"table {name}"] = [c for one in answers if len(one) == 1 for c in one]
        trace.sequences = {name: row for name, row in told.items() if len(row) >= len(trace.people)}
    return trace.sequences


# --- learning from votes before


class Learner:
    """What told the answers apart in earlier votes.

    A ballot has signs, each with a value. Those few signs are believed that would have told the earlier answers best,
    each ballot being guessed from the values of all the others; then they are weighed together (naive Bayes).
    """

    def __init__(self, ballots):
        self._given = Counter(choice for choice, _ in ballots)
        self._seen = {}
        for choice, signs in ballots:
            for sign, value in signs.items():
                self._seen.setdefault(sign, {}).setdefault(value, Counter())[choice] += 1
        for values in self._seen.values():
            missing = self._given - sum(values.values(), Counter())
            if missing:
                values[None] = missing
        self._believed = sorted(self._seen, key=self._worth, reverse=True)[:SIGNS_BELIEVED]

    def _worth(self, sign):
        """How many ballots it would have told; a value that was seen once is the voter's, and tells nothing."""
        worth = 0
        for counts in self._seen[sign].values():
            (_, most), *others = counts.most_common(2)
            worth += most if most - 1 > (others[0][1] if others else 0) else 0
        return worth

    def guess(self, signs):
        chances = dict.fromkeys(CHOICES, 0.0)
        for sign in self._believed:
            counts = self._seen[sign].get(signs.get(sign), {})
            for c in CHOICES:
                chances[c] += math.log((counts.get(c, 0) + 0.5) / (self._given[c] + 1))
        return max(CHOICES, key=lambda c: chances[c] + math.log(self._given[c] + 1))


def learning(signs_of):
    """An attack that has watched votes before, and knows what their ballots were."""
    learned = {}

    def signs(trace):
        if id(trace) not in learned:
            learned[id(trace)] = [signs_of(step) for step in trace.steps]
        return learned[id(trace)]

    def attack(past, trace):
        if not past:
            return None
        watched = [pair for vote in past for pair in zip(vote.choices, signs(vote), strict=True)]
        learner = Learner(watched)
        return [learner.guess(seen) for seen in signs(trace)]

    return attack


def sizes(step):
    """How long what was added is, how large each file is, how many frames and pieces there were."""
    lengths = {("added", source): len(new) for source, new in step.new.items()}
    return lengths | {("number", source): number for source, number in step.numbers.items()}


def changes(step):
    """Which bytes changed, and by how much."""
    return {
        (source.partition(" frame")[0], at): (new - old) % 256
        for source, (before, after) in step.changed.items()
        for at, (old, new) in enumerate(zip(before, after, strict=False))
        if old != new
    }


def words(step):
    """Which words and numbers were added, and how often each."""
    return {
        (source, word): times
        for source, new in step.new.items()
        if not source.endswith(".mp4")
        for word, times in Counter(_WORD.findall(new)).items()
    }


def times(step):
    """How long things took, and when files were written, to half a power of two."""
    return {s: round(2 * math.log2(max(t, 1e-6))) for s, t in step.times.items()}


def attacks():
    """Every attack but those on an order, by what it looks at."""
    return {
        "words near the person": words_near_the_person,
        "words new with the ballot": words_new_with_the_ballot,
        "sizes": learning(sizes),
        "bytes that change": learning(changes),
        "words that are added": learning(words),
        "times": learning(times),
    }


def attacks_on_order(traces):
    """Those on whatever has an order in these votes."""
    told = {}
    for source in sorted({source for trace in traces for source in sequences(trace)}):
        told[f"order in {source}"] = order_in(source)
        told[f"order backwards in {source}"] = backwards(order_in(source))
    return told


def found(traces):
    """The attacks that do better or worse than chance, and by how much."""
    every = attacks() | attacks_on_order(traces)
    told = {name: z_of(attack, traces) for name, attack in every.items()}
    return {name: round(z, 1) for name, z in told.items() if abs(z) > FOUND}


def found_by(name, traces):
    """Whether this one attack does better."""
    attack = attacks().get(name) or attacks_on_order(traces)[name]
    return z_of(attack, traces) > FOUND

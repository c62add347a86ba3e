// Verifies a bundle of evidence (核验证据包) in a browser, as verify.py does, and shares no code with it or the kiosk.
//
// `verifyBundle(files, code, progress)` takes a Map from names to Blobs and answers the lines to be shown, or throws Wrong,
// the first fault. Signatures: signatures.js. SHA-256 is that of js-sha256, since crypto.subtle is not there under file:// in every browser.

class Wrong extends Error {}

const need = (holds, otherwise) => { if (!holds) throw new Wrong(otherwise); };

const UNITS = { recordings: ["录像", "段"], papers: ["文书", "份"], photos: ["照片", "张"], clips: ["公开片段", "个"] };
const CHOICES = { for: "赞成", against: "反对", abstain: "弃权", satisfied: "满意", fairly_satisfied: "基本满意", dissatisfied: "不满意" };
const CHANNELS = ["kiosk_screen", "phone", "hands_named", "hands_counted", "paper"];
const STAGES = { proposal: "村党组织提议", consultation: "村“两委”商议", review: "党员大会审议", decision: "会议决议" };
const ORDINARY = { proposal: "party_committee", consultation: "two_committees", review: "party_meeting" };
const ONE = ["matter", "meeting", "vote", "need", "objection", "clip", "correction", "emergency", "subject"];
const OWN = ["vote", "need", "objection", "clip", "correction"];
const ZEROS = "0".repeat(64);
const PIECE = 4 << 20; // bytes of a film read at once

// --- bytes, text, JSON

const sha = (data) => sha256(data);
const fromHex = (hex) => Uint8Array.from(hex.match(/../g) || [], (two) => parseInt(two, 16));
const utf8 = (text) => new TextEncoder().encode(text);

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}

// In the order of code points, as Python sorts; JavaScript's own order is that of UTF-16.
function inOrder(one, other) {
  const a = [...one], b = [...other];
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i].codePointAt(0) - b[i].codePointAt(0);
  }
  return a.length - b.length;
}

// The one way of writing JSON: keys sorted, no spaces, characters as they are.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort(inOrder);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

const same = (one, other) => canonical(one) === canonical(other);
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function parse(data, where, holds = isObject) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data), value = JSON.parse(text);
    if (holds(value) && canonical(value) === text) return value;
  } catch { /* said below */ }
  throw new Wrong(`${where}：写得不规范，被改动`);
}

async function read(files, name) {
  need(files.has(name), `${name}：缺少这个文件`);
  return new Uint8Array(await files.get(name).arrayBuffer());
}

async function linesOf(files, name) {
  const data = await read(files, name), lines = [];
  let begin = 0;
  for (let at = data.indexOf(10); at >= 0; at = data.indexOf(10, begin)) {
    lines.push(data.subarray(begin, at));
    begin = at + 1;
  }
  need(lines.length && begin === data.length, `${name}：结尾不完整`);
  return lines;
}

// 校验码: the digest's first 16 hexadecimal digits as a number, its last 16 decimals in fours.
function checkCode(digest) {
  const digits = String(BigInt(`0x${digest.slice(0, 16)}`) % 10n ** 16n).padStart(16, "0");
  return digits.match(/..../g).join("-");
}

// --- the journal: each entry that is here, the leaves of those that are not, and the roots and digests that bind them

function subjects(event) {
  const named = ONE.filter((name) => name in event).map((name) => event[name]);
  named.push(...(event.matters ?? []), ...(event.needs ?? []), ...(event.agenda ?? []).map((item) => item.matter));
  if ("correction" in event && "seq" in event) named.push(`#${event.seq}`);
  return [...new Set(named.filter((name) => typeof name === "string"))].sort(inOrder);
}

// A Merkle tree that grows (RFC 9162, 2.1.1): its perfect subtrees, each smaller than the one before it.
class Tree {
  peaks = [];

  get root() {
    let right = this.peaks.length ? this.peaks.at(-1).hash : sha256.array("");
    for (const { hash } of this.peaks.slice(0, -1).reverse()) right = sha256.array(joined([1], hash, right));
    return right.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  grow(digest, about) {
    const { peaks } = this;
    peaks.push({ size: 1, hash: sha256.array(joined([0], fromHex(digest), utf8(canonical(about)))) });
    while (peaks.length > 1 && peaks.at(-1).size === peaks.at(-2).size) {
      const right = peaks.pop(), left = peaks.pop();
      peaks.push({ size: 2 * left.size, hash: sha256.array(joined([1], left.hash, right.hash)) });
    }
  }
}

function entryOf(line, seq, version) {
  const entry = parse(line, `日志第 ${seq} 条`);
  const keys = ["actor", "at", "command", "event", "prev", "seq", ...(version > 1 ? ["tree"] : []), "v"];
  need(same(Object.keys(entry).sort(), keys) && entry.v === version, `日志第 ${seq} 条：字段或版本不对`);
  need(entry.seq === seq, `日志第 ${seq} 条：这里写的是另一条，有缺失、调换或改动`);
  need(isObject(entry.event) && isObject(entry.actor), `日志第 ${seq} 条：字段不对`);
  return entry;
}

// Format 1: the whole journal, each entry's digest in the next one, the last in the manifest.
function chained(manifest, lines) {
  const entries = lines.map((line, index) => entryOf(line, index + 1, 1)), digests = lines.map(sha);
  const claims = [...entries.map((entry) => entry.prev), manifest.head.digest];
  const fit = [ZEROS, ...digests].map((digest, index) => digest === claims[index]);
  fit.forEach((fits, n) => {
    // Altered is the entry before, or this one's `prev`: then this one fits the next no more either.
    need(fits, `日志第 ${n && fit[n + 1] !== false ? n : n + 1} 条：与哈希链不符，被改动`);
  });
  return [new Map(entries.map((entry) => [entry.seq, entry])), [[ZEROS, []], ...digests.map((digest) => [digest, []])]];
}

// Format 2: the entries that are here, and the leaf of every entry.
function extracted(manifest, lines, told) {
  const leaves = [[ZEROS, []], ...told.map((leaf, index) => parse(leaf, `指纹表第 ${index + 1} 条`, Array.isArray))];
  const here = [];
  for (const [first, last] of manifest.extract) {
    for (let seq = first; seq <= Math.min(last, told.length); seq++) here.push(seq);
  }
  const ordered = here.every((seq, index) => Number.isInteger(seq) && seq > (here[index - 1] ?? 0));
  need(ordered && here.at(-1) === told.length, "清单 manifest.json：条号不对");
  const entries = new Map(), tree = new Tree();
  here.slice(0, lines.length).forEach((seq, index) => {
    const entry = entryOf(lines[index], seq, 2);
    entries.set(seq, entry);
    const [digest, ...about] = leaves[seq];
    need(digest === sha(lines[index]) && same(about, [subjects(entry.event)]), `日志第 ${seq} 条：与指纹表不符，被改动`);
  });
  const beyond = [...here, here.at(-1) + 1][Math.min(lines.length, here.length)];
  need(lines.length === here.length, `日志第 ${beyond} 条：缺失，或多出内容`);
  let good = 1;
  for (let seq = 1; seq < leaves.length; seq++) {
    const entry = entries.get(seq);
    if (entry) {
      const binds = entry.tree === tree.root && entry.prev === leaves[seq - 1][0];
      need(binds, `日志第 ${good} 条到第 ${seq} 条之间：与第 ${seq} 条里记着的树根不符，被改动`);
      good = seq;
    }
    const [digest, about] = leaves[seq];
    if (leaves[seq].length !== 2 || !/^[0-9a-f]{64}$/.test(digest)) throw new TypeError("leaf");
    tree.grow(digest, about);
  }
  need(manifest.root === tree.root, "清单 manifest.json：树根与日志不符");
  return [entries, leaves];
}

// None of the matter may be missing: what names something of its own, or a meeting of it and nothing else.
function holdComplete(matter, entries, leaves) {
  const own = new Set([matter]), shared = new Set();
  const isOfIt = (names) => !matter || names.some((name) => own.has(name)) || names.every((name) => shared.has(name));
  for (let before = -1; before !== own.size + shared.size;) {
    before = own.size + shared.size;
    for (const [seq, { event }] of entries) {
      const names = leaves[seq][1];
      if (isOfIt(names)) own.add(`#${seq}`);
      if (names.some((name) => own.has(name))) {
        for (const name of OWN) if (event[name]) own.add(event[name]);
        for (const name of event.needs ?? []) own.add(name);
        if (event.meeting) shared.add(event.meeting);
      }
    }
  }
  leaves.slice(1).forEach(([, names], index) => {
    need(entries.has(index + 1) || !isOfIt(names), `日志第 ${index + 1} 条：讲的是这件事，却没有放进来`);
  });
}

// --- every vote counted again, and judged by the rule row as it stood when its meeting was called

function reaches(count, base, share) {
  const mine = count * share.denominator, least = base * share.numerator;
  return base > 0 && (share.inclusive ? mine >= least : mine > least);
}

const sum = (numbers) => numbers.reduce((all, number) => all + number, 0);

class Count {
  rows = new Map();
  used = new Map();
  matters = new Map();
  meetings = new Map();
  votes = new Map();
  catalogue = {};
  register = {};
  results = [];
  where = "";

  take(seq, entry) {
    const { event } = entry;
    this.seq = seq;
    this.by = entry.actor.person;
    this.where = `日志第 ${seq} 条：`;
    const vote = this.votes.get(event.vote), handle = Object.hasOwn(HANDLES, event.kind) ? HANDLES[event.kind] : null;
    if (handle && (vote || event.kind === "VoteOpened" || !event.vote)) {
      need(!vote || vote.open || event.kind === "VoteVoided", "表决已经结束或作废");
      handle.call(this, event, vote);
    }
  }

  meeting(event) {
    const meeting = this.meetings.get(event.meeting);
    if (!meeting) throw new TypeError("no such meeting");
    return meeting;
  }

  // 到会: those entitled who are in the room, or whose proxy is.
  present(meeting, row) {
    const inside = new Set(meeting.here);
    for (const [who, by] of meeting.proxies) if (meeting.here.has(by)) inside.add(who);
    const here = meeting.roll.filter((person) => inside.has(person)), all = meeting.roll.length;
    need(reaches(here.length, all, row.quorum), `应到 ${all} 人，到会 ${here.length} 人，不足法定人数`);
    return here;
  }

  put(vote, person, answer, channel) {
    need(vote.electorate.includes(person) && !vote.recused.includes(person), "投票的人不是表决人，或已回避");
    need(!vote.ballots.has(person) && !vote.holders.has(person) && !vote.hands.size, "一个人投了两张票");
    vote.ballots.set(person, { answer: this.hold(vote, answer), channel });
  }

  hold(vote, answer) {
    const most = vote.contest && !answer.includes("abstain") ? vote.contest.places : 1;
    const known = vote.options.filter((option) => answer.includes(option));
    need(answer.length && same(answer, known) && answer.length <= most, "不认识的表决意见");
    return answer;
  }

  // Count again what came by each channel.
  parts(vote) {
    const agreed = [...vote.hands.values()], parts = [...vote.box], given = new Map();
    need(!vote.note && (!agreed.length || (agreed.length === 2 && same(agreed[0], agreed[1]))), "两个人点的举手不一致，或没有点清");
    need(!vote.holders.size || vote.returned === vote.readings.length, "纸票没有唱完");
    for (const { answer, channel } of [...vote.ballots.values(), ...vote.readings.map((answer) => ({ answer, channel: "paper" }))]) {
      given.set(channel, [...(given.get(channel) ?? []), answer]);
    }
    for (const [channel, answers] of given) {
      const valid = answers.filter((answer) => answer !== null);
      const counts = vote.options.map((choice) => ({ choice, count: valid.filter((answer) => answer.includes(choice)).length }));
      parts.push({ channel, counts, cast: valid.length });
    }
    for (const counts of agreed.slice(0, 1)) parts.push({ channel: "hands_counted", counts, cast: sum(counts.map((c) => c.count)) });
    for (const part of parts) if (!CHANNELS.includes(part.channel)) throw new TypeError("channel");
    return parts.sort((a, b) => CHANNELS.indexOf(a.channel) - CHANNELS.indexOf(b.channel));
  }

  close(event, vote) {
    const { row, contest } = vote, roll = this.meeting(vote).roll, parts = this.parts(vote);
    const level = new Map(vote.options.map((option) => [option, sum(parts.flatMap((p) => p.counts.filter((c) => c.choice === option).map((c) => c.count)))]));
    const cast = sum(parts.map((part) => part.cast)), recused = vote.recused.length, here = vote.electorate.length;
    const invalid = vote.readings.filter((answer) => answer === null).length;
    const said = `${[...level].map(([o, n]) => `${CHOICES[o] ?? `${o}号`} ${n}`).join(" ")} 未表决 ${here - cast}`;
    const counts = [...level].map(([choice, count]) => ({ choice, count }));
    need(same(event.tally, { counts, cast, unused: here - cast, recused, invalid }), `计票与选票不符，重算为${said}`);
    need(same(event.subtotals, parts), "分渠道票数与选票不符");
    const [whom, people] = row.majority_base === "entitled" ? ["应到", roll.length] : ["到会", here];
    const base = people - (row.recused_leave ? recused : 0);
    need(event.base === base, `计算基数应为${whom} ${base} 人`);
    const able = [...level.keys()].filter((option) => option !== "abstain" && reaches(level.get(option), base, row.majority));
    const notBehind = (option) => able.filter((other) => level.get(other) >= level.get(option)).length;
    const chosen = contest ? able.filter((option) => notBehind(option) <= contest.places) : [];
    const carried = contest ? chosen.length > 0 : able.includes(row.decisive);
    let outcome = (carried ? "" : "未") + (row.decisive === "for" ? "通过" : "达到不称职");
    if (contest) outcome = `当选：${chosen.map((option) => `${option}号`).join("、") || "无人"}`;
    need(event.carried === carried && same(event.chosen, chosen), `结果应为${outcome}：${said}，${whom} ${base}`);
    if (!STAGES[vote.stage]) throw new TypeError("stage");
    this.results.push(`第 ${this.seq} 条 ${STAGES[vote.stage]}《${vote.title}》：应到 ${roll.length} 到会 ${here} ${said}，${outcome}`);
    vote.open = false;
  }
}

// What each kind of entry does; `this` is the Count.
const HANDLES = {
  RowChanged(event) { this.rows.set(event.row.id, [this.seq, event.row]); },
  CatalogueAdopted(event) { this.catalogue = { catalogue: event.catalogue, seq: this.seq }; },
  MatterRaised(event) { this.matters.set(event.matter, { ...event, catalogue: this.catalogue }); },
  MatterSentToAssembly(event) { this.matters.get(event.matter).row = event.row; },
  CheckedIn(event) { this.meeting(event).here.add(event.person); },
  CheckedOut(event) { if (!this.meeting(event).here.delete(event.person)) throw new TypeError("not here"); },
  ProxyGiven(event) { this.meeting(event).proxies.set(event.principal, event.proxy); },
  MeetingConvened(event) {
    const [, row] = this.rows.get(event.body), rows = new Map();
    const roll = event.seats.filter((seat) => seat.votes).map((seat) => seat.person).sort(inOrder);
    for (const { matter } of event.agenda) {
      const known = this.matters.get(matter);
      if (known) rows.set(matter, this.rows.get(ORDINARY[row.stage] ?? known.row));
    }
    this.meetings.set(event.meeting, { row, rows, roll, here: new Set(), proxies: new Map() });
    const seats = event.seats.map(({ capacity, person, votes }) => ({ capacity, person, votes }));
    this.register[event.meeting] = { roll, seats, seq: this.seq };
  },
  VoteOpened(event) {
    const known = event.matters.filter((matter) => this.matters.has(matter));
    if (!known.length) return;
    const meeting = this.meeting(event), [seq, row] = meeting.rows.get(known[0]);
    need(same(event.electorate, this.present(meeting, row)), "表决人名单与到会且有表决权的人不符");
    this.used.set(seq, row);
    const stand = event.contest ? event.contest.candidates : [];
    const options = stand.length ? [...stand.map((_, index) => String(index + 1)), "abstain"] : row.options;
    const title = this.matters.get(known[0]).title;
    this.votes.set(event.vote, { ...event, row, title, options, open: true, note: null, ballots: new Map(), hands: new Map(),
      box: [], holders: new Set(), readings: [] });
  },
  VoteVoided(_, vote) { vote.open = false; },
  BallotCast(event, vote) {
    need(vote.method !== "secret" && this.by === event.person, "无记名表决却记下了谁投什么，或不是本人投的票");
    if ("was" in event) {
      need(vote.revisable && same(vote.ballots.get(event.person).answer, event.was), "改票与记录不符");
      vote.ballots.delete(event.person);
    }
    this.put(vote, event.person, event.answer, event.channel);
  },
  BallotChanged(event, vote) { HANDLES.BallotCast.call(this, event, vote); },
  HandsNoted(event, vote) { vote.note = event; },
  HandsConfirmed(event, vote) {
    need(vote.note.clerk !== event.witness, "记举手和见证的是同一个人");
    for (const hand of vote.note.hands) this.put(vote, hand.person, [hand.choice], "hands_named");
    vote.note = null;
  },
  HandsCounted(event, vote) { vote.hands.set(event.teller, event.counts); },
  BallotPaperIssued(event, vote) { vote.holders.add(event.person); },
  BallotPapersReturned(event, vote) { vote.returned = event.returned; },
  BallotPaperRead(event, vote) {
    vote.readings.push(event.answer === null ? null : this.hold(vote, event.answer));
    need(event.number === vote.readings.length && event.number <= vote.returned, "唱票的次序不对，或比收回的还多");
  },
  ReadingTakenBack(_, vote) { if (!vote.readings.length) throw new TypeError("no reading"); vote.readings.pop(); },
  BoxOpened(event, vote) {
    const { contest } = vote, voters = new Set(event.voters);
    const able = vote.electorate.filter((person) => !vote.recused.includes(person) && !vote.holders.has(person));
    need(vote.method === "secret" && [...voters].every((person) => able.includes(person)), "票箱里有不能投票的人");
    need(sum(event.subtotals.map((part) => part.cast)) === voters.size, "票箱里的票数与投票人数不符");
    for (const part of event.subtotals) {
      const abstain = part.counts.find((count) => count.choice === "abstain");
      const naming = contest ? part.cast - abstain.count : part.cast;
      const counts = part.counts.filter((count) => !contest || count !== abstain).map((count) => count.count);
      const most = naming * (contest ? contest.places : 1), all = sum(counts);
      need(Math.max(...counts) <= naming && naming <= all && all <= most && Math.min(...counts) >= 0, "票箱里的票数与张数对不上");
    }
    vote.box = event.subtotals;
  },
  VoteClosed(event, vote) { this.close(event, vote); },
};

// --- the files: what the journal says of each, the fragments of films, and what signatures were appended

function nameOf(event) {
  if (event.kind === "SegmentSealed") return `recordings/${event.meeting}/${event.part}`;
  if (event.kind === "ClipReleased") return `clips/${event.clip}.mp4`;
  if (event.kind === "PaperIssued") return `papers/${event.subject}-${event.paper}-${event.from_seq}.pdf`;
  return isObject(event.attachment) ? `photos/${event.attachment.sha256}.jpg` : null;
}

// Of each entry that speaks of a file: its name in format 1, and what holds its size and digest.
function factsOf(entries) {
  const over = new Set(), said = new Map();
  for (const { event } of entries.values()) {
    if (event.kind === "FilmDeleted") over.add(event.meeting);
    if (event.kind === "ClipWithdrawn") over.add(event.clip);
  }
  for (const [seq, { event }] of entries) {
    const name = nameOf(event), fact = isObject(event.attachment) ? event.attachment : event;
    if (name && !over.has(fact.meeting) && !over.has(fact.clip)) said.set(seq, { name, fact });
  }
  for (const { fact } of said.values()) {
    need(!("from_seq" in fact) || entries.has(fact.from_seq), `日志第 ${fact.from_seq} 条：文书所据的这一条没有放进来`);
  }
  return said;
}

async function digests(blob, begins) {
  const whole = sha256.create(), first = sha256.create();
  for (let at = 0; at < blob.size; at += PIECE) {
    const piece = new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer());
    whole.update(piece);
    if (at < begins) first.update(piece.subarray(0, begins - at));
  }
  return [whole.hex(), first.hex()];
}

async function holdFile(files, name, listed, facts, keys) {
  need(files.has(name), `${name}：缺少这个文件`);
  const blob = files.get(name);
  for (const fact of facts) {
    const [whole, first] = await digests(blob, fact.size_bytes);
    need(blob.size === listed.size_bytes && whole === listed.sha256, `${name}：内容与清单不符，被改动`);
    need(blob.size >= fact.size_bytes && first === fact.sha256, `${name}：内容与日志不符，被改动`);
    if (blob.size > fact.size_bytes) await holdSigned(name, await read(files, name), fact.size_bytes, keys);
  }
}

// What was appended to a paper is signatures, each over all the bytes before it, by a key of the journal.
async function holdSigned(name, data, begins, keys) {
  const text = new TextDecoder("latin1").decode(data); // a character a byte, whatever it is
  let end = begins;
  for (const found of text.matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+) *\]/g)) {
    const hole = Number(found[1]), after = Number(found[2]);
    end = after + Number(found[3]);
    const written = text.slice(hole, after);
    need(/^<([0-9A-F]{2})*>$/.test(written), `${name}：签名写得不规范，被改动`);
    const by = keys.find((key) => written.includes(key));
    need(by, `${name}：不是用村里的密钥签的`);
    const digest = sha256.array(joined(data.subarray(0, hole), data.subarray(after, end)));
    const fault = faultOf(fromHex(written.slice(1, -1)), fromHex(by), digest);
    need(!fault, `${name}：${fault}`);
  }
  need(begins < end && end === data.length, `${name}：后面加了没有签名的内容`);
}

// A film against its chain of fragments, and the chain against its heads in the journal.
async function holdFilm(files, where, events) {
  const sealed = events.filter((event) => event.kind === "SegmentSealed");
  const chain = (await linesOf(files, `${where}/chain.jsonl`)).map((line) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line)));
  const heads = [ZEROS, ...chain.map((link) => link.h)];
  need(chain.length === sealed.at(-1).fragments, `${where}：片段链的长短与日志不符`);
  for (const event of events.filter((one) => "fragments" in one)) { // a mark may stand beyond the last part
    const fits = event.fragments >= heads.length || event.chain === heads[event.fragments];
    need(fits, `${where}：片段链与日志不符，第 ${event.fragments} 个片段`);
  }
  let begin = 0;
  for (const { part, fragments } of sealed) {
    const links = chain.slice(begin, fragments), blob = files.get(`${where}/${part}`);
    let head = heads[begin], at = 0;
    begin += links.length;
    if (!blob) continue;
    for (const [number, link] of links.entries()) {
      const fragment = new Uint8Array(await blob.slice(at, at + link.len).arrayBuffer());
      const place = link.part === part && link.i === number && link.off === at;
      head = sha(joined(fromHex(head), fragment));
      at += link.len;
      need(place && head === link.h, `${where}/${part}：第 ${number} 个片段与片段链不符，被改动`);
    }
    need(at === blob.size, `${where}/${part}：片段链之外多出内容`);
  }
}

function listedIn(manifest, said) {
  if (manifest.files) return manifest.files;
  const listed = {};
  for (const [seq, { name, fact }] of said) listed[name] = { ...fact, entries: [...(listed[name]?.entries ?? []), seq] };
  return listed;
}

async function holdFiles(files, manifest, entries, progress) {
  const said = factsOf(entries), leftOut = manifest.left_out ?? [], listed = listedIn(manifest, said);
  const films = [...new Set([...said.values()].filter(({ fact }) => "fragments" in fact).map(({ fact }) => fact.meeting))].sort(inOrder);
  const named = new Set(Object.values(listed).flatMap((file) => file.entries ?? []));
  const odd = [...said.keys(), ...named].filter((seq) => said.has(seq) !== named.has(seq)).sort((a, b) => a - b);
  need(!odd.length, `日志第 ${odd[0]} 条：它说的文件清单里没有，或已删除还在`);
  const chains = films.map((film) => `recordings/${film}/chain.jsonl`);
  const known = new Set([...Object.keys(listed), "manifest.json", "verify.py", "README.txt", "journal.jsonl", ...chains]);
  const adopted = [...entries.values()].map((entry) => entry.event).filter((event) => event.kind === "SigningKeyAdopted");
  const hex = (char) => char.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase();
  const keys = adopted.map((event) => Array.from(atob(event.certificate), hex).join(""));
  const absent = (name) => name in listed && name.startsWith("recordings/") && !files.has(name);
  need(leftOut.every(absent), "清单 manifest.json：没有放进来的录像写错了");
  for (const [index, name] of Object.keys(listed).sort(inOrder).entries()) {
    progress?.(index / known.size, name);
    if (leftOut.includes(name)) continue;
    const facts = (listed[name].entries ?? []).map((seq) => said.get(seq).fact);
    await holdFile(files, name, listed[name], facts.length ? facts : [listed[name]], keys);
  }
  for (const meeting of films) {
    const of = [...entries.values()].map((entry) => entry.event).filter((event) => event.meeting === meeting);
    await holdFilm(files, `recordings/${meeting}`, of);
  }
  const extra = [...files.keys()].filter((name) => !known.has(name) && !/(^|\/)[.]|^System Volume/.test(name)).sort(inOrder);
  need(!extra.length, `${extra[0]}：清单里没有这个文件`);
  const kinds = Object.keys(listed).filter((name) => listed[name].entries?.length && !leftOut.includes(name)).map((name) => name.split("/")[0]);
  const told = Object.entries(UNITS).filter(([kind]) => kinds.includes(kind))
    .map(([kind, [what, unit]]) => `${what} ${kinds.filter((one) => one === kind).length} ${unit}`);
  if (leftOut.length) told.push(`另有录像 ${leftOut.length} 段没有放进来，只核了片段链`);
  return told.join("，") || "没有";
}

// --- all of it

async function holdJournal(files, manifest) {
  const lines = await linesOf(files, "journal.jsonl"), old = manifest.format === "kiosk-bundle-1";
  need(old || manifest.format === "kiosk-bundle-2", `不认识的格式 ${manifest.format}`);
  const [entries, leaves] = old ? chained(manifest, lines) : extracted(manifest, lines, await linesOf(files, "tree.jsonl"));
  const digest = leaves.at(-1)[0], { name, village, purpose } = entries.get(1).event;
  const told = { check_code: checkCode(digest), head: { digest, seq: leaves.length - 1 }, name, village };
  const events = [...entries.values()].map((entry) => entry.event);
  const raised = events.findLast((event) => "title" in event && event.matter === manifest.matter);
  const matter = raised ? manifest.matter : null;
  if (!old) Object.assign(told, { purpose, matter, scope: matter ? "matter" : "village", title: raised ? raised.title : "" });
  const claimed = Object.fromEntries(Object.keys(told).map((key) => [key, manifest[key] ?? null]));
  need(same(told, claimed), "清单 manifest.json：与日志不符");
  holdComplete(matter, entries, leaves);
  return [entries, leaves];
}

function holdCode(typed, entries, leaves) {
  const digits = typed.normalize("NFKC").replace(/[^0-9]/g, ""), codes = leaves.map(([digest]) => checkCode(digest).replaceAll("-", ""));
  const seq = codes.indexOf(digits, 1);
  need(seq > 0, "校验码：与日志的任何一条都不符，日志不是签字时的那一本");
  const more = entries.has(seq) ? "请与纸上的条号对照" : "但它不在摘录里，请核全村的";
  return `校验码与日志第 ${seq} 条相符，${more}`;
}

async function verifyBundle(files, code, progress) {
  const count = new Count();
  try {
    const [line, ...more] = await linesOf(files, "manifest.json");
    if (more.length) throw new TypeError("manifest");
    const manifest = parse(line, "清单 manifest.json");
    const [entries, leaves] = await holdJournal(files, manifest);
    const report = [`${manifest.name}：日志共 ${leaves.length - 1} 条，这里有 ${entries.size} 条`];
    for (const [seq, entry] of entries) count.take(seq, entry);
    count.where = "";
    const printed = manifest.matter === null || manifest.matter === undefined ? {} : {
      "rules.json": [...count.used].sort(([one], [other]) => one - other).map(([seq, row]) => ({ row, seq })),
      "catalogue.json": count.matters.get(manifest.matter).catalogue,
      "register.json": count.register,
    };
    for (const [name, value] of Object.entries(printed)) {
      const right = sha(await read(files, name)) === sha(utf8(`${canonical(value)}\n`));
      need(right, `${name}：与日志不符，被改动`);
    }
    if (code) report.push(holdCode(code, entries, leaves));
    return [...report, ...count.results, `已核对文件：${await holdFiles(files, manifest, entries, progress)}`];
  } catch (error) {
    if (error instanceof Wrong) throw new Wrong(`${count.where}${error.message}`);
    throw new Wrong(`${count.where || "证据包："}内容不完整或无法理解，被改动`);
  }
}

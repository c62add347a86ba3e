// The page: files in, by folder, one by one or as a zip; the verdict out, in large letters.

const $ = (id) => document.getElementById(id);
const outcome = $("outcome");

// --- a zip, read in pieces: its directory stands at its end

async function unzipped(blob) {
  const tail = blob.slice(Math.max(0, blob.size - 70000)), end = new DataView(await tail.arrayBuffer());
  let at = end.byteLength - 22;
  while (at >= 0 && end.getUint32(at, true) !== 0x06054b50) at--;
  if (at < 0) throw new Wrong("这个压缩包打不开，请重新打包，或直接选文件夹");
  let count = end.getUint16(at + 10, true), size = end.getUint32(at + 12, true), start = end.getUint32(at + 16, true);
  if (at >= 20 && end.getUint32(at - 20, true) === 0x07064b50) {
    const record = new DataView(await blob.slice(Number(end.getBigUint64(at - 12, true))).arrayBuffer());
    count = Number(record.getBigUint64(32, true));
    size = Number(record.getBigUint64(40, true));
    start = Number(record.getBigUint64(48, true));
  }
  const view = new DataView(await blob.slice(start, start + size).arrayBuffer()), files = new Map();
  for (let here = 0, n = 0; n < count; n++) {
    const [name, place] = await member(blob, view, here);
    if (!name.endsWith("/")) files.set(name, place);
    here += 46 + view.getUint16(here + 28, true) + view.getUint16(here + 30, true) + view.getUint16(here + 32, true);
  }
  return files;
}

async function member(blob, view, here) {
  const nameLength = view.getUint16(here + 28, true), extraLength = view.getUint16(here + 30, true);
  const name = new TextDecoder().decode(new Uint8Array(view.buffer, here + 46, nameLength));
  let whole = view.getUint32(here + 24, true), packed = view.getUint32(here + 20, true), start = view.getUint32(here + 42, true);
  for (let at = here + 46 + nameLength, last = at + extraLength; at + 4 <= last; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue; // zip64: only what did not fit above, in this order
    let field = at + 4;
    const wide = (value) => (value === 0xffffffff ? Number(view.getBigUint64((field += 8) - 8, true)) : value);
    whole = wide(whole);
    packed = wide(packed);
    start = wide(start);
  }
  const local = new DataView(await blob.slice(start, start + 30).arrayBuffer());
  const data = start + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  const content = blob.slice(data, data + packed), method = view.getUint16(here + 10, true);
  if (method === 0) return [name, content];
  if (method !== 8 || typeof DecompressionStream === "undefined") throw new Wrong("这个压缩包打不开，请直接选文件夹");
  return [name, await new Response(content.stream().pipeThrough(new DecompressionStream("deflate-raw"))).blob()];
}

// --- names: below the folder in which the manifest lies; of files picked one by one, by the manifest's own list

function below(files) {
  const roots = [...files.keys()].filter((name) => /(^|\/)manifest\.json$/.test(name)).sort((a, b) => a.length - b.length);
  if (!roots.length) throw new Wrong("这里面没有 manifest.json，不是证据包；请选证据包的那个文件夹");
  const root = roots[0].slice(0, -"manifest.json".length);
  return new Map([...files].filter(([name]) => name.startsWith(root)).map(([name, file]) => [name.slice(root.length), file]));
}

async function placed(files) {
  const manifest = files.find((file) => file.name === "manifest.json");
  if (!manifest) return below(new Map(files.map((file) => [file.name, file])));
  const found = new Map([["manifest.json", manifest]]), rest = new Set(files.filter((file) => file !== manifest));
  const listed = Object.entries(JSON.parse(await manifest.text()).files ?? {});
  for (const exact of [true, false]) { // first where the size fits too: parts of several films bear one name
    for (const [name, { size_bytes }] of listed.filter(([one]) => !found.has(one))) {
      const file = [...rest].find((one) => one.name === name.split("/").at(-1) && (!exact || one.size === size_bytes));
      if (file) { found.set(name, file); rest.delete(file); }
    }
  }
  for (const file of rest) found.set(file.name, file);
  return found;
}

async function filesOf(picked) {
  if (picked.length === 1 && /\.zip$/i.test(picked[0].name)) return below(await unzipped(picked[0]));
  if (picked.every((file) => file.webkitRelativePath)) return below(new Map(picked.map((file) => [file.webkitRelativePath, file])));
  return placed(picked);
}

// --- what is shown

function made(tag, className, ...content) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...content);
  return element;
}

function verdict(good, ...lines) {
  const word = made("b", "", good ? "通过" : "不通过");
  const kept = lines.map((line) => line.replace(/ (\d+) /g, "\u00a0$1\u00a0")); // a number and what is counted stay together
  return made("p", good ? "verdict" : "verdict verdict--bad", word, ...kept.flatMap((line) => [line, document.createElement("br")]).slice(0, -1));
}

function vote(line) {
  const [, number, what, counts, result] = /^(第 \d+ 条) (.*?)：(.*)，(.*?)$/.exec(line);
  const numbers = counts.match(/\S+ \d+/g).map((each) => made("span", "", each.replace(" ", "\u00a0")));
  const good = /^(通过|当选：(?!无人))/.test(result);
  return made("li", "", made("small", "", `${number}　${what}`), ...numbers, made("strong", good ? "passed" : "", result));
}

async function told(files) {
  const { purpose, title } = JSON.parse(await (files.get("manifest.json")).text());
  const marks = { rehearsal: "演练：不是真的会议", demonstration: "演示村：人名和事项都是虚构的" };
  return [...(marks[purpose] ? [made("p", "rehearsal", marks[purpose])] : []), ...(title ? [made("h2", "", title)] : [])];
}

async function check(picked) {
  if (!picked.length) return;
  const bar = made("progress", "bar"), doing = made("span", "", "正在读文件……");
  outcome.replaceChildren(made("p", "verdict verdict--busy", made("b", "", "正在核对，请稍等"), doing, bar));
  try {
    const files = await filesOf(picked), code = $("code").value.trim();
    const lines = await verifyBundle(files, code, (share, name) => { bar.value = share; doing.textContent = name; });
    const votes = lines.filter((line) => /^第 \d+ 条/.test(line)), others = lines.filter((line) => !votes.includes(line));
    const warn = code ? [] : [made("p", "warn", "还没有和纸上的校验码对过：在上面填好校验码，再选一次。")];
    outcome.replaceChildren(verdict(true, ...others), ...warn, made("section", "card", ...await told(files), made("ul", "votes", ...votes.map(vote))));
  } catch (error) {
    const why = error instanceof Wrong ? error.message : `读不出来（${error.message}），请换一种选法再试`;
    outcome.replaceChildren(verdict(false, why));
  }
  outcome.focus({ preventScroll: true });
  outcome.scrollIntoView({ block: "start" });
}

for (const id of ["folder", "files"]) {
  $(id).addEventListener("change", async ({ target }) => { await check([...target.files]); target.value = ""; });
}
if (!("webkitdirectory" in $("folder"))) $("by-folder").remove();

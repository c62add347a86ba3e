// Sends forms so that nothing is lost: each command gets an id, is kept until it is acknowledged, and is sent again
// with the same id after a break. What the rules refuse is said on the page. Without this script the same forms work
// by themselves.
const AGAIN_MS = 1000;
const ARM_MS = 600;
const root = document.documentElement;
const busy = new WeakSet();

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function element(tag, cls, text) {
  const made = document.createElement(tag);
  made.className = cls;
  if (text) made.textContent = text;
  return made;
}

function say(what, todo, basis) {
  const place = document.querySelector('[data-say]');
  if (!place) return;
  const notice = element('div', 'notice notice--warn');
  notice.setAttribute('role', 'alert');
  const text = element('p', 'notice__text');
  text.append(element('b', '', `▲ ${what}`), ' ', element('span', '', todo || ''));
  if (basis) text.append(element('small', 'basis', `依据：${basis}`));
  notice.append(text);
  place.replaceChildren(notice);
  place.scrollIntoView({ block: 'nearest' });
}

function clearSaid() {
  document.querySelector('[data-say]')?.replaceChildren();
}

async function sendUntilAnswered(url, body) {
  const headers = {
    'X-Kiosk-Form': '1',
    'X-CSRFToken': document.querySelector('meta[name=csrf-token]').content,
  };
  for (;;) {
    try {
      const answer = await fetch(url, { method: 'POST', body, headers });
      if (answer.status < 502) return answer;
    } catch { /* the server is away: keep the command and send it again */ }
    say('与主机断开了，正在重新发送。', '请不要离开，不用再按。');
    await sleep(AGAIN_MS);
  }
}

// `stays`: the page is the same with one thing changed, and nothing must move under the finger.
function swap(html, stays) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const at = stays ? document.querySelector('main[data-scroll]')?.scrollTop : 0;
  document.title = page.title;
  document.body.className = page.body.className;
  document.body.replaceChildren(...page.body.children);
  if (at) document.querySelector('main[data-scroll]').scrollTop = at;
  for (const armed of document.querySelectorAll('[data-arm]')) {
    armed.disabled = true;
    setTimeout(() => { armed.disabled = false; }, ARM_MS);
  }
  document.dispatchEvent(new Event('kiosk:painted'));
}

async function submit(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter));
  if (!body.has('command_id')) body.append('command_id', newId());
  let ok = false;
  busy.add(form);
  try {
    const answer = await sendUntilAnswered(submitter?.hasAttribute('formaction') ? submitter.formAction : form.action, body);
    ok = answer.ok;
    if ((answer.headers.get('Content-Type') || '').startsWith('text/html')) {
      swap(await answer.text(), form.hasAttribute('data-stay'));
      return;
    }
    const told = await answer.json();
    if (!answer.ok) say(told.what, told.todo, told.basis);
    else if (told.go) location.assign(told.go);
    else clearSaid();
  } finally {
    busy.delete(form);
    root.removeAttribute('data-busy');
    document.dispatchEvent(new CustomEvent('kiosk:answered', { detail: { ok } }));
  }
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post') return;
  event.preventDefault();
  if (!busy.has(form)) submit(form, event.submitter);
});

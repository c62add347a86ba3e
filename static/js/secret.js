// A secret ballot: chosen, confirmed and encrypted in the page. Nothing is sent or kept before 确认, and then only what
// is the same length whatever was chosen. The wire format stands in kiosk/web/sitting/sealed.py. Without this script,
// or where the browser cannot encrypt, the page says so and offers no ballot.
import '/assets/nacl.js';

const { nacl } = globalThis;
const ARM_MS = 600;
const PLAIN_BYTES = 64;
const KEY_BYTES = 32;

const booth = document.querySelector('[data-secret]');
const key = bytesOf(booth.dataset.key);
const whose = bytesOf(booth.dataset.whose);
let armTimer = 0;

function bytesOf(digits) {
  return Uint8Array.from(digits.match(/../g) || [], (pair) => parseInt(pair, 16));
}

function digitsOf(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// One step at a time: the cards, one answer to be confirmed, or 正在投进票箱. Of candidates (推选) the answer that names
// some has one step for all: its list is filled in.
function show(name, choice) {
  for (const step of booth.querySelectorAll('[data-step]')) {
    step.hidden = step.dataset.step !== name || (step.dataset.choice || '') !== (choice || '');
  }
  arm();
  for (const part of document.querySelectorAll('[data-when]')) {
    part.hidden = (part.dataset.when === 'choose') !== (name === 'choose');
  }
  document.body.classList.toggle('ballot--confirm', name !== 'choose');
  window.scrollTo(0, 0);
}

// The second half of a trembling tap on a card must not confirm.
function arm() {
  const buttons = booth.querySelectorAll('[data-arm]');
  const setAll = (disabled) => { for (const button of buttons) button.disabled = disabled; };
  clearTimeout(armTimer);    // else the step before would open this one too early
  setAll(true);
  armTimer = setTimeout(setAll, ARM_MS, false);
}

function sealed(choice) {
  const plain = new Uint8Array(PLAIN_BYTES);
  plain.set(whose);
  plain.set(Array.from(choice, (letter) => letter.charCodeAt(0)), whose.length);
  const sender = nacl.box.keyPair();
  const nonce = nacl.randomBytes(nacl.box.nonceLength);
  const content = nacl.box(plain, nonce, key, sender.secretKey);
  sender.secretKey.fill(0);
  plain.fill(0);
  return { sender: digitsOf(sender.publicKey), sealed: digitsOf(nonce) + digitsOf(content) };
}

// A form like any other: steady.js keeps it, encrypted as it is, until it is acknowledged.
function send(fields) {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = booth.dataset.action;
  form.hidden = true;
  fields.csrf_token = document.querySelector('meta[name=csrf-token]').content;
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  booth.append(form);
  if (form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))) form.submit();
}

function confirm(choice) {
  const fields = sealed(choice);
  show('sending');
  send(fields);
}

const boxes = () => Array.from(booth.querySelectorAll('.named-card__box'));
const named = () => boxes().filter((box) => box.checked);

// Whom the ballot names, to be confirmed; or what is wrong with it, and the cards stay as they are.
function confirmNamed() {
  const chosen = named();
  const most = Number(booth.querySelector('[data-naming]').dataset.most);
  const wrong = booth.querySelector('[data-named-wrong]');
  wrong.hidden = chosen.length > 0 && chosen.length <= most;
  if (!wrong.hidden) {
    const [what, todo] = chosen.length
      ? [`您选了${chosen.length}人，最多只能选${most}人。`, '请去掉几个，再点“选好了”。']
      : ['您还没有选人。', '请点候选人；一个都不选，就点“弃权（都不选）”。'];
    wrong.querySelector('b').textContent = what;
    wrong.querySelector('.notice__text span').textContent = todo;
    return;
  }
  const list = booth.querySelector('[data-names]');
  list.replaceChildren(...chosen.map((box) => {
    const name = document.createElement('li');
    name.className = 'confirm__name';
    const card = box.closest('.named-card');
    for (const part of ['.named-card__number', '.named-card__name']) name.append(card.querySelector(part).cloneNode(true));
    return name;
  }));
  list.closest('.confirm').querySelector('[data-named]').textContent = String(chosen.length);
  show('confirm', 'named');
}

// The answer as it is sealed: one choice, or the numbers of those who are named.
function answerOf(choice) {
  return choice === 'named' ? named().map((box) => box.value).join(',') : choice;
}

booth.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (!button) return;
  if (button.matches('.choice, [data-nobody]')) show('confirm', button.value);
  else if (button.matches('[data-named-all]')) confirmNamed();
  else if (button.value === 'change') show('choose');
  else if (button.value === 'confirm') confirm(answerOf(button.closest('[data-choice]').dataset.choice));
});

// Refused: the cards again, with the reason above them. Taken: the page goes on to ✓ by itself.
document.addEventListener('kiosk:answered', (event) => {
  if (event.detail.ok) return;
  booth.querySelector('form')?.remove();
  show('choose');
});
window.addEventListener('pagehide', () => {
  for (const box of boxes()) box.checked = false;
  show('choose');
});

if (nacl && key.length === KEY_BYTES && whose.length === KEY_BYTES) {
  document.querySelector('[data-no-script]').hidden = true;
  booth.hidden = false;
}

// Follows one live page: the server sends it whole after each change, with its revision. Older ones are ignored; a
// screen that was away asks to `watch` and is right again with the page that is sent to it then; while none comes it asks
// again. Nothing is repainted under a finger.
import { io } from '/assets/socket.io.js';
import morphdom from '/assets/morphdom.js';

const root = document.documentElement;
const region = document.querySelector('[data-live]');
const offline = document.querySelector('[data-offline]');
const since = document.querySelector('[data-offline-since]');
const ASK_AGAIN_MS = 2000;

const timeOfDay = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai', hour12: false, hour: '2-digit', minute: '2-digit', second: '2-digit',
});

let shown = { boot: null, rev: [-1, -1] };
let waiting = null;
let lostTimer = 0;
let askTimer = 0;

function isNewer(page) {
  if (page.boot !== shown.boot) return true;
  return page.rev[0] > shown.rev[0] || (page.rev[0] === shown.rev[0] && page.rev[1] > shown.rev[1]);
}

function paint(page) {
  shown = page;
  waiting = null;
  const open = region.querySelector('details[open]') !== null;
  const next = region.cloneNode(false);
  next.innerHTML = page.html;
  if (open) next.querySelector('details')?.setAttribute('open', '');
  morphdom(region, next, {
    childrenOnly: true,
    getNodeKey: (node) => node.dataset?.key || node.id,
    onBeforeElUpdated: (from, to) => !from.isEqualNode(to),
  });
  document.dispatchEvent(new Event('kiosk:painted'));
}

function take(page) {
  if (page?.refused) location.reload();    // signed out or unpaired meanwhile: the page will say where to go
  if (!page || page.refused || page.page !== region.dataset.live) return;
  clearTimeout(askTimer);
  setLost(false);
  if (!isNewer(page)) return;
  if (root.hasAttribute('data-touching')) waiting = page;
  else paint(page);
}

new MutationObserver(() => {
  if (waiting && !root.hasAttribute('data-touching')) paint(waiting);
}).observe(root, { attributes: true, attributeFilter: ['data-touching'] });

function setLost(lost) {
  clearTimeout(lostTimer);
  if (!lost) {
    offline.hidden = true;
    root.removeAttribute('data-lost');
    return;
  }
  const at = timeOfDay.format(new Date());
  lostTimer = setTimeout(() => {
    if (since) since.textContent = at;
    offline.hidden = false;
    root.setAttribute('data-lost', '');
  }, 500);
}

const socket = io({ transports: ['websocket'], reconnectionDelay: 300, reconnectionDelayMax: 1000, timeout: 4000 });

function watch() {
  clearTimeout(askTimer);
  askTimer = setTimeout(() => { if (socket.connected) watch(); }, ASK_AGAIN_MS);
  socket.emit('watch', region.dataset.live, (answer) => { if (answer.refused) take(answer); });
}

socket.on('connect', watch);
socket.on('disconnect', () => setLost(true));
socket.on('connect_error', () => setLost(true));
socket.on('page', take);

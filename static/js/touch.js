// Pointer handling for shaking fingers. Load once per page: <script type="module" src="/static/js/touch.js"></script>
//
// A press that starts on a `button`, `a.button` or `[data-touch]` belongs to it. It counts when the finger leaves the
// glass within 15 mm of where it landed, or anywhere on the control, however long it stayed. The browser's own click is
// swallowed, so that each press counts once; the same control does not count again for 600 ms. Keyboard and assistive
// clicks pass. Inside `[data-scroll]` the browser still pans: there more than 15 mm of movement is a scroll, not a press.
//
//   data-pressed        on the control while it would count if the finger left now
//   html[data-touching] while a finger is on a control: live updates should wait
//   [data-arm]          a button that takes no press in the first 600 ms of its page, so that the second half of a
//                       trembling tap on the page before cannot hit it (it is `disabled` meanwhile)
//   html[data-busy]     set when a submitted form has had no answer for a second

const TARGETS = 'button, a.button, [data-touch]';
const DRIFT_MM = 15;
const REPEAT_MS = 600;
const BUSY_MS = 1000;
const BUSY_END_MS = 15000;
const ECHO_MS = 1000;

const root = document.documentElement;
const lastUsed = new WeakMap();
let press = null;       // the press under way
let ours = false;       // true while our own click runs
let handledUntil = 0;   // native clicks up to here are echoes of a press already handled

const drift = () => DRIFT_MM * (parseFloat(getComputedStyle(root).getPropertyValue('--mm')) || 4.03);
const controlOf = (node) => (node instanceof Element ? node.closest(TARGETS) : null);
const idle = (el) => el.matches(':disabled, [aria-disabled="true"]') || el.closest('[inert]') !== null;

function show(on) {
  press.control.toggleAttribute('data-pressed', on);
}

function inside(el, x, y) {
  return Array.from(el.getClientRects()).some((r) => x >= r.left && x <= r.right && y >= r.top && y <= r.bottom);
}

function counts(x, y) {
  if (press.scrolled) return false;
  const near = Math.hypot(x - press.x, y - press.y) <= press.drift;
  return near || (!press.scroller && inside(press.control, x, y));
}

function move(x, y) {
  if (press.scroller && Math.hypot(x - press.x, y - press.y) > press.drift) press.scrolled = true;
  show(counts(x, y));
}

function allowed(el) {
  const now = performance.now();
  if (now - (lastUsed.get(el) ?? -Infinity) < REPEAT_MS) return false;
  lastUsed.set(el, now);
  return true;
}

function end(x, y) {
  const { control } = press;
  const yes = x !== null && counts(x, y);
  show(false);
  press = null;
  root.removeAttribute('data-touching');
  handledUntil = performance.now() + ECHO_MS;
  if (!yes || !control.isConnected || idle(control) || !allowed(control)) return;
  ours = true;
  try {
    control.click();
  } finally {
    ours = false;
  }
}

document.addEventListener('pointerdown', (event) => {
  if (press || event.button !== 0) return;      // a second finger or a resting palm does not count
  handledUntil = 0;
  const control = controlOf(event.target);
  if (!control || idle(control)) return;
  press = {
    control,
    id: event.pointerId,
    touchId: null,      // the same finger's touch identifier
    byTouch: false,     // followed by touch events, once the browser has begun to pan
    x: event.clientX,
    y: event.clientY,
    drift: drift(),
    scroller: event.pointerType === 'mouse' ? null : control.closest('[data-scroll]'),
    scrolled: false,
  };
  show(true);
  root.setAttribute('data-touching', '');
  if (!press.scroller) {
    try {
      control.setPointerCapture(event.pointerId);
    } catch {
      // the pointer has already gone; its pointerup or pointercancel still arrives
    }
  }
}, true);

document.addEventListener('pointermove', (event) => {
  if (press && event.pointerId === press.id && !press.byTouch) move(event.clientX, event.clientY);
}, true);

document.addEventListener('pointerup', (event) => {
  if (press && event.pointerId === press.id) end(event.clientX, event.clientY);
}, true);

// The browser cancels the pointer as soon as it begins to pan; the touch itself goes on and tells how far it went.
document.addEventListener('pointercancel', (event) => {
  if (!press || event.pointerId !== press.id) return;
  if (press.scroller && press.touchId !== null) press.byTouch = true;
  else end(null, null);
}, true);

function ofPress(event) {
  if (!press || !press.byTouch) return undefined;
  return Array.from(event.changedTouches).find((t) => t.identifier === press.touchId);
}
const passive = { capture: true, passive: true };

document.addEventListener('touchstart', (event) => {
  if (!press || press.touchId !== null) return;
  const touch = Array.from(event.changedTouches).find((t) => press.control.contains(t.target));
  if (touch) press.touchId = touch.identifier;
}, passive);
document.addEventListener('touchmove', (event) => {
  const touch = ofPress(event);
  if (touch) move(touch.clientX, touch.clientY);
}, passive);
document.addEventListener('touchend', (event) => {
  const touch = ofPress(event);
  if (touch) end(touch.clientX, touch.clientY);
}, passive);
document.addEventListener('touchcancel', (event) => {
  if (ofPress(event)) end(null, null);
}, passive);

document.addEventListener('click', (event) => {
  if (ours || !event.isTrusted) return;
  const byPointer = event.detail > 0 || Boolean(event.pointerType);
  const control = controlOf(event.target);
  const echo = byPointer && performance.now() < handledUntil;
  if (echo || (control && !allowed(control))) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

for (const type of ['contextmenu', 'dragstart']) {
  document.addEventListener(type, (event) => {
    if (controlOf(event.target)) event.preventDefault();
  }, true);
}

// Leaving the window with a finger down must not leave a control pressed.
window.addEventListener('blur', () => {
  if (press && !press.byTouch) end(null, null);
});

let busyTimer = 0;
document.addEventListener('submit', (event) => {
  clearTimeout(busyTimer);
  busyTimer = setTimeout(() => {
    if (event.defaultPrevented) return;
    root.setAttribute('data-busy', '');
    busyTimer = setTimeout(() => root.removeAttribute('data-busy'), BUSY_END_MS);
  }, BUSY_MS);
});
window.addEventListener('pageshow', () => {
  clearTimeout(busyTimer);
  root.removeAttribute('data-busy');
});

const armed = Array.from(document.querySelectorAll('[data-arm]:enabled'));
for (const el of armed) el.disabled = true;
setTimeout(() => {
  for (const el of armed) el.disabled = false;
}, REPEAT_MS);

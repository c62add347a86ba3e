// Runs the speaker's time down and the item's time up, from the server's instants: its clock counts, not this one's,
// which may be wrong or be set right meanwhile; only the time since the page came is counted here.
// At the end it rings once a speech. Without this file the page shows the time as it was drawn.
const RING_HZ = 880;
const RING_S = 0.9;
const MINUTE = 60000;

const offsets = new Map();   // what the server's clock was ahead of our count when an instant of it was first seen
const rung = new Set();

function now(element) {
  const told = element.dataset.now;
  if (!offsets.has(told)) offsets.set(told, Number(told) - performance.now());
  return performance.now() + offsets.get(told);
}

function ring() {
  try {
    const sound = new AudioContext();
    const tone = sound.createOscillator();
    const loudness = sound.createGain();
    tone.frequency.value = RING_HZ;
    loudness.gain.setValueAtTime(0.4, sound.currentTime);
    loudness.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + RING_S);
    tone.connect(loudness).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + RING_S);
    tone.onended = () => sound.close();
  } catch { /* no loudspeaker: the words are on the screen */ }
}

function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function runDown(clock) {
  const left = Math.max(0, Number(clock.dataset.ends) - now(clock));
  const seconds = Math.ceil(left / 1000);
  write(clock.querySelector('[data-left]'), `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`);
  const over = left === 0;
  if (over && !clock.hasAttribute('data-over') && !rung.has(clock.dataset.ends)) {
    rung.add(clock.dataset.ends);
    ring();
  }
  clock.toggleAttribute('data-over', over);
}

function runUp(clock) {
  const used = Math.floor(Math.max(0, now(clock) - Number(clock.dataset.since)) / MINUTE);
  write(clock.querySelector('[data-used]'), String(used));
  clock.toggleAttribute('data-over', used > Number(clock.dataset.minutes));
}

function tick() {
  document.querySelectorAll('[data-countdown]').forEach(runDown);
  document.querySelectorAll('[data-elapsed]').forEach(runUp);
}

tick();
setInterval(tick, 250);
document.addEventListener('kiosk:painted', tick);

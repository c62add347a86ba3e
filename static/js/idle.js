// After two minutes without a touch the ballot screen asks whether the voter is still there (VVSG 2.0, 7.2-O).
const IDLE_MS = 120000;
let timer = 0;

function restart() {
  clearTimeout(timer);
  timer = setTimeout(() => location.assign(document.body.dataset.idle || '/ballot/still'), IDLE_MS);
}

for (const sign of ['pointerdown', 'keydown']) document.addEventListener(sign, restart, true);
restart();

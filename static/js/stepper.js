// − and ＋ beside a number. Without this file it is an ordinary numeric field.
for (const stepper of document.querySelectorAll('[data-stepper]')) {
  const field = stepper.querySelector('input');
  const keys = stepper.querySelector('.stepper__keys');
  keys.addEventListener('click', (event) => {
    const key = event.target.closest('button');
    if (!key) return;
    const next = (parseInt(field.value, 10) || 0) + Number(key.value);
    field.value = String(Math.min(Number(field.max), Math.max(0, next)));
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  keys.hidden = false;
}

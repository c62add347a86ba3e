// On a static site: compares a check code with those that the portal showed (KIOSK_CODES). In the hall the kiosk answers.
const form = document.getElementById("check");
const said = document.getElementById("checked");
const rooms = document.querySelector("link[rel=home]").getAttribute("href").replace(/index\.html$/, "");

function answer(typed) {
  const digits = typed.normalize("NFKC").replace(/\D/g, "");
  if (digits.length !== 16) return [`校验码是十六位数字，您写了${digits.length}位。`];
  const found = KIOSK_CODES.filter((one) => one.code === digits);
  if (!found.length) {
    return ["公示的文书里、公开栏显示过的里面，没有这个校验码。请再看一遍；别的纸上的，要在会场的网络里核对。"];
  }
  const link = document.createElement("a");
  link.href = found[0].href ? rooms + found[0].href : "";
  link.textContent = found[0].said;
  return ["有：", found[0].href ? link : found[0].said];
}

form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  said.replaceChildren(...answer(new FormData(form).get("code")));
});

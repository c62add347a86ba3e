"""A real CUPS for the tests, private to them: cupsd on a loopback port, one queue, and behind it a printer of the hall.

The printer is a back end, as those of Debian for USB and network are: it says in CUPS' own words what it lacks
(`STATE: +media-empty-error`) as long as the test has it lack it, and then takes the sheets. What it took lies in a
folder, as CUPS' filters made it. Nothing outside that folder is read or changed; no printer of the machine is asked.
"""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

LIBRARY = Path("/usr/lib/cups")
CUPSD = "/usr/sbin/cupsd"
PATIENCE_S = 30
BACKEND = """#!/bin/sh
[ $# -eq 0 ] && {{ echo 'direct hall:/ "Hall" "Hall"'; exit 0; }}
cd {folder}
echo "STATE: -media-empty-error" >&2  # what the last job left, as every back end does
said=
while [ -s lacks ]; do
  now=$(cat lacks)
  [ "$now" = "$said" ] || echo "STATE: +$now" >&2
  said=$now
  case $now in halt) exit 4;; lost) exit 1;; esac
  sleep 0.05
done
[ -z "$said" ] || echo "STATE: -$said" >&2
echo "$4 $5" > "job-$1.asked"
cat > "job-$1.part" && mv "job-$1.part" "job-$1.pdf"
"""
FILES = """ServerRoot {0}/root
ServerBin {0}/bin
CacheDir {0}/cache
RequestRoot {0}/spool
StateDir {0}/state
DataDir /usr/share/cups
TempDir {0}/spool/tmp
AccessLog {0}/log/access
ErrorLog {0}/log/error
PageLog {0}/log/page
Sandboxing relaxed
User {1}
Group {2}
SystemGroup lpadmin
"""
SERVER = """Listen 127.0.0.1:{0}
Browsing Off
DefaultAuthType None
WebInterface No
ErrorPolicy retry-job
JobRetryInterval 1
<Location />
Order allow,deny
Allow 127.0.0.1
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "HALL.PPD"
*Manufacturer: "Hall"
*Product: "(Hall)"
*PSVersion: "(3010.000) 0"
*ModelName: "Hall"
*ShortNickName: "Hall"
*NickName: "Hall"
*ColorDevice: False
*cupsVersion: 2.3
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
"""
SIZES = {"A4": (595, 842), "A3": (842, 1191)}
MARGIN_PT = 12


class PrintHall:
    """cupsd with the queue `hall`; started when made, ended by `close`."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="print-hall-"))
        self.folder.chmod(0o755)  # CUPS' filters are another user's
        self.tray = self.folder / "tray"
        for name in ("root", "cache", "spool/tmp", "state", "log", "tray", "bin/backend"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for part in LIBRARY.iterdir():
            if part.name != "backend":
                (self.folder / "bin" / part.name).symlink_to(part)
        (self.folder / "bin/backend/ipp").symlink_to(LIBRARY / "backend/ipp")
        self._backend()
        self.port = _free_port()
        self.server = f"127.0.0.1:{self.port}"
        self._daemon = None
        self.switch_on()
        self.queue("hall", "hall:/tray")

    def _backend(self):
        path = self.folder / "bin/backend/hall"
        path.write_text(BACKEND.format(folder=self.tray))
        path.chmod(0o700 if os.getuid() == 0 else 0o755)  # as root CUPS runs it as root

    # --- the daemon

    @property
    def address(self):
        return self.address_of("hall")

    def address_of(self, queue):
        return f"ipp://{self.server}/printers/{queue}"

    @property
    def root(self):
        return f"ipp://{self.server}/"

    def switch_on(self):
        user = "lp" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        group = "lp" if os.getuid() == 0 else grp.getgrgid(os.getgid()).gr_name
        files, server = self.folder / "cups-files.conf", self.folder / "cupsd.conf"
        files.write_text(FILES.format(self.folder, user, group))
        server.write_text(SERVER.format(self.port))
        self._daemon = subprocess.Popen([CUPSD, "-f", "-c", server, "-s", files])
        until(lambda: _answers(self.port))

    def switch_off(self):
        self._daemon.terminate()
        self._daemon.wait(timeout=PATIENCE_S)

    def close(self):
        if self._daemon.poll() is None:
            self.switch_off()
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, program, *arguments):
        done = subprocess.run(
            [program, "-h", self.server, *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    # --- its queues

    def queue(self, name, device, sizes=("A4", "A3")):
        ppd = self.folder / f"{name}.ppd"
        ppd.write_text(PPD + _sizes(sizes))
        self.command("lpadmin", "-p", name, "-E", "-v", device, "-P", str(ppd))

    def default(self, name):
        self.command("lpadmin", "-d", name)

    # --- the printer

    def lacks(self, reason):
        """From now on it says so and takes nothing; `halt` stops the queue, with `lost` the line goes dead."""
        part = self.tray / "lacks.part"
        part.write_text(reason)
        part.rename(self.tray / "lacks")

    def mended(self):
        (self.tray / "lacks").unlink(missing_ok=True)

    def came_out(self, job):
        """The PDF that reached the printer; None where it did not."""
        path = self.tray / f"job-{job}.pdf"
        return path.read_bytes() if path.exists() else None

    def asked(self, job):
        """How many copies, and the options, with which it was printed."""
        copies, _, options = (self.tray / f"job-{job}.asked").read_text().partition(" ")
        return int(copies), options.split()

    def all_out(self):
        return sorted(self.tray.glob("job-*.pdf"))


def until(true, patience_s=PATIENCE_S):
    """Wait until it holds; what it held."""
    end = time.monotonic() + patience_s
    while not (held := true()):
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)
    return held


def _sizes(sizes):
    lines = []
    for option in ("PageSize", "PageRegion"):
        lines += [f"*OpenUI *{option}: PickOne", f"*OrderDependency: 10 AnySetup *{option}"]
        lines += [f"*Default{option}: {sizes[0]}"]
        lines += [
            f'*{option} {s}/{s}: "<</PageSize[{SIZES[s][0]} {SIZES[s][1]}]>>setpagedevice"'
            for s in sizes
        ]
        lines += [f"*CloseUI: *{option}"]
    lines += [f"*DefaultImageableArea: {sizes[0]}", f"*DefaultPaperDimension: {sizes[0]}"]
    for size in sizes:
        wide, high = SIZES[size]
        inner = f"{MARGIN_PT} {MARGIN_PT} {wide - MARGIN_PT} {high - MARGIN_PT}"
        lines += [
            f'*ImageableArea {size}/{size}: "{inner}"',
            f'*PaperDimension {size}/{size}: "{wide} {high}"',
        ]
    return "\n".join(lines) + "\n"


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _answers(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0

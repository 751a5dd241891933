"""A minimal Debian system to run the program in: X libraries and a font, and neither Python nor network.

`root` makes the system once and keeps it in the temporary folder; a `BareSystem` is a throw-away layer over
it, in namespaces of its own: another user, no network interface, a home with spaces and Cyrillic in its path.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What the README asks for on Debian, and what drives and watches the program here.
_NEEDED = (
    "libegl1 libgl1 libdbus-1-3 libfontconfig1 libfreetype6 libglib2.0-0 libxcb1 libgcc-s1 libstdc++6 "
    "fonts-dejavu-core"
)
_TOOLS = "xvfb xdotool xclip strace desktop-file-utils"
_USER, _HOME = 1000, "/home/Анна на даче"
_WATCH = "/srv/watch"  # where the screen and the traces are written
_DISPLAY = ":7"
_SIDES = (1280, 900)
_PATIENCE = 90.0  # seconds; the machine may be busy with other things
_SOCKET = re.compile(r"socket\((AF_\w+)")

# Run by root in namespaces of its own. A user's program gets a /dev without devices.
_SET_UP = """
set -e
mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/merged"
cd "$2/merged"
mount -t proc proc proc
mount -t tmpfs tmpfs dev
mkdir dev/shm
chmod 1777 dev/shm tmp
for device in null zero random urandom; do touch dev/$device; mount --bind /dev/$device dev/$device; done
mkdir -p opt/ImgSearch mnt srv/watch ".$4"
mount --bind "$3" opt/ImgSearch
mount -o remount,bind,ro opt/ImgSearch
echo "anna:x:$5:$5::$4:/bin/sh" >> etc/passwd
chown "$5:$5" ".$4" srv/watch
echo ready
exec sleep infinity
"""


def why_not() -> str:
    """Returns why there can be no bare system here, or nothing."""
    tools = ("debootstrap", "unshare", "nsenter", "chroot", "apt-get")
    if missing := [tool for tool in tools if shutil.which(tool) is None]:
        return f"a bare system needs {', '.join(missing)}"
    if os.geteuid() != 0:
        return "a bare system is made by root"
    namespaces = ["unshare", "--mount", "--net", "--pid", "--ipc", "--fork", "true"]
    if subprocess.run(namespaces, capture_output=True, check=False).returncode:
        return "this machine gives no namespaces"
    return ""


def root() -> Path:
    """Returns the folder of the minimal system, made when there is none yet: a minute or two.

    Raises:
        AssertionError: debootstrap failed.
    """
    packages = f"{_NEEDED} {_TOOLS}"
    name = hashlib.sha256(packages.encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir(), f"imgsearch-bare-{name}")
    if folder.is_dir():
        return folder
    part = Path(tempfile.mkdtemp(prefix="imgsearch-bare-part-"))
    part.chmod(0o755)
    include = f"--include={','.join(packages.split())}"
    suite, components, mirror = _source()
    options = ["--variant=minbase", f"--components={','.join(components)}", include]
    command = ["debootstrap", *options, suite, part, mirror]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    part.rename(folder)
    return folder


def _source() -> tuple[str, list[str], str]:
    """Returns the suite, its components and the mirror that this machine's own packages are from."""
    release = Path("/etc/os-release").read_text(encoding="utf-8")
    found = re.search(r"^VERSION_CODENAME=(\w+)", release, re.MULTILINE)
    assert found, "os-release names no version"
    form = "$(CODENAME) $(COMPONENT) $(SITE)"
    listing = ["apt-get", "indextargets", "--format", form, "Created-By: Packages"]
    lines = subprocess.run(listing, capture_output=True, text=True, check=True).stdout.splitlines()
    told = [line.split() for line in lines if line.startswith(f"{found[1]} ")]
    mirrors = [site for _, component, site in told if component == "main"]
    assert mirrors, "apt knows no source of this system's main packages"
    return found[1], sorted({component for _, component, site in told if site == mirrors[0]}), mirrors[0]


def until(condition: Callable[[], object], what: str) -> None:
    """Waits for something that another program does and nobody tells of."""
    end = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < end, f"not within {_PATIENCE:.0f} s: {what}"
        time.sleep(0.1)


class BareSystem:
    """The minimal system with the program in it, in /opt/ImgSearch, which nobody can write to.

    Args:
        bundle: the folder of the program.
        scratch: an empty folder for what is written.

    Attributes:
        home: the user's home, as the system names it.
    """

    home = Path(_HOME)

    def __init__(self, bundle: Path, scratch: Path) -> None:
        self._scratch = scratch
        for name in ("upper", "work", "merged"):
            (scratch / name).mkdir()
        namespaces = ["unshare", "--mount", "--net", "--pid", "--ipc", "--fork", "--kill-child"]
        arguments = [str(root()), str(scratch), str(bundle), _HOME, str(_USER)]
        self._keeper = subprocess.Popen(
            [*namespaces, "sh", "-c", _SET_UP, "sh", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # where it says that its child was killed
            text=True,
        )
        assert self._keeper.stdout is not None
        assert self._keeper.stdout.readline() == "ready\n", "the bare system could not be set up"
        children = Path(f"/proc/{self._keeper.pid}/task/{self._keeper.pid}/children")
        self._inside = int(children.read_text(encoding="ascii"))
        self._traces = 0

    def close(self) -> None:
        """Ends everything in the system."""
        # The first process of the namespace; all others go with it, and the keeper heeds no other signal.
        os.kill(self._inside, signal.SIGKILL)
        self._keeper.communicate()

    def path(self, inside: str | Path) -> Path:
        """Returns where a file of the system is seen from here."""
        return Path(f"/proc/{self._inside}/root{self._scratch}/merged{inside}")

    def give(self, source: Path, name: str) -> Path:
        """Copies a folder into the user's home, and returns its path in the system."""
        target = self.path(self.home / name)
        shutil.copytree(source, target)
        for path in (target, *target.rglob("*")):
            os.chown(path, _USER, _USER)
        return self.home / name

    def _command(self, command: tuple[str | Path, ...], user: int, **variables: str) -> list[str | Path]:
        enter = ["nsenter", f"--target={self._inside}", "--mount", "--net", "--pid", "--ipc"]
        environment = {
            "HOME": _HOME,
            "PATH": "/usr/bin:/usr/sbin:/bin:/sbin",
            "DISPLAY": _DISPLAY,
            "LANG": "C.UTF-8",
            **variables,
        }
        told = [f"{name}={value}" for name, value in environment.items()]
        inside = ["env", "-i", f"--chdir={_HOME}", *told]
        return [*enter, "chroot", f"--userspec={user}:{user}", self._scratch / "merged", *inside, *command]

    def run(self, *command: str | Path, user: int = _USER) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end, by default as the user."""
        return subprocess.run(
            self._command(command, user),
            capture_output=True,
            encoding="utf-8",
            timeout=_PATIENCE * 4,
            check=False,
        )

    @contextlib.contextmanager
    def running(self, *command: str | Path) -> Iterator[subprocess.Popen[bytes]]:
        """Runs a command of the user's beside what the test does; ended when it still runs at the end."""
        # No pipe: what the command started may hold it open for longer than the command runs.
        with (self._scratch / "output.txt").open("a", encoding="utf-8") as output:
            process = subprocess.Popen(self._command(command, _USER), stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def traced(self, *command: str | Path) -> tuple[str | Path, ...]:
        """Returns the command as one whose sockets, and those of its children, are written down."""
        self._traces += 1
        # Other system calls are not stopped at, so that the program is as fast as ever.
        options = (
            "-f",
            "-qq",
            "--seccomp-bpf",
            "-e",
            "trace=socket",
            "-o",
            f"{_WATCH}/sockets-{self._traces}",
        )
        return ("strace", *options, *command)

    def sockets(self) -> set[str]:
        """Returns the address families of all sockets that traced commands asked for, got or not."""
        assert self._traces, "nothing was traced"
        told = [
            self.path(f"{_WATCH}/sockets-{i + 1}").read_text(encoding="utf-8") for i in range(self._traces)
        ]
        return {family for text in told for family in _SOCKET.findall(text)}

    @contextlib.contextmanager
    def screen(self) -> Iterator[None]:
        """A screen, while the block runs."""
        size = f"{_SIDES[0]}x{_SIDES[1]}x24"
        with self.running("Xvfb", _DISPLAY, "-screen", "0", size, "-fbdir", _WATCH, "-nolisten", "tcp"):
            until(lambda: self.run("xdotool", "getmouselocation").returncode == 0, "the screen")
            yield

    def picture(self) -> Image.Image:
        """Returns what is on the screen."""
        data = self.path(f"{_WATCH}/Xvfb_screen0").read_bytes()
        header = np.frombuffer(data[:100], ">u4")  # XWD: 25 numbers, a name, colours, then the pixels
        begin = int(header[0]) + 12 * int(header[19])
        width, height, line = int(header[4]), int(header[5]), int(header[12])
        rows = np.frombuffer(data, np.uint8, line * height, begin).reshape(height, line)
        return Image.fromarray(rows.reshape(height, -1, 4)[:, :width, 2::-1].copy())

    def window(self, title: str) -> str:
        """Waits for a window whose title matches, gives it the keyboard, and returns its number."""
        found: list[str] = []

        def look() -> bool:
            found[:] = self.run("xdotool", "search", "--onlyvisible", "--name", title).stdout.split()
            return bool(found)

        until(look, f"a window {title!r}")
        assert self.run("xdotool", "windowfocus", "--sync", found[-1]).returncode == 0
        return found[-1]

    def paste(self, text: str) -> None:
        """Pastes into the window that has the keyboard; xdotool types only what is on the keyboard."""
        # xclip stays, to hand the text over, and must not hold our pipes.
        copy = 'printf %s "$1" | xclip -selection clipboard -in >/dev/null 2>&1'
        assert self.run("sh", "-c", copy, "sh", text).returncode == 0
        self.press("ctrl+v")

    def press(self, *keys: str) -> None:
        """Presses keys, such as ``ctrl+q`` or ``Return``, one after another."""
        assert self.run("xdotool", "key", "--delay", "50", *keys).returncode == 0

    def clipboard(self) -> str:
        """Returns the text in the clipboard."""
        return self.run("timeout", "5", "xclip", "-selection", "clipboard", "-out").stdout

"""What every peer in Python needs: the arguments, and the lines with the measurement."""

import json
import resource
import sys
import time
from types import SimpleNamespace


def arguments():
    asked = SimpleNamespace(workload=sys.argv[1], host="127.0.0.1", port=143, tls=False, ca="", user="",
                            password="", mailbox="INBOX", count=1)
    for argument in sys.argv[2:]:
        key, value = argument.split("=", 1)
        if not hasattr(asked, key):
            sys.exit(f"{key}: an argument that no peer knows")
        kind = type(getattr(asked, key))
        setattr(asked, key, value == "yes" if kind is bool else kind(value))
    return asked


def cannot(why):
    print(why, file=sys.stderr)
    sys.exit(3)


def memory_kib(name):
    """A line of /proc/self/status: VmRSS or VmHWM."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name + ":"))


def now():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return time.monotonic(), usage.ru_utime, usage.ru_stime


def say(**line):
    print(json.dumps(line), flush=True)


class Work:
    """Begins when it is made; finish() prints the line."""

    def __init__(self):
        self.start = now()

    def finish(self, items, size=0):
        wall, user, system = (b - a for a, b in zip(self.start, now()))
        say(items=items, bytes=size, wall=wall, user=user, sys=system, peak_kib=memory_kib("VmHWM"))

#!/usr/bin/env python3
"""Runs a command and prints what it took: seconds on the wall, seconds of processor time, peak memory in bytes (both its own, from wait4).

    measure.py ROUNDS STDIN COMMAND... [--- COMMAND...]...

STDIN is a file, or `yes:BYTES:FILE` for a stream of that many bytes that repeats FILE's first line. Commands take turns for ROUNDS
rounds; for each one the best times and the highest peak are printed, a line a command.
"""

import os
import subprocess
import sys
import threading
import time


def open_input(stdin):
    if not stdin.startswith("yes:"):
        return open(stdin, "rb"), None
    _, size, path = stdin.split(":", 2)
    with open(path, "rb") as lines:
        line = lines.readline()
    reading, writing = os.pipe()

    def feed():
        block = line * (1 + 65536 // len(line))
        left = int(size)
        with os.fdopen(writing, "wb", buffering=0) as stream:
            while left > 0:
                left -= stream.write(block)

    thread = threading.Thread(target=feed, daemon=True)
    return os.fdopen(reading, "rb"), thread


def run(command, stdin):
    source, feeder = open_input(stdin)
    if feeder:
        feeder.start()
    start = time.perf_counter()
    child = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL)
    source.close()
    _, status, usage = os.wait4(child.pid, 0)
    elapsed = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"measure: {command[0]} ended with {child.returncode}")
    return elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main():
    rounds, stdin, *rest = sys.argv[1:]
    commands = [[]]
    for word in rest:
        if word == "---":
            commands.append([])
        else:
            commands[-1].append(word)
    results = [[] for _ in commands]
    for _ in range(int(rounds)):
        for command, result in zip(commands, results):
            result.append(run(command, stdin))
    for result in results:
        elapsed, processor, peak = zip(*result)
        print(f"{min(elapsed):.6f} {min(processor):.6f} {max(peak)}")


if __name__ == "__main__":
    main()

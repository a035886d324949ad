#!/usr/bin/env python3
"""A complete Paddock player in Python's standard library alone.

It registers, logs in, opens the WebSocket, queues, waits for PlayerMatched, connects to the match's own game server
over TLS that is pinned to the match's key, races, and prints the result. Start two of them at once and they play
against each other:

    python3 player.py --name Ada & python3 player.py --name Bob; wait

Needs Python 3.8 or newer. Exit code 0 when the race ended and both channels said the same result.
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import secrets
import socket
import ssl
import struct
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


class Failure(Exception):
    """What is printed before the program ends with exit code 1."""


# --- REST: JSON in, JSON out, errors as application/problem+json -----------------------------------------------------


def call(base, method, path, body=None, token=None):
    headers = {"Accept": "application/json"}
    data = None
    if body is not None:
        data = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
    if token is not None:
        headers["Authorization"] = "Bearer " + token
    request = urllib.request.Request(base + path, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=15) as response:
            text = response.read()
            return json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        problem = error.read().decode("utf-8", "replace")
        try:
            parsed = json.loads(problem)
            problem = "%s: %s" % (parsed.get("title"), parsed.get("detail"))
        except ValueError:
            pass
        raise Failure("%s %s was answered with %d: %s" % (method, path, error.code, problem))
    except urllib.error.URLError as error:
        raise Failure("no platform answers at %s (%s); start one with ./paddock up" % (base, error.reason))


# --- WebSocket (RFC 6455), as much as a client of text frames needs --------------------------------------------------


class WebSocket:
    TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10

    def __init__(self, base, path, token):
        url = urllib.parse.urlsplit(base)
        secure = url.scheme == "https"
        port = url.port or (443 if secure else 80)
        self.socket = socket.create_connection((url.hostname, port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if secure:
            self.socket = ssl.create_default_context().wrap_socket(self.socket, server_hostname=url.hostname)
        self.buffer = b""
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            (
                "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: paddock.v1\r\n"
                "Authorization: Bearer %s\r\n\r\n" % (path, url.hostname, port, key, token)
            ).encode()
        )
        try:
            self.check_handshake(key)
        except (socket.timeout, TimeoutError):
            raise Failure("the WebSocket's handshake was not answered within 10 s")

    def check_handshake(self, key):
        while b"\r\n\r\n" not in self.buffer:
            self.receive()
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        headers = dict((n.strip().lower(), v.strip()) for n, v in (line.split(":", 1) for line in lines[1:]))
        expected = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
        if " 101 " not in lines[0] + " ":
            raise Failure("the WebSocket was answered with " + lines[0])
        if headers.get("sec-websocket-accept") != base64.b64encode(expected).decode():
            raise Failure("the WebSocket's handshake is not RFC 6455's")
        if headers.get("sec-websocket-protocol") != "paddock.v1":
            raise Failure("the server does not speak paddock.v1")

    def receive(self):
        data = self.socket.recv(65536)
        if not data:
            raise Failure("the socket was closed")
        self.buffer += data

    def take(self, count):
        while len(self.buffer) < count:
            self.receive()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def send(self, opcode, payload=b""):
        mask = os.urandom(4)
        length = len(payload)
        if length < 126:
            head = struct.pack("!BB", 0x80 | opcode, 0x80 | length)
        else:
            head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, length)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.socket.sendall(head + mask + masked)

    def next(self, timeout):
        """The next JSON frame; pings are answered on the way."""
        deadline = time.monotonic() + timeout
        message = b""
        while True:
            self.socket.settimeout(max(0.001, deadline - time.monotonic()))
            first, second = self.take(2)
            length = second & 0x7F
            if length == 126:
                (length,) = struct.unpack("!H", self.take(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", self.take(8))
            payload = self.take(length)
            opcode = first & 0x0F
            if opcode == self.PING:
                self.send(self.PONG, payload)
            elif opcode == self.CLOSE:
                code = struct.unpack("!H", payload[:2])[0] if len(payload) >= 2 else 1005
                raise Failure("the socket was closed with %d %s" % (code, payload[2:].decode("utf-8", "replace")))
            elif opcode in (0, self.TEXT):
                message += payload
                if first & 0x80:
                    return json.loads(message)

    def wait_for(self, wanted, timeout, matches=lambda frame: True, meanwhile=lambda frame: None):
        """The next frame of this type; others, known or not, are passed over, or to whom it concerns meanwhile."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                frame = self.next(deadline - time.monotonic())
            except (socket.timeout, TimeoutError):
                raise Failure("no %s within %d s" % (wanted, timeout))
            if frame.get("type") == wanted and matches(frame):
                return frame
            if frame.get("type") == "MatchCancelled":
                print("the match was cancelled: %s" % frame.get("reason"))
                if frame.get("ticketId") is None:
                    raise Failure("the ticket is gone; queue again")
            meanwhile(frame)

    def close(self):
        try:
            self.send(self.CLOSE, struct.pack("!H", 1000))
        except OSError:
            pass
        self.socket.close()


# --- The game server's channel: TLS that is pinned to one public key, one JSON object a line ----------------------------


def element(der, at):
    """A DER element at this place: (where its content begins, where it ends)."""
    length = der[at + 1]
    begin = at + 2
    if length & 0x80:
        count = length & 0x7F
        length = int.from_bytes(der[begin : begin + count], "big")
        begin += count
    return begin, begin + length


def public_key_info(certificate):
    """The SubjectPublicKeyInfo of an X.509 certificate in DER (RFC 5280, 4.1)."""
    at, _ = element(certificate, 0)  # Certificate
    at, _ = element(certificate, at)  # TBSCertificate
    if certificate[at] == 0xA0:  # [0] version
        _, at = element(certificate, at)
    for _ in ("serialNumber", "signature", "issuer", "validity", "subject"):
        _, at = element(certificate, at)
    _, end = element(certificate, at)
    return certificate[at:end]


class GameServer:
    def __init__(self, host, port, pin):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # the pin below decides, and nothing is sent before it
        plain = socket.create_connection((host, port), timeout=10)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = context.wrap_socket(plain)
        seen = hashlib.sha256(public_key_info(self.socket.getpeercert(binary_form=True))).digest()
        if not hmac.compare_digest(seen, base64.b64decode(pin)):
            self.socket.close()
            raise Failure("the game server has another key than the match")
        self.buffer = b""

    def say(self, **line):
        self.socket.sendall(json.dumps(line).encode() + b"\n")

    def next(self, timeout=60):
        """The next line, or None when the server has closed the connection."""
        self.socket.settimeout(timeout)
        while b"\n" not in self.buffer:
            try:
                data = self.socket.recv(65536)
            except (socket.timeout, TimeoutError):
                raise Failure("the game server said nothing for %d s" % timeout)
            if not data:
                return None
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        return json.loads(line)

    def close(self):
        self.socket.close()


def race(server, me, join_token):
    """First gear and no throttle until green, then full throttle; eased while the wheels spin; shift at shiftRpm."""
    server.say(type="Join", joinToken=join_token)
    grid = {"gears": 1, "shiftRpm": float("inf")}
    held = None
    while True:
        line = server.next()
        if line is None:
            raise Failure("the game server closed the connection before the result")
        kind = line.get("type")
        if kind == "Result":
            return line["result"]
        if kind in ("Rejected", "Dropped"):
            raise Failure("%s: %s: %s" % (kind, line.get("code"), line.get("reason")))
        if kind == "Joined":
            print("joined, %d players" % len(line["players"]))
        if kind == "Grid":
            grid = line
        if kind == "Countdown":
            print("green!" if line["startsInMs"] == 0 else "lights: %d" % line["lights"])
        if kind == "Snapshot":
            wanted = drive(line, grid, me)
            if wanted != held:
                held = wanted
                server.say(type="Input", throttle=wanted[0], gear=wanted[1])


def drive(snapshot, grid, me):
    """(throttle, gear) for what is seen."""
    for racer in snapshot["racers"]:
        if racer["playerId"] != me:
            continue
        if snapshot["phase"] != "RACING" or racer["status"] != "RACING":
            break
        gear = max(1, racer["gear"])
        if racer["spinning"]:
            return 0.7, gear
        if racer["rpm"] >= grid["shiftRpm"] and gear < grid["gears"]:
            return 1, gear + 1
        return 1, gear
    return 0, 1


# --- The whole way -----------------------------------------------------------------------------------------------------


def measure(regions):
    """Latency in whole milliseconds by region, where there is a place to ping."""
    latencies = {}
    for region in regions:
        if not region.get("pingUrl"):
            continue
        best = None
        for _ in range(3):
            before = time.monotonic()
            with urllib.request.urlopen(region["pingUrl"], timeout=5) as response:
                response.read()
            took = (time.monotonic() - before) * 1000
            best = took if best is None else min(best, took)
        latencies[region["name"]] = max(1, round(best))
    return latencies


def show(result, names):
    print("result: %s" % result["outcome"])
    for standing in result["standings"]:
        stats = standing.get("stats", {})
        print(
            "  %d. %-20s %s"
            % (
                standing["place"],
                names.get(standing["playerId"], standing["playerId"]),
                standing.get("note") or "%.3f s, top %.0f km/h" % (stats.get("seconds", 0), stats.get("topSpeedKmh", 0)),
            )
        )


def play(base, mode, name):
    # A name is an account for good, so each run makes a new one.
    credentials = {"name": "%s-%s" % (name, secrets.token_hex(4)), "password": secrets.token_urlsafe(18)}
    call(base, "POST", "/v1/players", credentials)
    login = call(base, "POST", "/v1/login", credentials)
    token, me = login["accessToken"], login["playerId"]
    print("%s is player %s" % (credentials["name"], me))
    ws = None
    try:
        ws = WebSocket(base, "/v1/socket", token)
        ws.wait_for("Welcome", 10)
        latencies = measure(call(base, "GET", "/v1/regions", token=token))
        ticket = call(base, "POST", "/v1/tickets", {"mode": mode, "latencies": latencies}, token)
        print("queued with ticket %s" % ticket["ticketId"])
        return play_match(base, token, me, ws)
    finally:
        if ws is not None:
            ws.close()
        call(base, "DELETE", "/v1/login", token=token)


def play_match(base, token, me, ws):
    def accept(frame):
        # Some modes ask their players before a match begins; the frame comes again whenever somebody has accepted.
        if frame.get("type") == "MatchFound" and not frame["byYou"]:
            print("a match was found; accepting it")
            call(base, "POST", "/v1/matches/%s/accept" % frame["matchId"], token=token)

    matched = ws.wait_for("PlayerMatched", 120, meanwhile=accept)
    match, server = matched["matchId"], matched["server"]
    print("match %s on %s:%d" % (match, server["host"], server["ports"]["tcp"]))
    key = call(base, "GET", "/v1/matches/%s/server-key" % match, token=token)
    if key["publicKeySha256"] != server["publicKeySha256"]:
        raise Failure("REST and the socket name different keys for match " + match)
    game = GameServer(server["host"], server["ports"]["tcp"], server["publicKeySha256"])
    try:
        result = race(game, me, matched["joinToken"])
    finally:
        game.close()
    ended = ws.wait_for("MatchEnded", 15, lambda frame: frame["matchId"] == match)
    show(result, dict((player["playerId"], player["name"]) for player in matched["players"]))
    if ended["result"] != result:
        raise Failure("the game server and the platform say different results")


def main():
    parser = argparse.ArgumentParser(description="Play one match of Paddock.")
    parser.add_argument("--url", default="http://127.0.0.1:8080", help="a game manager's address")
    parser.add_argument("--mode", default="drag-race", help="what to play")
    parser.add_argument("--name", default="Pyra", help="what the player's name begins with")
    options = parser.parse_args()
    try:
        play(options.url.rstrip("/"), options.mode, options.name)
    except (Failure, OSError, KeyError, ValueError) as failure:
        print("failed: %s" % (failure if isinstance(failure, Failure) else repr(failure)), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

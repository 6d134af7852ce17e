"use strict";
// The floor of the language: the wire written by hand, as little of it as will do, on the bare WebSocket library.
const { parseArgs } = require("node:util");
const { WebSocketServer } = require("ws");

const { values } = parseArgs({ options: { port: { type: "string" }, "ping-interval": { type: "string" } } });
const pingInterval = Number(values["ping-interval"]);

// A buffer that stands ready is sent as it is; a string would be encoded anew for each socket.
const text = (string) => Buffer.from(string);
const AS_TEXT = { binary: false };
const PING = text("2");

const rooms = new Map();
let sockets = 0;

function join(socket, room) {
  let members = rooms.get(room);
  if (members === undefined) {
    rooms.set(room, (members = new Set()));
  }
  members.add(socket);
  socket.joined.push(room);
}

function leave(socket) {
  for (const room of socket.joined) {
    const members = rooms.get(room);
    members?.delete(socket);
    if (members?.size === 0) {
      rooms.delete(room);
    }
  }
}

function publish(room, data) {
  const packet = text('42["message",' + data + "]");
  for (const member of rooms.get(room) ?? []) {
    member.send(packet, AS_TEXT);
  }
}

// 42 ID ["EVENT",FIRST...: the event's name, and where its first argument begins.
function event(socket, packet) {
  const bracket = packet.indexOf("[");
  const nameEnd = packet.indexOf('"', bracket + 2);
  const first = nameEnd + 2;
  switch (packet.slice(bracket + 2, nameEnd)) {
    case "join":
      join(socket, packet.slice(first + 1, -2));
      socket.send(text("43" + packet.slice(2, bracket) + "[]"), AS_TEXT);
      break;
    case "publish": {
      const roomEnd = packet.indexOf('"', first + 1);
      publish(packet.slice(first + 1, roomEnd), packet.slice(roomEnd + 2, -1));
      break;
    }
    case "message-with-ack":
      socket.send(text("43" + packet.slice(2, bracket) + "[" + packet.slice(first)), AS_TEXT);
      break;
  }
}

function received(data) {
  const packet = data.toString();
  if (packet.startsWith("42")) {
    event(this, packet);
  } else if (packet.startsWith("40")) {
    this.send(text(`40{"sid":"${this.id}"}`), AS_TEXT);
  }
}

function closed() {
  leave(this);
}

const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(values.port),
  path: "/socket.io/",
  perMessageDeflate: false,
});
server.on("connection", (socket) => {
  socket.id = String(++sockets).padStart(20, "0");
  socket.joined = [];
  socket.on("message", received);
  socket.on("close", closed);
  socket.on("error", closed);
  const open = { sid: socket.id, upgrades: [], pingInterval, pingTimeout: 20000, maxPayload: 1000000 };
  socket.send(text("0" + JSON.stringify(open)), AS_TEXT);
});
setInterval(() => {
  for (const socket of server.clients) {
    socket.send(PING, AS_TEXT);
  }
}, pingInterval);

"use strict";
// The reference server with its defaults. With --redis it is one node of several.
const { createServer } = require("node:http");
const { parseArgs } = require("node:util");
const { Server } = require("socket.io");

const { values } = parseArgs({
  options: { port: { type: "string" }, "ping-interval": { type: "string" }, redis: { type: "string" } },
});

async function adapter(url) {
  const { createAdapter } = require("@socket.io/redis-adapter");
  const { createClient } = require("redis");
  const publisher = createClient({ url });
  const subscriber = publisher.duplicate();
  for (const client of [publisher, subscriber]) {
    client.on("error", (error) => console.error(error));
  }
  await Promise.all([publisher.connect(), subscriber.connect()]);
  return createAdapter(publisher, subscriber);
}

async function main() {
  const http = createServer();
  const options = { pingInterval: Number(values["ping-interval"]), serveClient: false };
  if (values.redis) {
    options.adapter = await adapter(values.redis);
  }
  const io = new Server(http, options);
  io.on("connection", (socket) => {
    socket.on("join", async (room, ack) => {
      await socket.join(room);
      ack();
    });
    socket.on("publish", (room, data) => io.to(room).emit("message", data));
    socket.on("message-with-ack", (data, ack) => ack(data));
  });
  http.listen(Number(values.port), "127.0.0.1");
}

main();

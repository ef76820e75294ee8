import { createServer } from "node:http";

const { verified } = await import(process.argv[2] ?? "./verify-webhook.mjs");
const seen = new Set(); // Yours lies in a database: at least once means that an event may come twice.

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const event = verified(process.env.WEBHOOK_SECRET, request.headers, Buffer.concat(chunks).toString());
  if (event && !seen.has(event.data.id)) process.stdout.write(`${event.type} ${event.data.objectId}\n`);
  if (event) seen.add(event.data.id);
  response.writeHead(event ? 204 : 401).end(); // Within 15 seconds: put it into a queue of yours, and answer.
});

server.listen(process.env.PORT ?? 9000, "127.0.0.1", () => process.stdout.write("listening\n"));

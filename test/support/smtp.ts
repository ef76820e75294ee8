import { createServer, type Server, type Socket } from "node:net";

/** A mail as it came over the line. */
export interface Received {
  /** Of the envelope. */
  from: string;
  to: string[];
  /** Names in lower case, folded lines put together, as they stood. */
  headers: Map<string, string>;
  /** Everything, with its own line ends. */
  raw: string;
}

interface Options {
  /** First word or two of a command -> what it is answered instead; null: the connection is cut. */
  answers?: Readonly<Record<string, string | null>>;
  /** Which login is let in; nobody has to log in where it is left out. */
  login?: { user: string; password: string };
}

export interface SmtpServer {
  port: number;
  mails: Received[];
  /** Every command that was sent, in order. */
  commands: string[];
  answers: Record<string, string | null>;
  close(): Promise<void>;
}

/** A mail server on loopback that keeps what it is given. @see RFC 5321 */
export async function startSmtpServer({ answers = {}, login }: Options = {}): Promise<SmtpServer> {
  const sockets = new Set<Socket>();
  const told: Pick<SmtpServer, "mails" | "commands" | "answers"> = { mails: [], commands: [], answers: { ...answers } };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    converse(socket, told, login);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { ...told, port: (server.address() as { port: number }).port, close: () => closed(server, sockets) };
}

function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => server.close(() => resolve()));
}

type Conversation = Pick<SmtpServer, "mails" | "commands" | "answers">;

function converse(socket: Socket, { mails, commands, answers }: Conversation, login: Options["login"]): void {
  let [pending, from, to, lines] = ["", "", [] as string[], null as string[] | null];
  const say = (text: string | null) => (text === null ? socket.destroy() : socket.write(`${text}\r\n`));
  const usual: Record<string, (command: string) => string> = {
    EHLO: () => `250-test\r\n250-8BITMIME\r\n250-SMTPUTF8${login ? "\r\n250-AUTH PLAIN" : ""}\r\n250 SIZE 1000000`,
    AUTH: (command) => {
      const expected = Buffer.from(`\0${login?.user}\0${login?.password}`).toString("base64");
      return command.endsWith(` ${expected}`) ? "235 welcome" : "535 5.7.8 wrong user or password";
    },
    "MAIL FROM": (command) => {
      from = between(command);
      to = [];
      return "250 ok";
    },
    "RCPT TO": (command) => {
      to.push(between(command));
      return "250 ok";
    },
    DATA: () => {
      lines = [];
      return "354 go on";
    },
    GREETING: () => "220 test",
    QUIT: () => "221 bye",
    END: () => {
      mails.push(received(from, to, lines!.join("\r\n")));
      lines = null;
      return "250 taken";
    },
  };
  const answer = (name: string, command: string) => {
    if (name in answers) say(answers[name]!);
    else say(usual[name]?.(command) ?? "502 what?");
  };
  const hear = (line: string) => {
    if (lines && line !== ".") return void lines.push(line.replace(/^\./, ""));
    if (lines) return answer("END", line);
    commands.push(line);
    answer(/^(MAIL FROM|RCPT TO|[A-Z]+)/i.exec(line)?.[0]?.toUpperCase() ?? "", line);
  };
  socket.setEncoding("utf8").on("data", (chunk) => {
    const parts = (pending + chunk).split("\r\n");
    pending = parts.pop()!;
    for (const line of parts) hear(line);
  });
  answer("GREETING", "");
}

const between = (command: string): string => /<([^>]*)>/.exec(command)?.[1] ?? "";

function received(from: string, to: string[], raw: string): Received {
  const [head = ""] = raw.split("\r\n\r\n", 1);
  const unfolded = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
  const headers = unfolded.map((line) => /^([^:]+): ?(.*)$/.exec(line)!.slice(1) as [string, string]);
  return { from, to: [...to], headers: new Map(headers.map(([name, value]) => [name.toLowerCase(), value])), raw };
}

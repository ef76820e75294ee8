const CONNECTION_MILLISECONDS = 10_000;
/** Without a byte. */
const SOCKET_MILLISECONDS = 30_000;

const PORTS: Readonly<Record<string, number>> = { "smtps:": 465, "smtp:": 587 };

const LOOPBACK: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/** An address such as smtp://user:password@mail.example:587, and nothing behind it; smtps encrypts from the start. */
export function isSmtpUrl(text: string): boolean {
  if (!/^smtps?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password, pathname, search, hash } = new URL(text);
  const isLogin = (username === "") === (password === "") && isEncoded(username) && isEncoded(password);
  return hostname !== "" && isLogin && /^\/?$/.test(pathname) && search === "" && hash === "";
}

/** Whether every percent sign begins a character. */
function isEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== "" || text === "";
  } catch {
    return false;
  }
}

/** How to reach the server that the URL names. A password is sent encrypted, or not at all, but to this machine. */
export function smtpOptions(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "smtps:";
  const auth = username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined;
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port ? Number(port) : PORTS[protocol]!,
    secure,
    requireTLS: auth !== undefined && !secure && !LOOPBACK.includes(hostname.toLowerCase()),
    ...(auth ? { auth } : {}),
    connectionTimeout: CONNECTION_MILLISECONDS,
    greetingTimeout: CONNECTION_MILLISECONDS,
    socketTimeout: SOCKET_MILLISECONDS,
  };
}

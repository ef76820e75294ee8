import { TargetRefused, targetOf } from "../../../src/platform/http/outbound-target";
import type { Outbound } from "../../../src/platform/jobs/outbound";

/** A resolver that knows a few names. */
const NAMES: Record<string, readonly string[]> = {
  "hooks.example.org": ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
  "rebound.example.org": ["127.0.0.1"],
  "half.example.org": ["93.184.215.14", "10.0.0.1"],
  "mapped.example.org": ["::ffff:169.254.169.254"],
  localhost: ["127.0.0.1"],
  "localhost.": ["127.0.0.1"],
  "silent.example.org": [],
};

const outbound = (...allowed: string[]): Outbound => ({
  allowed,
  haste: 1,
  resolve: async (host) => {
    const addresses = NAMES[host];
    if (!addresses) throw new Error("ENOTFOUND");
    return addresses;
  },
});

const codeOf = async (url: string, ...allowed: string[]): Promise<string> =>
  targetOf(outbound(...allowed), url).then(
    () => "called",
    (error: unknown) => (error instanceof TargetRefused ? error.code : String(error)),
  );

test.each([
  ["https://hooks.example.org/in"],
  ["https://hooks.example.org:8443/in?team=1#top"],
  ["HTTPS://HOOKS.EXAMPLE.ORG/"],
  ["https://93.184.215.14/"],
  ["https://[2606:4700:4700::1111]/"],
])("%s may be called", async (url) => expect(await codeOf(url)).toBe("called"));

describe("what is never called", () => {
  test.each([
    ["no URL", "hooks.example.org"],
    ["nothing", ""],
    ["http", "http://hooks.example.org/"],
    ["another scheme", "ftp://hooks.example.org/"],
    ["a file", "file:///etc/passwd"],
    ["a script", "javascript:alert(1)"],
    ["a name and a password", "https://me:secret@hooks.example.org/"],
    ["a name that looks like a host", "https://hooks.example.org@127.0.0.1/"],
    ["loopback", "https://127.0.0.1/"],
    ["loopback by name", "https://localhost/"],
    ["loopback by its full name", "https://localhost./"],
    ["loopback in capitals", "https://LOCALHOST/"],
    ["loopback, decimal", "https://2130706433/"],
    ["loopback, octal", "https://0177.0.0.1/"],
    ["loopback, hexadecimal", "https://0x7f000001/"],
    ["loopback, hexadecimal in parts", "https://0x7f.0x0.0x0.0x1/"],
    ["loopback, short", "https://127.1/"],
    ["loopback with a dot at its end", "https://127.0.0.1./"],
    ["loopback in full-width digits", "https://１２７.0.0.1/"],
    ["loopback in encoded letters", "https://%31%32%37.0.0.1/"],
    ["nothing at all, which leads to loopback", "https://0/"],
    ["mapped loopback", "https://[::ffff:7f00:1]/"],
    ["mapped loopback, dotted", "https://[::ffff:127.0.0.1]/"],
    ["loopback in IPv6", "https://[::1]/"],
    ["metadata", "https://169.254.169.254/latest/meta-data/"],
    ["metadata, decimal", "https://2852039166/"],
    ["a name that leads to loopback", "https://rebound.example.org/"],
    ["a name of which one address is private", "https://half.example.org/"],
    ["a name that leads to mapped metadata", "https://mapped.example.org/"],
  ])("%s: %s", async (_, url) => expect(await codeOf(url)).toBe("TARGET_NOT_ALLOWED"));

  test.each([
    ["a name that nobody knows", "https://unknown.example.org/"],
    ["a name without addresses", "https://silent.example.org/"],
  ])("%s: %s", async (_, url) => expect(await codeOf(url)).toBe("TARGET_UNREACHABLE"));
});

describe("what the operator allows", () => {
  test.each([
    ["http://127.0.0.1:8080/", "127.0.0.1:8080", "called"],
    ["http://127.0.0.1:8081/", "127.0.0.1:8080", "TARGET_NOT_ALLOWED"],
    ["http://127.0.0.1:8081/", "127.0.0.1", "called"],
    ["http://localhost/", "localhost:80", "called"],
    ["https://localhost/", "localhost:443", "called"],
    ["https://localhost/", "localhost:80", "TARGET_NOT_ALLOWED"],
    ["http://2130706433/", "127.0.0.1", "called"],
    ["http://localhost.example.org/", "localhost", "TARGET_NOT_ALLOWED"],
    ["http://me:secret@localhost/", "localhost", "TARGET_NOT_ALLOWED"],
    ["ftp://localhost/", "localhost", "TARGET_NOT_ALLOWED"],
  ])("%s with %s allowed: %s", async (url, allowed, outcome) => expect(await codeOf(url, allowed)).toBe(outcome));
});

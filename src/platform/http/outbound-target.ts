import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Outbound, Resolve } from "../jobs/outbound";
import { fewAtOnce } from "./lookups";
import { isPublicAddress, plainAddress } from "./public-address";

/** Why a target is not called: it may not be, or its host has no address. */
export class TargetRefused extends Error {
  override name = "TargetRefused";
  constructor(
    readonly code: "TARGET_NOT_ALLOWED" | "TARGET_UNREACHABLE",
    message: string,
  ) {
    super(message);
  }
}

/** Where a call goes: the URL, and the very addresses that were checked. */
export interface Target {
  readonly url: URL;
  readonly addresses: readonly string[];
}

const notAllowed = (message: string): TargetRefused => new TargetRefused("TARGET_NOT_ALLOWED", message);

const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/** Whether the operator lets it be called wherever it leads. */
function isAllowed({ allowed }: Outbound, { hostname, protocol, port }: URL): boolean {
  return allowed.includes(hostname) || allowed.includes(`${hostname}:${port || DEFAULT_PORTS[protocol]}`);
}

const systemResolve: Resolve = fewAtOnce(
  async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  { atOnce: 2, milliseconds: 5000 },
);

/** What an IPv6 address stands in within a URL. */
const unbracketed = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, "$1");

async function addressesOf(resolve: Resolve, { hostname }: URL): Promise<readonly string[]> {
  const host = unbracketed(hostname);
  const addresses = isIP(host) ? [host] : await resolve(host).catch(() => []);
  if (addresses.length === 0) throw new TargetRefused("TARGET_UNREACHABLE", "The host's name leads to no address.");
  return addresses.map(plainAddress);
}

/**
 * Reads a URL, and looks where it leads. The URL parser has written odd spellings of addresses out: decimal, octal,
 * hexadecimal. One address that is not public among many is one too many: which is called would be chance.
 * @throws TargetRefused
 */
export async function targetOf(outbound: Outbound, text: string): Promise<Target> {
  if (!URL.canParse(text)) throw notAllowed("This is no URL: one such as https://example.org/hooks is wanted.");
  const url = new URL(text);
  const allowed = isAllowed(outbound, url);
  if (url.protocol !== "https:" && !(allowed && url.protocol === "http:"))
    throw notAllowed("Only https is called, so that what is sent stays between the two.");
  if (url.username || url.password)
    throw notAllowed("The URL holds a name or a password: the signature says who sends.");
  const addresses = await addressesOf(outbound.resolve ?? systemResolve, url);
  if (!allowed && !addresses.every(isPublicAddress))
    throw notAllowed("The host leads to an address that is not on the public internet.");
  return { url, addresses };
}

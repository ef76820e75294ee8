import { isIPv6 } from "node:net";

const GROUPS = 8;
/** Of the part of an IPv6 address that one customer of a provider has: what follows, they choose as they like. */
const NETWORK_GROUPS = 4;

/** Whom an address stands for: an IPv4 address itself, of IPv6 the network of 64 bits. @see RFC 6177 */
export function networkOf(address: string): string {
  const [bare = ""] = address.split("%");
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare) ?? [];
  if (mapped) return mapped;
  if (!isIPv6(bare)) return address;
  const [head = "", tail] = bare.split("::");
  const [before, after] = [head, tail ?? ""].map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: tail === undefined ? 0 : GROUPS - before!.length - after!.length }, () => "0");
  const groups = [...before!, ...zeros, ...after!].slice(0, NETWORK_GROUPS);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

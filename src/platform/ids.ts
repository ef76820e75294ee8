import { randomFillSync, randomInt } from "node:crypto";
import { epochMilliseconds } from "./time";

/**
 * Ids are UUIDv7 whose twelve `rand_a` bits carry the number of the type, so that `node(id)` and a mistaken id are
 * decided from the id alone. Clients treat them as opaque.
 * @see RFC 9562 section 5.7; docs/decisions/0002-ids-that-know-their-type.md
 */
const numberOf = new Map<string, number>();
const typeOf = new Map<number, string>();

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7([0-9a-f]{3})-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const HIGHEST = 0xfff;

/** Called once per manifest. @throws Error when a number is reused or out of range: a defect of the manifest */
export function registerIdTypes(types: Readonly<Record<string, number>>): void {
  for (const [type, number] of Object.entries(types)) {
    if (!Number.isInteger(number) || number < 1 || number > HIGHEST)
      throw new Error(`${type}: ${number} is no type number`);
    if ((numberOf.get(type) ?? number) !== number)
      throw new Error(`${type} has the number ${numberOf.get(type)} already`);
    if ((typeOf.get(number) ?? type) !== type)
      throw new Error(`${type} reuses number ${number} of ${typeOf.get(number)}`);
    numberOf.set(type, number);
    typeOf.set(number, type);
  }
}

const RANDOM_BYTES = 6;
const pool = Buffer.alloc(RANDOM_BYTES * 512);
let used = pool.length;

function randomHex(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += RANDOM_BYTES;
  return pool.toString("hex", used - RANDOM_BYTES, used);
}

const COUNTER_END = 1 << 14;
let lastMillisecond = 0;
let counter = 0;

/** Fourteen bits that grow within a millisecond, so that ids of one server sort in the order of their making. */
function tick(): void {
  const now = epochMilliseconds();
  counter++;
  if (now > lastMillisecond) {
    lastMillisecond = now;
    counter = randomInt(COUNTER_END >> 1);
  } else if (counter === COUNTER_END) {
    lastMillisecond++;
    counter = 0;
  }
}

/** A new id: 48 bits of milliseconds, the type, a counter, 48 random bits. */
export function newId(type: string): string {
  const number = numberOf.get(type);
  if (number === undefined) throw new Error(`No manifest numbers the type ${type}`);
  tick();
  const time = lastMillisecond.toString(16).padStart(12, "0");
  const kind = number.toString(16).padStart(3, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${kind}-${(0x8000 | counter).toString(16)}-${randomHex()}`;
}

/** The type of an id, or undefined when it is none of ours. */
export function typeOfId(id: string): string | undefined {
  const match = UUID_V7.exec(id);
  return match ? typeOf.get(Number.parseInt(match[1]!, 16)) : undefined;
}

export const isIdOf = (type: string, id: string): boolean => typeOfId(id) === type;

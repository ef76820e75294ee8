import type { Resolve } from "../jobs/outbound";

interface Limits {
  /** Look-ups at a time. */
  readonly atOnce: number;
  /** After so long nobody waits for one any more, though it may go on. */
  readonly milliseconds: number;
}

/**
 * The same look-up, few at a time, each waited for no longer than a while. The system's runs on the threads that files and
 * ciphers need too, and knows no end: a host whose name server is silent would keep one of four for half a minute.
 */
export function fewAtOnce(resolve: Resolve, { atOnce, milliseconds }: Limits): Resolve {
  let underWay = 0;
  const waiting = new Set<() => void>();
  const free = () => {
    underWay--;
    const [next] = waiting;
    if (!next) return;
    waiting.delete(next);
    next();
  };
  return (host) =>
    new Promise((found, failed) => {
      const begin = () => {
        underWay++;
        resolve(host)
          .then(found, failed)
          .finally(() => {
            clearTimeout(timer);
            free();
          });
      };
      const timer = setTimeout(() => {
        waiting.delete(begin);
        failed(new Error(`No address of ${host} came within ${milliseconds / 1000} s`));
      }, milliseconds);
      if (underWay < atOnce) begin();
      else waiting.add(begin);
    });
}

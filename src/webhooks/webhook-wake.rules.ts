/** Under which keys of the queue somebody is had to look at an endpoint's deliveries again. */

export interface Wake {
  /** Where it stands among the endpoint's wakes. */
  key: string;
  /** At once where it is left out. */
  at?: Date;
}

/** By whom something new is written down. */
export const NOW: Wake = { key: "now" };

/**
 * The next look of a run that came under a key itself. The queue takes what comes under a key for all that there is to
 * do under it: it gives up a job that runs, and replaces one that waits, be it earlier. So a run never takes its own key, and
 * each instant has a key of its own: nobody's later look takes the place of an earlier one, and two who want the same
 * are one. Whole seconds, so that what is under way for a minute leads to sixty looks at most.
 */
export function nextLook(at: Date, now: Date, cameUnder: string): Wake {
  const seconds = Math.ceil(at.getTime() / 1000);
  const key = `at:${seconds}`;
  // By another's clock it may run before its instant has come by this one.
  return at <= now || key === cameUnder ? another(cameUnder) : { key, at: new Date(seconds * 1000) };
}

/** At once, behind those who wait already, under another key than one's own. */
export const another = (cameUnder: string): Wake => ({ key: cameUnder === "again" ? "anew" : "again" });

/** Of each span. */
export const MILLISECONDS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** The one place that reads the clock; everything else is given `now`. */
export const systemClock = (): Date => new Date();

/** Milliseconds since the epoch, for ids. */
export const epochMilliseconds = (): number => Date.now();

/** Milliseconds of a monotonic clock, for measuring spans. */
export const monotonicMilliseconds = (): number => performance.now();

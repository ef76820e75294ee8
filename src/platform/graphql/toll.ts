import type { Actor } from "../actor";
import { networkOf } from "../network";
import { type Payment, Throttle } from "../throttle";
import { type CostLimits, strangersLimits, throttled } from "./limits";

/** Who pays for an operation. */
export interface Payer {
  readonly viewer?: Actor | null;
  /** Network address; strangers are told apart by it. */
  readonly address?: string;
}

/** What an operation pays at least: also one that is refused, or that cannot be read. */
export const LEAST = 1;

/** What operations may cost, and who has how much left. One for a server. */
export class Toll {
  readonly #viewers: Throttle;
  readonly #strangers: Throttle;
  readonly #strangersLimits: CostLimits;

  constructor(
    readonly limits: CostLimits,
    /** Milliseconds of a clock that never goes back. */
    clock: () => number,
  ) {
    this.#strangersLimits = strangersLimits(limits);
    this.#viewers = new Throttle(limits, clock);
    // Apart, so that no number of addresses makes the server forget what a viewer has spent.
    this.#strangers = new Throttle(this.#strangersLimits, clock);
  }

  limitsOf({ viewer }: Payer): CostLimits {
    return viewer ? this.limits : this.#strangersLimits;
  }

  /** Where nothing is left, an operation is refused before it is read. @throws GraphQLError THROTTLED */
  admit(payer: Payer): void {
    const payment = this.#throttleOf(payer).couldPay(keyOf(payer), LEAST);
    if (!payment.granted) throw throttled(LEAST, payment, this.limitsOf(payer));
  }

  pay(payer: Payer, cost: number): Payment {
    return this.#throttleOf(payer).pay(keyOf(payer), Math.max(cost, LEAST));
  }

  #throttleOf({ viewer }: Payer): Throttle {
    return viewer ? this.#viewers : this.#strangers;
  }
}

function keyOf({ viewer, address = "" }: Payer): string {
  return viewer ? `${viewer.kind} ${viewer.organizationId} ${viewer.id}` : networkOf(address);
}

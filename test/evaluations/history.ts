/** Random histories of the scorecards of an application: what people do, in an order in which they can. */
import * as fc from "fast-check";
import {
  isCalledOff,
  isRated,
  owesFeedback,
  SESSION_MOVES,
  type SessionState,
  settled,
} from "../../src/interviews/interview-session.rules";
import type { Person } from "../cast/company";
import type { Values } from "../cast/interview";

export const RATERS = ["ann", "bob", "cyd"] as const satisfies readonly Person[];
type Rater = (typeof RATERS)[number];

export const CRITERIA = ["query", "schema", "design", "errors"] as const;

export type Deed = "submit" | "amend" | "withdraw" | "waive" | "cancel" | "noShow" | "decide" | "reopen";

export interface Step {
  deed: Deed;
  /** Of the sessions of the application. */
  session: number;
  who: Rater;
  values: Values;
  /** Whether it writes what a score is made of while the application is decided. */
  refused: boolean;
}

/** What was done about one application. */
export interface History {
  /** How many were planned. */
  sessions: number;
  steps: readonly Step[];
}

/** Mostly ratings, so that most histories lead to a score. */
const value = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 5 }) },
  { weight: 1, arbitrary: fc.constantFrom("NOT_OBSERVED" as const, "NOT_APPLICABLE" as const) },
);

const values: fc.Arbitrary<Values> = fc.record(Object.fromEntries(CRITERIA.map((key) => [key, value])));

const WEIGHTS: Record<Deed, number> = {
  submit: 14,
  amend: 5,
  withdraw: 4,
  waive: 5,
  cancel: 1,
  noShow: 2,
  decide: 9,
  reopen: 5,
};

const deed = fc.oneof(
  ...Object.entries(WEIGHTS).map(([name, weight]) => ({ weight, arbitrary: fc.constant(name as Deed) })),
);

const step: fc.Arbitrary<Step> = fc.record({
  deed,
  session: fc.constantFrom(0, 1),
  who: fc.constantFrom(...RATERS),
  values,
  refused: fc.constant(false),
});

/** Where a session stands in a history: what is left to do follows from it. */
interface Course {
  session: { state: SessionState; feedbackOwed: number; startsAt: null; endsAt: null };
  seats: Record<Rater, { feedbackRequired: true; feedbackGivenAt: Date | null; waivedAt: Date | null }>;
}

const NOW = new Date(0);

const panelOf = ({ seats }: Course) => Object.values(seats);
const given = ({ seats }: Course, who: Rater): boolean => seats[who].feedbackGivenAt !== null;

function planned(): Course {
  const seats = RATERS.map((who) => [who, { feedbackRequired: true, feedbackGivenAt: null, waivedAt: null }]);
  return {
    session: { state: "IN_PROGRESS", feedbackOwed: RATERS.length, startsAt: null, endsAt: null },
    seats: Object.fromEntries(seats),
  };
}

type SessionDeed = Exclude<Deed, "decide" | "reopen">;

const mayBecome = ({ session }: Course, to: SessionState): boolean => SESSION_MOVES[session.state].includes(to);

/** Whether the step can be taken in a session that was not called off. */
const POSSIBLE: Record<SessionDeed, (course: Course, who: Rater) => boolean> = {
  submit: (course, who) => !given(course, who),
  amend: given,
  withdraw: given,
  waive: ({ seats }, who) => owesFeedback(seats[who]),
  cancel: (course) => mayBecome(course, "CANCELLED"),
  noShow: (course) => mayBecome(course, "NO_SHOW") && !isRated(panelOf(course)),
};

const TAKEN: Record<SessionDeed, (course: Course, who: Rater) => void> = {
  submit: ({ seats }, who) => {
    seats[who].feedbackGivenAt = NOW;
  },
  amend: () => undefined,
  withdraw: ({ seats }, who) => {
    seats[who].feedbackGivenAt = null;
  },
  waive: ({ seats }, who) => {
    seats[who].waivedAt = NOW;
  },
  cancel: ({ session }) => {
    session.state = "CANCELLED";
  },
  noShow: ({ session }) => {
    session.state = "NO_SHOW";
  },
};

/** What changes a score, and is refused while a decision holds. */
const WRITES: readonly Deed[] = ["submit", "amend", "withdraw"];

/** What was drawn, without the steps that nobody can take. */
function possible({ sessions, steps: drawn }: History): History {
  const courses = Array.from({ length: sessions }, planned);
  let decided = false;
  const live = () => courses.filter(({ session }) => !isCalledOff(session.state));
  const steps = drawn.flatMap((step): Step[] => {
    const each = { ...step, session: step.session % sessions };
    const { deed, session, who } = each;
    if (deed === "decide" || deed === "reopen") {
      if (decided === (deed === "decide")) return [];
      if (deed === "decide" && live().some((course) => course.session.state !== "COMPLETE")) return [];
      decided = !decided;
      return [each];
    }
    const course = courses[session]!;
    if (!live().includes(course) || !POSSIBLE[deed](course, who)) return [];
    if (decided && WRITES.includes(deed)) return [{ ...each, refused: true }];
    TAKEN[deed](course, who);
    course.session = settled(course.session, panelOf(course), NOW);
    return [each];
  });
  return { sessions, steps };
}

/** The same histories at each run: a red build is red again on the next machine. */
export const histories = (count: number): History[] =>
  fc.sample(
    fc
      .record({
        sessions: fc.constantFrom(1, 1, 2),
        steps: fc.array(step, { minLength: 6, maxLength: 26 }),
      })
      .map(possible)
      .filter(({ steps }) => steps.length > 0),
    { numRuns: count, seed: 3 },
  );

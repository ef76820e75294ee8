import { Refusal } from "../../src/platform/errors";
import { isOpen, movedTo, PUBLICATION_MOVES, type PublicationState } from "../../src/question-bank/publication.rules";

const STATES: readonly PublicationState[] = ["DRAFT", "IN_REVIEW", "READY", "RETIRED"];

/** As the issue draws it: authored, reviewed, published, retired; a draft may be returned or given up. */
const DRAWN = ["DRAFT > IN_REVIEW", "DRAFT > RETIRED", "IN_REVIEW > READY", "IN_REVIEW > DRAFT", "READY > RETIRED"];

const every = STATES.flatMap((from) => STATES.map((to) => [from, to] as const));

test.each(every)("%s to %s is allowed where it is drawn, and refused elsewhere", (from, to) => {
  const move = () => movedTo({ state: from, number: 3 }, to);
  if (DRAWN.includes(`${from} > ${to}`)) {
    expect(move()).toEqual({ state: to });
    return;
  }
  expect(move).toThrow(Refusal);
  expect(move).toThrow(`Version 3 is ${from} and cannot become ${to}`);
});

test("a version that is still being written is the only kind that is open", () => {
  expect(STATES.filter(isOpen)).toEqual(["DRAFT", "IN_REVIEW"]);
});

test("nothing leads out of RETIRED", () => {
  expect(PUBLICATION_MOVES.RETIRED).toEqual([]);
});

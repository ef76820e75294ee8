const { default: Sequencer } = require("@jest/test-sequencer");

/** Files that take longest, by their path under test/. Begun last, each would be alone at the end. */
const LONG = [
  "webhooks/chaos",
  "scorecards/blindness",
  "bad-input/generated",
  "guards/statements",
  "guards/foreign",
  "story/storm",
  "planner/planner.properties",
  "bad-input/bank-file",
  "guards/roles",
  "evaluations/standing.properties",
  "question-bank/question-search",
  "platform/jobs/worker",
  "attacks/fuzz",
  "integrate/typed-client",
  "question-bank/bank-file.properties",
  "webhooks/delivery",
  "bad-input/lists",
  "evaluations/standing",
  "platform/http/app",
  "platform/journal/journal",
];

const place = ({ path }) => {
  const found = LONG.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  return found === -1 ? LONG.length : found;
};

/** The longest files first, in this order; the others as Jest likes. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
};

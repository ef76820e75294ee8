/** The page of a score, for somebody who does not sign in: nothing on it acts, and nothing is fetched from elsewhere. */
import { scoreChart } from "./score-chart.rules";
import { element, type Markup, words } from "./score-chart-markup.rules";
import type { ScorePicture } from "./score-chart-picture.rules";
import { certainty, headline, percent, sentence, withoutScore } from "./score-chart-words.rules";
import { SCORE_PAGE_STYLE } from "./score-page-style.rules";
import { criterionTable, gateTable, skillTable } from "./score-page-table.rules";

export interface ScorePage {
  candidate: string;
  job: string;
  picture: ScorePicture;
  /** Name of the member who made the link. */
  madeBy: string;
  madeAt: Date;
  expiresAt: Date;
  /** When the numbers were read. */
  readAt: Date;
}

export function scorePage(page: ScorePage): string {
  const title = `Score of ${page.candidate} for ${page.job}`;
  const head = element(
    "head",
    {},
    element("meta", { charset: "utf-8" }),
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    element("meta", { name: "robots", content: "noindex" }),
    element("title", {}, words(title)),
    // The sheet is ours and has no end tag in it; escaped, it would be another sheet.
    element("style", {}, SCORE_PAGE_STYLE as Markup),
  );
  return `<!doctype html>\n${element("html", { lang: "en" }, head, element("body", {}, content(page), footer(page)))}\n`;
}

const paragraph = (text: string): Markup => element("p", {}, words(text));
const bdi = (text: string): Markup => element("bdi", {}, words(text));

function content({ candidate, job, picture, readAt }: ScorePage): Markup {
  const gates = gateTable(picture);
  return element(
    "main",
    {},
    element("h1", {}, bdi(candidate)),
    element("p", {}, words("Applies for "), bdi(job), words(". As it stood on "), instant(readAt), words(".")),
    element("div", { class: "chart" }, scoreChart(picture)),
    element("h2", {}, words("In words")),
    ...inWords(picture).map(paragraph),
    element("h2", {}, words("Skills")),
    skillTable(picture),
    element("h2", {}, words("Criteria")),
    criterionTable(picture),
    element("h2", {}, words("Gates")),
    gates ?? paragraph("There are none."),
    element("h2", {}, words("How it is made")),
    ...method(picture).map(paragraph),
  );
}

function inWords(picture: ScorePicture): string[] {
  const { overall, borderline, passMark } = picture;
  const raters = overall.raterCount === 1 ? "1 interviewer" : `${overall.raterCount} interviewers`;
  const seen =
    overall.coverage === null ? "" : `, which cover ${percent(overall.coverage)} of what the profile asks for`;
  return [
    `${headline(picture)}${overall.score === null ? ` (${withoutScore(overall.reason)})` : ""}. The pass mark is ${passMark}.`,
    `${sentence(certainty(picture))}.`,
    ...(overall.interval
      ? ["The interval says where the score would lie if ever more interviewers of the organisation had rated."]
      : []),
    ...(borderline ? ["Borderline: the interval holds both failing and passing scores."] : []),
    `It rests on ratings by ${raters}${seen}.`,
  ];
}

const method = ({ methodVersion }: ScorePicture): string[] => [
  `Method ${methodVersion}. Interviewers rate on their own first; a formula combines the ratings; people decide.`,
  "Nothing enters the score but submitted scorecards and the role profile. A rating becomes 0 to 100 points on its scale; a " +
    "criterion has the mean over its raters, a skill the weighted mean of its rated criteria, the whole that of its scored skills.",
  "What was not observed is not a zero: it leaves the score and lowers the coverage. What does not apply leaves both.",
  "A failed gate, or a score below the pass mark, is not recommended; too little coverage or an unresolved gate is not enough evidence.",
];

const footer = ({ madeBy, madeAt, expiresAt }: ScorePage): Markup =>
  element(
    "footer",
    {},
    element("p", {}, words("The link was made by "), bdi(madeBy), words(" on "), instant(madeAt), words(".")),
    element("p", {}, words("It stops working on "), instant(expiresAt), words(", or when it is revoked.")),
  );

/** "2026-11-21 06:12 UTC" */
function instant(at: Date): Markup {
  const text = at.toISOString();
  return element("time", { datetime: text }, words(`${text.slice(0, 10)} ${text.slice(11, 16)} UTC`));
}

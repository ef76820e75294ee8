/** Lines that stay around the first and the last change. */
const CONTEXT = 3;
/** Beyond this many pairs of lines, all lines between the first and the last change are shown as replaced. */
const MOST_PAIRS = 100_000;

/** How to get from one text to another, line by line: one hunk of a unified diff. */
export function unifiedDiff(before: string, after: string): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const start = sameAtStart(old, now);
  const end = Math.min(sameAtStart([...old].reverse(), [...now].reverse()), Math.min(old.length, now.length) - start);
  const from = Math.max(0, start - CONTEXT);
  const kept = (lines: string[]) => lines.map((line) => ` ${line}`);
  const lines = [
    ...kept(old.slice(from, start)),
    ...changed(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...kept(old.slice(old.length - end, old.length - end + CONTEXT)),
  ];
  const span = (sign: string) =>
    `${sign}${from + 1},${lines.filter((line) => ["", " ", sign].includes(line[0]!)).length}`;
  return [`@@ ${span("-")} ${span("+")} @@`, ...lines].join("\n");
}

function sameAtStart(left: readonly string[], right: readonly string[]): number {
  const at = left.findIndex((line, index) => line !== right[index]);
  return at < 0 ? left.length : at;
}

/** By the longest common subsequence. */
function changed(old: readonly string[], now: readonly string[]): string[] {
  if (old.length * now.length > MOST_PAIRS) return [...old.map((line) => `-${line}`), ...now.map((line) => `+${line}`)];
  const common = old.map(() => new Array<number>(now.length + 1).fill(0));
  common.push(new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      common[i]![j] = old[i] === now[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const isGone = j === now.length || (i < old.length && common[i + 1]![j]! >= common[i]![j + 1]!);
    if (i < old.length && old[i] === now[j]) {
      lines.push(` ${old[i]}`);
      i++;
      j++;
    } else if (isGone) lines.push(`-${old[i++]}`);
    else lines.push(`+${now[j++]}`);
  }
  return lines;
}

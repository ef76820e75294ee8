/** What somebody may have meant. */

/** Letters to add, drop or change to make one text of the other. @see Levenshtein 1966 */
function distance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...one].entries()) {
    const line = [row + 1];
    for (let column = 0; column < other.length; column++) {
      const change = above[column]! + (letter === other[column] ? 0 : 1);
      line.push(Math.min(change, above[column + 1]! + 1, line[column]! + 1));
    }
    above = line;
  }
  return above[other.length]!;
}

/** The few names that come nearest to a text of at most some hundred characters, the nearest first. */
export const nearest = (text: string, names: readonly string[], most = 3): string[] =>
  names
    .map((name) => ({ name, far: distance(text, name) }))
    .sort((one, other) => one.far - other.far)
    .slice(0, most)
    .map(({ name }) => name);

/** A kit as the public file says it; everything that it names by key. */
export interface KitItem {
  key: string;
  name: string;
  profile: string;
  rubric: string;
  minutes: number;
  /** `bank` where several banks have a question of the key. */
  questions: { question: string; bank?: string | undefined; minutes: number }[];
}

/** The kit with the banks that the one of the same key names for the same questions. */
export function withBanks(kit: KitItem, there: KitItem | undefined): KitItem {
  const banks = new Map(there?.questions.map(({ question, bank }) => [question, bank]));
  return {
    ...kit,
    questions: kit.questions.map((asked) => ({ ...asked, bank: asked.bank ?? banks.get(asked.question) })),
  };
}

/** The kit without the banks that its questions need not name. */
export function withoutPlainBanks(kit: KitItem, ambiguous: ReadonlySet<string>): KitItem {
  const questions = kit.questions.map(({ bank, ...asked }) =>
    ambiguous.has(asked.question) ? { ...asked, bank } : asked,
  );
  return { ...kit, questions };
}

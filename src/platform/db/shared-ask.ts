/**
 * Asks for many at once: whoever calls while a question is under way shares the next one. So each answer was asked for
 * after its call, and there is never more than one question on its way.
 */
export function sharedAsk<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const begin = (): Promise<T> => {
    next = null;
    const asked = ask();
    underWay = asked;
    const over = () => {
      if (underWay === asked) underWay = null;
    };
    asked.then(over, over);
    return asked;
  };
  return () => {
    if (!underWay) return begin();
    next ??= underWay.then(begin, begin);
    return next;
  };
}

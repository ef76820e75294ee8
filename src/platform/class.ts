// biome-ignore lint/suspicious/noExplicitAny: a constructor of any arguments, as libraries that take classes want it
export type Class<T = object> = abstract new (...args: any[]) => T;

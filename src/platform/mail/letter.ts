/** What a mail says, in the one form that all have. */
export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What is told beside the sentences; a value may have several lines. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** The one thing to click. */
  readonly link: { readonly label: string; readonly url: string };
  /** Why the reader gets it. */
  readonly why: string;
}

/** Where people find the server's one page. */
export const frontPage = (publicUrl: string): string => `${publicUrl}/graphiql`;

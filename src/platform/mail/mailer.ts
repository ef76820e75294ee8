/** A mail to one person, both ways of reading it. */
export interface Mail {
  /** Stable over tries, so that a mail that is sent again is known for the same. */
  readonly id: string;
  readonly to: { readonly name: string; readonly email: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** A calendar file that comes along. */
  readonly calendar?: string;
}

export interface Mailer {
  /** Hands the mail over. @throws Hopeless when the server refuses it for good; any other error when it may take it later */
  send(mail: Mail): Promise<void>;
  close(): void;
}

interface Invitation {
  organization: string;
  /** Null where no member did it. */
  inviter: string | null;
  /** By which the provider knows the reader. */
  email: string;
  /** Whether they were here before. */
  again: boolean;
  url: string;
}

/** To somebody who may sign in from now on. */
export function memberInvitation({ organization, inviter, email, again, url }: Invitation) {
  const deed = again ? "let you in again" : "invited you";
  const told = inviter ? `${inviter} has ${deed}` : `You were ${again ? "let in again" : "invited"}`;
  return {
    subject: again ? `You may sign in to ${organization} again` : `Invitation to ${organization}`,
    paragraphs: [
      `${told} to ${organization} on Assay, where interviews are planned and rated.`,
      "Sign in as you do elsewhere at work, by this e-mail address.",
    ],
    facts: [
      { label: "Organisation", value: organization },
      { label: "Sign in as", value: email },
    ],
    link: { label: "Open Assay", url },
    why: `You get this mail because somebody at ${organization} gave you access. You need not do anything if you did not expect it.`,
  };
}

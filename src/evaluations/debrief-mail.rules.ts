interface OpenDebrief {
  candidate: { name: string; jobTitle: string };
  url: string;
}

/** To somebody who sees the score by now; the mail, which others may read over a shoulder, does not tell it. */
export function debriefReady({ candidate: { name, jobTitle }, url }: OpenDebrief) {
  return {
    subject: `Debrief ready: ${name}, ${jobTitle}`,
    paragraphs: [
      "Every interview is complete, so the debrief is open: what to talk about before deciding stands in Assay.",
    ],
    facts: [
      { label: "Candidate", value: name },
      { label: "Job", value: jobTitle },
    ],
    link: { label: "Open the debrief in Assay", url },
    why: "You get this mail because you run the hiring, or sat on a panel of the application, and take part in the debrief.",
  };
}

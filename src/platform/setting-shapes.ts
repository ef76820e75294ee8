import { z } from "zod";
import { isAddressOrNetwork } from "./http/proxies";
import { isSecureUrl } from "./http/secure-url";
import { type Mailbox, readMailbox } from "./mail/mailbox";
import { isSmtpUrl } from "./mail/smtp-url";

/** A URL as libpq knows it: the host may stand in the query, for a unix socket. */
export const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, "a URL such as postgresql://user:password@host/database");

export const whole = (min: number, max: number) =>
  z.string().regex(/^\d+$/, "a whole number").transform(Number).pipe(z.number().min(min).max(max));

export const issuerUrl = z
  .string()
  .refine(isSecureUrl, "an https URL, letter by letter as in the provider's tokens (http on this machine alone)")
  .refine((text) => !/[?#@\s]/.test(text), "an address alone: no query, no fragment, no password");

export const networks = z
  .string()
  .transform((text) => text.split(",").map((each) => each.trim()))
  .refine(
    (list) => list.every(isAddressOrNetwork),
    "addresses or networks with commas between them, such as 10.0.0.0/8, ::1",
  );

export const hosts = z
  .string()
  .transform((text) => text.split(",").map((each) => each.trim().toLowerCase()))
  .refine(
    (list) => list.every((each) => /^[a-z0-9.[\]:-]+$/.test(each)),
    "hosts or addresses with commas between them, with a port or without, such as localhost, 127.0.0.1:8080",
  );

export const smtpUrl = z
  .string()
  .refine(isSmtpUrl, "a URL such as smtp://user:password@mail.example:587, or smtps://, with nothing behind the port");

export const mailbox = z.string().transform((text, ctx): Mailbox => {
  const read = readMailbox(text);
  if (read) return read;
  ctx.addIssue("an address such as assay@acme.example, or Assay <assay@acme.example>");
  return z.NEVER;
});

export const publicUrl = z
  .string()
  .refine(
    (text) => /^https?:\/\/[^\s?#@]+$/i.test(text) && URL.canParse(text),
    "a URL such as https://assay.acme.example",
  )
  .transform((text) => text.replace(/\/+$/, ""));

export const flag = z.enum(["on", "off"]).transform((value) => value === "on");

import { Webhook } from "standardwebhooks";

export function verified(secret, headers, body) {
  try {
    return new Webhook(secret).verify(body, headers);
  } catch {
    return null;
  }
}

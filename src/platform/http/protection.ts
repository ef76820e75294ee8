import type { IncomingMessage, ServerResponse } from "node:http";
import helmet from "helmet";

/** Of what is no page: it loads nothing, and stands in nobody's frame. Pages say their own policy. */
const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
  },
  frameguard: { action: "deny" },
});

/** The headers of every answer: helmet's, which are the same each time. */
export const PROTECTION: Readonly<Record<string, string>> = recorded();

function recorded(): Record<string, string> {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => undefined,
  };
  protect({} as IncomingMessage, response as unknown as ServerResponse, (error?: unknown) => {
    if (error) throw error;
  });
  return headers;
}

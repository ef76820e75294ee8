import { setMaxListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { Refusal } from "../errors";

/** Nobody reads it: the log and those who await what was not read are told why. */
const GONE = new Refusal([{ code: "CLIENT_GONE", message: "The client went away before its answer.", field: null }]);

/** Aborted when the connection is lost before the answer has been sent. */
export function departure(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  // One for each statement that is under way: no sign of a leak.
  setMaxListeners(0, controller.signal);
  const abort = () => {
    if (!response.writableFinished) controller.abort(GONE);
  };
  // Who left while the request was read has closed it already.
  if (response.destroyed) abort();
  else response.once("close", abort);
  return controller.signal;
}

import type { Fault } from "../../domain/errors.js";
import type { Headers, Limit } from "../../http/http.js";
import { StackOneError } from "./wire.js";
import { retryAfter } from "../retry-after.js";
import { cleaned } from "../words.js";

/** https://docs.stackone.com/guides/unified-api-error-codes-and-troubleshooting-guide */
const FAULTS: Record<number, Fault> = {
  401: { code: "AUTH", message: "StackOne refused the API key of this connection." },
  403: { code: "FORBIDDEN", message: "The connection's account may not do this through StackOne." },
  404: { code: "NOT_FOUND", message: "StackOne has no such thing in this account." },
  408: { code: "TIMEOUT", message: "StackOne gave up after a minute of waiting for the system behind it." },
  409: { code: "CONFLICT", message: "The system behind StackOne says that this is there already." },
  412: { code: "AUTH", message: "The linked account is disabled in StackOne. Connect it again there." },
  429: { code: "RATE_LIMITED", message: "StackOne takes no more calls for the moment." },
  501: { code: "UNSUPPORTED", message: "StackOne can't do this for the system behind this account." },
};

/** What a refusal means, in StackOne's words and those of the system behind it. */
export function readFault(status: number, body: unknown): Fault {
  const known = FAULTS[status];
  if (status === 401 || status === 408 || status === 412) return known as Fault;
  if (status >= 500 && status !== 501)
    return {
      code: "UNAVAILABLE",
      message: `StackOne, or the system behind it, has a problem of its own (HTTP ${status}).`,
    };
  const { data } = StackOneError.safeParse(body);
  const provider = (data?.provider_errors ?? []).map(({ raw }) => wordsOf(raw)).filter((words) => words !== "");
  const own = cleaned(data?.message ?? "");
  const message = [own, ...provider].filter((words) => words !== "").join(" ");
  const said = message || known?.message || `StackOne refused the request (HTTP ${status}).`;
  return { code: known?.code ?? "INVALID", message: said };
}

/** What the system behind says in its own form: the first text that is meant for people. */
function wordsOf(raw: unknown): string {
  if (typeof raw === "string") return cleaned(raw);
  if (typeof raw !== "object" || raw === null) return "";
  const { message, error, errorMessages, errors } = raw as Record<string, unknown>;
  if (typeof message === "string") return cleaned(message);
  if (typeof error === "string") return cleaned(error);
  const texts = [errorMessages, errors].flatMap((many) =>
    typeof many === "object" && many !== null ? Object.values(many).filter((one) => typeof one === "string") : [],
  );
  return cleaned(texts.join(" "));
}

/** 1,000 calls a minute for each API key: https://docs.stackone.com/guides/rate-limiting */
export function readLimit(status: number, headers: Headers): Limit | undefined {
  if (status !== 429) return undefined;
  return { waitMs: retryAfter(headers) ?? 60_000, scope: "connection" };
}

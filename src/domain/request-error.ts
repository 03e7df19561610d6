export type RequestErrorCode = "FORBIDDEN" | "NOT_FOUND" | "BAD_USER_INPUT" | "UNSUPPORTED";

/** Why a whole request is refused, in words for the caller. Told as a GraphQL error with this code. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  constructor(
    readonly code: RequestErrorCode,
    message: string,
  ) {
    super(message);
  }
}

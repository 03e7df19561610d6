import type { Call, Http, HttpRequest } from "../http/http.js";

/** An answer, with the tag by which its vendor can say that it still holds. */
export interface Tagged<T> {
  readonly value: T;
  readonly etag?: string;
}

/**
 * Reads what was read before; where the vendor says by 304 that it still holds, nothing is sent or parsed again. Only for
 * vendors whose ETags change with all that is read. Throws VendorError.
 */
export function reread<T>(
  http: Http,
  request: Omit<HttpRequest<T>, "accept">,
  before: Tagged<T> | undefined,
  call: Call,
): Promise<Tagged<T>> {
  const known = before?.etag === undefined ? undefined : { tagged: before, etag: before.etag };
  return http.send<Tagged<T>>(
    {
      ...request,
      ...(known && { headers: { ...request.headers, "if-none-match": known.etag } }),
      accept: (status) => (status >= 200 && status < 300) || (status === 304 && known !== undefined),
      parse(body, answer) {
        if (known && answer.status === 304) return known.tagged;
        const etag = answer.headers["etag"];
        return { value: request.parse(body, answer), ...(isTag(etag) && { etag }) };
      },
    },
    call,
  );
}

/** What may stand in a header again. */
function isTag(etag: string | undefined): etag is string {
  return etag !== undefined && /^(W\/)?"[!#-~]{0,500}"$/.test(etag);
}

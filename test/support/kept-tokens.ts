import type { KeptTokens, RefreshTokens } from "../../src/http/http.js";

/** Keeps tokens in memory, as a store does for all replicas: one renewal at a time. `saved` are the refresh tokens in their order. */
export function keptTokens(
  onSaved: (refreshToken: string) => void = () => {},
): RefreshTokens & { readonly saved: string[] } {
  const saved: string[] = [];
  let kept: KeptTokens | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    saved,
    renew(work) {
      const turn = last.then(async () => {
        const given = await work(kept);
        const { refreshToken } = given;
        if (refreshToken !== undefined && refreshToken !== kept?.refreshToken) {
          saved.push(refreshToken);
          onSaved(refreshToken);
        }
        return (kept = given);
      });
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

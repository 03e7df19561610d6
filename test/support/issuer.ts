import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWTPayload } from "jose";

export const AUDIENCE = "ticketgraph";

/** An issuer of tokens in small: a real server that publishes its keys, which can be changed and taken away. */
export interface Issuer {
  readonly issuer: string;
  readonly jwksUrl: string;
  /** How often its keys were fetched. */
  readonly fetches: () => number;
  /** What it answers instead of its keys. */
  misbehave(how: "no" | "error" | "garbage"): void;
  /** A new key in place of the old one, or beside it. */
  rotate(how?: { readonly keepOld: boolean }): Promise<void>;
  /** The public key of now, as text. */
  publicKey(): Promise<string>;
  /** A token by the key of now; whatever is given replaces its claims, and undefined takes one away. */
  token(claims?: Readonly<Record<string, unknown>>, options?: { readonly noKid?: boolean }): Promise<string>;
  /** A token with this header and signature, whatever they are. */
  forged(header: object, sign: (signed: string) => string): string;
  close(): Promise<void>;
}

export async function startIssuer(): Promise<Issuer> {
  let n = 0;
  let fetches = 0;
  let mood: "no" | "error" | "garbage" = "no";
  const makeKey = async () => ({ kid: `key-${(n += 1)}`, ...(await generateKeyPair("ES256", { extractable: true })) });
  let current = await makeKey();
  let published = [current];
  const server = createServer((_req, res) => {
    fetches += 1;
    const answer = async (): Promise<string> => {
      if (mood === "garbage") return "<html>Sign in</html>";
      const keys = published.map(async ({ publicKey, kid }) => ({
        ...(await exportJWK(publicKey)),
        ...{ kid, alg: "ES256", use: "sig" },
      }));
      return JSON.stringify({ keys: await Promise.all(keys) });
    };
    void answer().then((text) => res.writeHead(mood === "error" ? 503 : 200, { connection: "close" }).end(text));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const claimsOf = (claims: Readonly<Record<string, unknown>>): JWTPayload => {
    const now = Math.floor(Date.now() / 1_000);
    const all = { iss: issuer, aud: AUDIENCE, sub: "alice", tenant: "acme", iat: now, exp: now + 300, ...claims };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  };
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return {
    issuer,
    jwksUrl: `${issuer}/keys`,
    fetches: () => fetches,
    misbehave: (how) => (mood = how),
    async rotate({ keepOld } = { keepOld: false }) {
      current = await makeKey();
      published = [...(keepOld ? published : []), current];
    },
    publicKey: () => exportSPKI(current.publicKey),
    token: (claims = {}, { noKid } = {}) =>
      new SignJWT(claimsOf(claims))
        .setProtectedHeader({ alg: "ES256", ...(!noKid && { kid: current.kid }) })
        .sign(current.privateKey),
    forged(header, sign) {
      const signed = `${encoded({ kid: current.kid, ...header })}.${encoded(claimsOf({}))}`;
      return `${signed}.${sign(signed)}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** What a candidate's process is told: where the vendor is, and how to speak to it. */
export interface VendorAddress {
  readonly url: string;
  readonly email: string;
  readonly apiToken: string;
  /** How many calls it is asked at once; 16 unless told. */
  readonly connections?: number;
  /** Where a candidate that keeps things has a database of its own; in memory unless told. */
  readonly databaseUrl?: string;
}

/** Starts what is measured over the vendor that its process was told of, and says where it listens. */
export function candidate(start: (vendor: VendorAddress) => Promise<string>): void {
  const vendor = JSON.parse(process.argv[2] ?? "") as VendorAddress;
  void start(vendor).then((url) => process.send?.({ url }));
}

/** Listens on a free port; gives the address of its GraphQL. */
export async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

/** The whole of a request's body. */
export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

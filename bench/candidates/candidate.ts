/** What the benchmark tells a candidate's process, and what it answers. */
export interface VendorAddress {
  readonly url: string;
  readonly email: string;
  readonly apiToken: string;
}
export const KEY = "bench_key_0123456789abcdefghij";

/** Waits for the vendor's address, starts, says where it listens, and tells the CPU it has used when asked. */
export function candidate(start: (vendor: VendorAddress) => Promise<string>): void {
  // Nobody outlives who asks.
  process.on("disconnect", () => process.exit());
  process.on("message", (message: VendorAddress | "cpu") => {
    if (message === "cpu") {
      const { user, system } = process.cpuUsage();
      process.send?.({ cpuMicros: user + system, residentMb: process.memoryUsage().rss / 1_048_576 });
      return;
    }
    void start(message).then((url) => process.send?.({ url }));
  });
}

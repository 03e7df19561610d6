/** Items that go together, and for whom. */
export interface Batch {
  /** What they are, in a word. */
  readonly kind: string;
  readonly items: number;
  /** Whatever tells one asker from another. */
  readonly askers: ReadonlySet<unknown>;
}

/** What joining tells of itself. */
export interface JoinEvents {
  /** Who asks now; asked once for each item. */
  asker(): unknown;
  /** These go together now. Must call `go`, at once; what it begins is done for all of them. */
  onJoined(batch: Batch, go: () => void): void;
}

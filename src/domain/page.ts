/** One page of a list: `next` is the cursor of the following page, absent on the last one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
  /** How many there are in all; null where the vendor doesn't tell. */
  readonly total: number | null;
}

/** `first` is how many are wanted (at least 1); `after` is a cursor that an earlier page gave as `next`. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string;
}

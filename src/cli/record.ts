/** One record of a file: what stands in each column, in order; the same name may come twice. */
export interface FileRecord {
  /** Where it begins; the first line is 1. */
  readonly line: number;
  readonly cells: readonly (readonly [column: string, value: unknown])[];
  /** As it stands in the file, to be written down again. */
  readonly raw: readonly string[] | string;
}

/** A record that can't be read. */
export interface BrokenRecord {
  readonly line: number;
  readonly problem: string;
}

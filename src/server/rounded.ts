/** Milliseconds as the log has them: with one digit behind the point. */
export function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

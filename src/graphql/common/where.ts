/** Which connection is meant where none is given, for descriptions. */
export const DEFAULT_CONNECTION =
  "Defaults to the X-Connection-Id header, then to the key's own, then to the only connection there is.";

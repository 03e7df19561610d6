/** How much one operation may ask. */
export interface QueryLimits {
  /** Names, brackets and values of the document; default 2,000. */
  readonly queryTokens: number;
  /** Fields within fields; default 10. */
  readonly queryDepth: number;
  /** Fields under another name, or asked for twice in one place; default 30. Fragments count wherever they are spread. */
  readonly queryAliases: number;
  /** Default 20. */
  readonly queryDirectives: number;
  /** Calls to vendors, as they are estimated before the operation runs; default 500. */
  readonly vendorCalls: number;
}

/** The limits of a server that is told none. */
export const QUERY_LIMITS: QueryLimits = {
  queryTokens: 2_000,
  queryDepth: 10,
  queryAliases: 30,
  queryDirectives: 20,
  vendorCalls: 500,
};

/** What the usual introspection queries need; nothing below the schema itself asks a vendor. */
export const INTROSPECTION_DEPTH = 15;
/** The longest document, in characters: comments and spaces are no tokens, and a text within it is one. */
export const QUERY_LENGTH = 100_000;
/** How many errors a refused document is told; graphql-js adds one that says there are more. */
export const ERRORS_TOLD = 5;
/** How deep lists and objects may be nested in a request's JSON. */
export const JSON_DEPTH = 64;

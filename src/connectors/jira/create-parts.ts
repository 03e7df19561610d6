import type { Http } from "../../http/http.js";
import type { Metadata } from "./metadata.js";
import type { JiraSite } from "./settings.js";
import type { NewTicketMoves } from "./transitions.js";

/** What creating needs of a connection to Jira. */
export interface CreateParts {
  readonly http: Http;
  readonly site: JiraSite;
  readonly metadata: Metadata;
  readonly moves: NewTicketMoves;
}

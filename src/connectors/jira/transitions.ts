import type { VendorId } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import { lastUsed } from "../last-used.js";
import { jqlAll } from "./jql.js";
import { SearchResult, Transitions, WireIssue } from "./wire.js";

/** A move that a ticket can make now: the transition's id and the status that it leads to. */
interface Way {
  readonly id: string;
  readonly to: string;
  readonly isGlobal: boolean;
}

/** Where a ticket stands, and where it can go from there. */
interface Standing {
  readonly issueId: VendorId;
  readonly status: string;
  readonly ways: readonly Way[];
}

/** How a new ticket gets into a status: by a transition, or by itself because it begins there; empty when not known. */
interface Start {
  readonly transitionId?: string;
  readonly isFirst?: boolean;
}

/**
 * Which transition brings a new ticket into a status. Ids are per workflow and Jira tells them only for existing tickets:
 * so they are learnt from a ticket just made, or, for moves that are open from everywhere, from any other of its kind.
 */
export interface NewTicketMoves {
  to(projectId: VendorId, typeId: VendorId, status: string, call: Call): Promise<Start>;
  /** Reads how a ticket that was just made stands and remembers it; tickets of a kind made together share one reading. */
  learn(projectId: VendorId, typeId: VendorId, issueId: VendorId, call: Call): Promise<Standing>;
  look(issueId: VendorId, call: Call): Promise<Standing>;
  make(issueId: VendorId, transitionId: string, call: Call): Promise<void>;
}

/** For how long what was learnt is used, in milliseconds: administrators may change workflows at any time. */
const TTL_MS = 60_000;

/** Upper and lower case don't tell statuses apart. */
export function isSameStatus(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

export function openMoves(http: Http): NewTicketMoves {
  const known = lastUsed<string, Promise<Partial<Standing>>>(2_000, TTL_MS);
  const learning = new Map<string, Promise<Standing>>();

  const waysOf = async (issueId: VendorId, call: Call): Promise<readonly Way[]> => {
    const { transitions } = await http.send(
      {
        operation: "issue.transitions",
        kind: "read",
        method: "GET",
        path: ["rest", "api", "3", "issue", issueId, "transitions"],
        parse: (body) => Transitions.parse(body),
      },
      call,
    );
    return transitions
      .filter(({ isAvailable }) => isAvailable !== false)
      .map(({ id, to, isGlobal }) => ({ id, to: to.name, isGlobal: isGlobal ?? false }));
  };

  const look = async (issueId: VendorId, call: Call): Promise<Standing> => {
    const issue = http.send(
      {
        operation: "issue.get",
        kind: "read",
        method: "GET",
        path: ["rest", "api", "3", "issue", issueId],
        query: { fields: "status" },
        parse: (body) => WireIssue.parse(body),
      },
      call,
    );
    const [{ fields }, ways] = await Promise.all([issue, waysOf(issueId, call)]);
    return { issueId, status: fields?.status?.name ?? "", ways };
  };

  const probe = async (projectId: VendorId, typeId: VendorId, call: Call): Promise<Partial<Standing>> => {
    const { issues } = await http.send(
      {
        operation: "search.jql",
        kind: "read",
        method: "POST",
        path: ["rest", "api", "3", "search", "jql"],
        body: {
          jql: jqlAll({ project: projectId, issuetype: typeId }, "created DESC"),
          maxResults: 1,
          fields: ["status"],
        },
        parse: (body) => SearchResult.parse(body),
      },
      call,
    );
    const [newest] = issues;
    return newest ? { ways: (await waysOf(newest.id, call)).filter(({ isGlobal }) => isGlobal) } : {};
  };

  return {
    look,

    async to(projectId, typeId, status, call) {
      const kind = `${projectId} ${typeId}`;
      const asked = known.get(kind) ?? probe(projectId, typeId, call);
      if (!known.has(kind)) known.set(kind, asked);
      // Without an answer the ticket is made first and moved afterwards.
      const { status: first, ways } = await asked.catch((): Partial<Standing> => {
        if (known.peek(kind) === asked) known.delete(kind);
        return {};
      });
      if (first !== undefined && isSameStatus(first, status)) return { isFirst: true };
      const way = ways?.find(({ to }) => isSameStatus(to, status));
      return way ? { transitionId: way.id } : {};
    },

    learn(projectId, typeId, issueId, call) {
      const kind = `${projectId} ${typeId}`;
      const begun = learning.get(kind);
      if (begun) return begun;
      const standing = look(issueId, call).finally(() => learning.delete(kind));
      learning.set(kind, standing);
      return standing.then((learnt) => {
        known.set(kind, Promise.resolve(learnt));
        return learnt;
      });
    },

    make: (issueId, transitionId, call) =>
      http.send(
        {
          operation: "issue.transition",
          kind: "write",
          method: "POST",
          path: ["rest", "api", "3", "issue", issueId, "transitions"],
          body: { transition: { id: transitionId } },
          parse: () => undefined,
        },
        call,
      ),
  };
}

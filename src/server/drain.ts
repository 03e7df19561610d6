import type { Server, ServerResponse } from "node:http";

/** The requests that a server is answering, so that it can end without hurting one. */
interface UnderWay {
  /** Begins to count an answer; call what it gives back when the answer is handed over. */
  add(res: ServerResponse): () => void;
  /**
   * Takes no new connection, lets requests under way finish and cuts what is left after `withinMs`.
   * Every answer from now on tells its client to close the connection, or busy clients would keep theirs.
   */
  drain(server: Server, withinMs: number): Promise<void>;
}

/** Counts the answers of one server. */
export function countUnderWay(): UnderWay {
  const answers = new Set<ServerResponse>();
  let draining = false;
  return {
    add(res) {
      if (draining) res.shouldKeepAlive = false;
      answers.add(res);
      return () => answers.delete(res);
    },
    drain(server, withinMs) {
      draining = true;
      for (const res of answers) res.shouldKeepAlive = false;
      return close(server, withinMs, answers);
    },
  };
}

/** Resolves when the connections are closed and the answers given: those whose clients have gone are worked on as well. */
function close(server: Server, withinMs: number, answers: Set<ServerResponse>): Promise<void> {
  return new Promise((resolve) => {
    let closed = false;
    const settle = () => {
      if (!closed || answers.size > 0) return;
      clearTimeout(cut);
      clearInterval(sweep);
      resolve();
    };
    const cut = setTimeout(() => {
      answers.clear();
      server.closeAllConnections();
      settle();
    }, withinMs);
    const sweep = setInterval(() => {
      // Answers that had begun before could no longer tell their clients to close, so their connections become idle.
      server.closeIdleConnections();
      settle();
    }, 50);
    server.close(() => {
      closed = true;
      settle();
    });
  });
}

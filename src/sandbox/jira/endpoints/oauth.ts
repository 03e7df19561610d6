import type { Gatekeeper } from "../auth.js";
import type { JiraRoute } from "../site.js";

/** Where an app gets its tokens: https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/ */
export function oauthRoutes(gatekeeper: Gatekeeper, cloudId: string): readonly JiraRoute[] {
  return [
    {
      name: "authorize",
      method: "GET",
      path: "/authorize",
      anonymous: "same",
      answer: ({ query }) => gatekeeper.authorize(query),
    },
    {
      name: "oauthToken",
      method: "POST",
      path: "/oauth/token",
      anonymous: "same",
      answer: ({ body }) => gatekeeper.token(body),
    },
    {
      name: "accessibleResources",
      method: "GET",
      path: "/oauth/token/accessible-resources",
      anonymous: "same",
      answer(request) {
        const standing = gatekeeper.check(request, cloudId);
        if (typeof standing === "object") return standing;
        const scopes = gatekeeper.grantedScopes ?? ["read:jira-work", "write:jira-work", "read:jira-user"];
        const site = { id: cloudId, url: request.base, name: "acme", scopes, avatarUrl: `${request.base}/avatar.png` };
        return { status: 200, body: [site] };
      },
    },
  ];
}

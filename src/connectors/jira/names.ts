/**
 * What can name a thing in Jira. Anything else names nothing there, and isn't asked for: Jira would refuse the whole
 * question for one bad name, and questions are shared by many callers.
 */
export const isNumber = (text: string): boolean => /^\d{1,18}$/.test(text);

/** `PLAT`: https://support.atlassian.com/jira-software-cloud/docs/edit-a-projects-details/ */
export const isProjectKey = (text: string): boolean => /^[A-Za-z][A-Za-z0-9_]*$/.test(text);

/** An issue's id, or a key such as `PLAT-12`. */
export const isIssue = (text: string): boolean => isNumber(text) || /^[A-Za-z][A-Za-z0-9_]*-\d{1,18}$/.test(text);

/** At most 128 characters: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-bulk-get */
export const isAccountId = (text: string): boolean => /^[A-Za-z0-9:_.-]{1,128}$/.test(text);

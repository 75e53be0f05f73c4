/** How the time of a call is divided. API Gateway waits 29 seconds for a whole answer, then sends one of its own. */
const gatewaySeconds = 29;

/** What all calls to AWS for one answer may take together. */
export const answerSeconds = 10;

/** What undoing may take after that, and keeping or freeing an `Idempotency-Key` once more. */
export const undoSeconds = 6;

/** The timeout of a route's function, which also has to start and to answer that the time is over. */
export const routeSeconds = answerSeconds + 5;

/**
 * The timeout for routes that wait for a slow service: API Gateway's control plane, whose throttling they wait out before
 * they undo, or a model.
 */
export const slowRouteSeconds = gatewaySeconds - 1;

/** How long such a function may run after it was invoked, answered or not: Lambda takes ten seconds at most to start it. */
export const slowRouteRunsMs = (slowRouteSeconds + 10) * 1000;

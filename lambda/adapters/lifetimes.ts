const hour = 3600;
const day = 24 * hour;

/**
 * How long the table keeps what DynamoDB deletes by itself, in seconds from its end or its making on. Days that settings decide
 * (`requests.keepDays`, `audit.keepDays`) come from the catalog, a session's from core/contract/accounts/session-life.ts.
 */

/** An ended key, in its user's list. */
export const endedKeySeconds = 90 * day;
/** A deleted user's mark: longer than the life of a login token (an hour), even if clocks differ. */
export const deletedUserSeconds = day;
/** A sign-up whose code was not entered: longer than a user keeps looking for it. Without the item a code confirms nothing. */
export const signUpSeconds = 90 * day;
/** A note to a user that could not be mailed: after so long it is no news. */
export const noticeSeconds = 3 * day;
/** Feedback that could not be mailed: for as long as mail may be broken before somebody sees to it. */
export const feedbackSeconds = 30 * day;
/** An event of Stripe's, which repeats it for three days, and by hand for thirty. */
export const stripeEventSeconds = 40 * day;
/** The mark of a customer whose account has ended: a page on which they can pay is open for a day. */
export const endedCustomerSeconds = 40 * day;
/** What became of an expired message, for its sender to look up. */
export const messageReceiptSeconds = 7 * day;
/** A count of a minute's calls: past the minute, even if clocks differ. */
export const callCountSeconds = hour;

/**
 * How long usage is kept, and so the most days that one question may span. Apart from the routes, which a chat doesn't load.
 */
export const usageDays = 400;

/** How many days one question spans if it does not say. */
export const defaultUsageDays = 30;

/**
 * How long usage is kept, and so the most days that one question may span. Apart from the routes, which a chat doesn't load.
 */
export const usageDays = 400;

const long = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'medium' });
const short = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });

/** `22 Nov 2026`. */
export const dayWords = (date: string): string => long.format(Date.parse(date));

/** `22 Nov`, where the year is clear. */
export const shortDayWords = (date: string): string => short.format(Date.parse(date));

/** How long browsers must use HTTPS for this host and its subdomains: two years. */
export const httpsOnlySeconds = 63_072_000;

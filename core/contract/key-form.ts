/**
 * An API key's value as a regular expression, without its checksum. The CloudFront function can import nothing and has
 * it written out: a test compares them.
 */
export const keyForm = 'dpk[0-9A-Za-z]{38}';

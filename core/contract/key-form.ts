/** A key's secret as a regular expression, without its checksum. */
export const keyForm = 'dpk[0-9A-Za-z]{38}';
